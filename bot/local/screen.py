"""One chat as it looks on a phone, and ways to wait for what comes there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.local.api.exchange import Exchange
from bot.local.api.methods.profile import commands_seen
from bot.local.things import Chat, Message


class Screen:
    def __init__(self, exchange: Exchange, chat_id: int) -> None:
        self._exchange = exchange
        self.id = chat_id

    @property
    def chat(self) -> Chat:
        return self._exchange.world.chat(self.id)

    @property
    def messages(self) -> list[Message]:
        """What is there now, oldest first; a migrated group shows what was said before, too."""
        chats = self._exchange.world.state.chats
        if self.id not in chats:
            return []
        before = self.chat.moved_from
        earlier = list(chats[before].log.values()) if before is not None else []
        return [*earlier, *self.chat.log.values()]

    @property
    def said(self) -> list[Message]:
        """The bot's own messages, service messages apart."""
        bot = self._exchange.world.bot.id
        return [m for m in self.messages if m.sender == bot and not m.service]

    def button(self, words: str) -> tuple[Message, int]:
        """The newest button of these words: its message, and its place there, counted from 0."""
        for message in reversed(self.said):
            labels = [_folded(button.label) for row in message.buttons for button in row]
            if _folded(words) in labels:
                return message, labels.index(_folded(words))
        raise ValueError(f"There is no button [{words}].")

    @property
    def pinned(self) -> list[Message]:
        return [self.chat.log[number] for number in self.chat.pins]

    @property
    def action(self) -> str:
        """What the bot is seen doing since its latest message: "typing", or nothing."""
        return self._exchange.actions.get(self.id, "")

    def commands(self, user_id: int) -> list[dict[str, str]]:
        return commands_seen(self._exchange, self.chat, user_id)

    async def next(self, timeout: float = 5.0) -> Message:  # noqa: ASYNC109 - waiting is all it does
        """The bot's next message that this has not yet given. Raises TimeoutError."""
        message = await self.until(lambda message: not message.seen, timeout)
        message.seen = True
        return message

    async def until(
        self,
        holds: Callable[[Message], bool],
        timeout: float = 5.0,  # noqa: ASYNC109 - the same
    ) -> Message:
        """The first of the bot's messages for which it holds, now or after a change to come."""
        async with asyncio.timeout(timeout):
            with self._exchange.world.feed.listening(self.id) as changes:
                while True:
                    for message in self.said:
                        if holds(message):
                            return message
                    await changes.get()


def _folded(label: str) -> str:
    """As it is typed: no capitals, a straight apostrophe."""
    return label.casefold().replace("’", "'")
