"""Between the people and the bot: what reaches it, and where its answers to taps go."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.local.api import wire
from bot.local.api.faults import Faults
from bot.local.api.journal import Witness
from bot.local.api.limits import Floods, Limits
from bot.local.api.webhook import Obey, Webhook
from bot.local.entities import cut
from bot.local.refusal import bad
from bot.local.things import Chat, Message
from bot.local.updates import Updates
from bot.local.world import Change, World

TAP_LASTS = timedelta(seconds=150)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(frozen=True, slots=True)
class Toast:
    text: str = ""
    alert: bool = False
    url: str = ""


@dataclass
class Tap:
    """A button was tapped (or an inline query asked) and waits for the bot's answer."""

    id: str
    user_id: int
    chat_id: int
    message_id: int
    at: datetime
    toast: Toast | None = None
    results: list[Any] = field(default_factory=list)  # of an inline query
    _done: asyncio.Event = field(default_factory=asyncio.Event)

    def answer(self, toast: Toast) -> None:
        self.toast = toast
        self._done.set()

    async def answered(self, timeout: float = 5.0) -> Toast:  # noqa: ASYNC109 - waiting is all it does
        await asyncio.wait_for(self._done.wait(), timeout)
        assert self.toast is not None
        return self.toast


class Exchange:
    def __init__(
        self,
        world: World,
        updates: Updates,
        limits: Limits,
        obey: Obey,
        *,
        witness: Witness,
        privacy: bool,
    ) -> None:
        self.world = world
        self.updates = updates
        self.floods = Floods(limits)
        self.faults = Faults()
        self.privacy = privacy
        self.witness = witness
        self.webhook = Webhook(updates, obey, witness)
        self.taps: dict[str, Tap] = {}
        self.calls: Counter[str] = Counter()
        self.actions: dict[int, str] = {}  # "typing" and the like, until the next message
        self._tap_number = int(world.now().timestamp()) * 1000

    def hear(self, message: Message, kind: str = "message") -> None:
        """A message of a person's, or a service message: the bot's, if it may see it."""
        chat = self.world.chat(message.chat_id)
        if self.may_see(chat, message):
            self.updates.add(kind, wire.message(self.world, message), lane_of(chat))

    def may_see(self, chat: Chat, message: Message) -> bool:
        bot = self.world.bot
        if not chat.has(bot.id):
            return "left_chat_member" in message.service and message.sender != bot.id
        if chat.kind == "private" or message.service or not self.privacy or chat.is_admin(bot.id):
            return True
        answered = chat.log.get(message.reply_to) if message.reply_to is not None else None
        return (answered is not None and answered.sender == bot.id) or self._addressed(message)

    def _addressed(self, message: Message) -> bool:
        name = f"@{self.world.bot.username}".lower()
        for entity in message.entities:
            words = cut(message.text, entity).lower()
            if entity.kind == "mention" and words == name:
                return True
            if entity.kind == "bot_command" and (words.endswith(name) or "@" not in words):
                return True
        return False

    def membership(self, chat: Chat, by: int, user_id: int, old: str, new: str) -> None:
        """Tells the bot that its own standing or a person's has changed."""
        before = wire.member(self.world, _with_status(chat, user_id, old), user_id)
        after = wire.member(self.world, _with_status(chat, user_id, new), user_id)
        own = user_id == self.world.bot.id
        body = {
            "chat": wire.chat(self.world, chat),
            "from": wire.user(self.world.user(by)),
            "date": wire.seconds(self.world.now()),
            "old_chat_member": before,
            "new_chat_member": after,
        }
        if own or chat.is_admin(self.world.bot.id):
            self.updates.add("my_chat_member" if own else "chat_member", body, lane_of(chat))

    def tap(self, user_id: int, message: Message, data: str) -> Tap:
        tap = self._new_tap(user_id, message.chat_id, message.message_id)
        body = {
            "id": tap.id,
            "from": wire.user(self.world.user(user_id)),
            "message": wire.message(self.world, message),
            "chat_instance": str(message.chat_id),
            "data": data,
        }
        self.updates.add("callback_query", body, f"user {user_id}")
        return tap

    def inline(self, user_id: int, query: str) -> Tap:
        tap = self._new_tap(user_id, 0, 0)
        person = wire.user(self.world.user(user_id))
        body = {"id": tap.id, "from": person, "query": query, "offset": ""}
        self.updates.add("inline_query", body, f"user {user_id}")
        return tap

    def _new_tap(self, user_id: int, chat_id: int, message_id: int) -> Tap:
        self._tap_number += 1
        tap = Tap(str(self._tap_number), user_id, chat_id, message_id, self.world.now())
        self.taps[tap.id] = tap
        return tap

    def answer_tap(self, tap_id: str, toast: Toast) -> Tap:
        tap = self.taps.pop(tap_id, None)
        if tap is None or self.world.now() - tap.at > TAP_LASTS:
            raise bad(TOO_OLD)
        tap.answer(toast)
        detail = {"text": toast.text, "alert": toast.alert, "url": toast.url}
        self.world.feed.tell(Change("toast", tap.chat_id, None, tap.user_id, detail))
        return tap

    def react(self, user_id: int, message: Message, emojis: list[str]) -> None:
        old = message.reactions.get(user_id, [])
        message.reactions[user_id] = emojis
        self.world.tell("reaction", message, user_id)
        chat = self.world.chat(message.chat_id)
        if chat.kind == "private" or chat.is_admin(self.world.bot.id):
            body = {
                "chat": wire.chat(self.world, chat),
                "message_id": message.message_id,
                "user": wire.user(self.world.user(user_id)),
                "date": wire.seconds(self.world.now()),
                "old_reaction": [{"type": "emoji", "emoji": e} for e in old],
                "new_reaction": [{"type": "emoji", "emoji": e} for e in emojis],
            }
            self.updates.add("message_reaction", body, lane_of(chat))

    def close_poll(self, message: Message) -> None:
        assert message.poll is not None
        message.poll.closed = True
        self.world.tell("poll", message)
        self.updates.add("poll", wire.poll(self.world, message.poll), f"poll {message.poll.id}")

    def close_polls_in_time(self) -> None:
        """Closes every poll whose hour has come."""
        now = self.world.now()
        for message in [m for m in self.world.open_polls() if _ended(m, now)]:
            self.close_poll(message)

    def vote(self, user_id: int, message: Message, options: list[int]) -> None:
        poll = message.poll
        assert poll is not None
        if poll.closed or (poll.kind == "quiz" and user_id in poll.votes):
            return
        poll.votes[user_id] = options
        if not options:
            del poll.votes[user_id]
        self.world.tell("poll", message, user_id)
        self.updates.add("poll", wire.poll(self.world, poll), f"poll {poll.id}")
        if not poll.anonymous:
            body = {
                "poll_id": poll.id,
                "user": wire.user(self.world.user(user_id)),
                "option_ids": options,
                "option_persistent_ids": [f"{poll.id}-{i}" for i in options],
            }
            self.updates.add("poll_answer", body, f"poll {poll.id}")


def _ended(message: Message, now: datetime) -> bool:
    closes = message.poll.closes_at if message.poll else None
    return closes is not None and closes <= now


def lane_of(chat: Chat) -> str:
    return f"chat {chat.id}"


def _with_status(chat: Chat, user_id: int, status: str) -> Chat:
    members: Mapping[int, str] = {user_id: status}
    return Chat(chat.id, chat.kind, chat.title, members=dict(members), rights=chat.rights)
