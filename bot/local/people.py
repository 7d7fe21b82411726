"""People who use their phones: they type, tap, edit, send, block, and leave."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

from bot.local.api.exchange import Exchange, Tap, Toast
from bot.local.api.methods.sending import as_jpegs
from bot.local.entities import Entity, detected, in_order, trimmed
from bot.local.screen import Screen
from bot.local.things import Button, Chat, File, Message, User

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Impossible(Exception):  # noqa: N818 - said to whoever drives the phone
    """What no Telegram app lets a person do."""


class Person:
    def __init__(self, exchange: Exchange, user: User) -> None:
        self._exchange = exchange
        self.user = user
        self.chat = Screen(exchange, user.id)

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.first_name

    async def type(
        self,
        text: str,
        chat: Screen | None = None,
        *,
        entities: Sequence[Entity] | None = None,
        reply_to: Message | int | None = None,
        topic: int | None = None,
        anonymous: bool = False,
    ) -> Message:
        """Sends a text; `anonymous` is for an administrator who speaks as the group."""
        words, marks = trimmed(text, entities or [])
        if not 1 <= len(words) <= 4096:
            raise Impossible("A message has 1 to 4096 characters.")
        where = self._where(chat)
        if anonymous and not where.is_admin(self.id):
            raise Impossible("Only administrators speak as the group.")
        return self._send(
            where,
            text=words,
            entities=in_order([*marks, *detected(words, marks)]),
            reply_to=reply_to.message_id if isinstance(reply_to, Message) else reply_to,
            topic=topic,
            anonymous=anonymous,
        )

    async def edit(self, message: Message | int, text: str, chat: Screen | None = None) -> Message:
        where = self._where(chat)
        number = message if isinstance(message, int) else message.message_id
        edited = where.log.get(number)
        if edited is None or edited.sender != self.id:
            raise Impossible("Only one's own message can be edited.")
        edited.text, edited.entities = text.strip(), detected(text.strip())
        edited.edited_at = self._exchange.world.now()
        self._exchange.world.tell("edit", edited)
        self._exchange.hear(edited, "edited_message")
        return edited

    async def tap(self, message: Message, which: str | int) -> Tap:
        """Taps a button by its label, or by its index counted along the rows from 0."""
        self._see(message)
        buttons = [button for row in message.buttons for button in row]
        button = _pick(buttons, which)
        if button.url:
            tap = Tap("", self.id, message.chat_id, message.message_id, message.date)
            tap.answer(Toast(url=button.url))
            return tap
        return self._exchange.tap(self.id, message, button.data)

    async def follow(self, url: str) -> Message | None:
        """Opens a link; one of the bot's own with a payload brings `/start payload` to it."""
        parts = urlsplit(url)
        payload = parse_qs(parts.query).get("start", [""])[0]
        to_bot = parts.path.strip("/").lower() == self._exchange.world.bot.username.lower()
        if parts.netloc not in {"t.me", "telegram.me"} or not to_bot:
            return None
        if payload and not PAYLOAD.fullmatch(payload):
            raise Impossible("A payload is 1 to 64 of A-Z, a-z, 0-9, _ and -.")
        return await self.type(f"/start {payload}".strip())

    async def forge(self, message: Message, data: str) -> Tap:
        """What a tampered app may send: data that no button of the message bears."""
        return self._exchange.tap(self.id, message, data)

    async def press(self, message: Message, which: str | int) -> Message:
        """Presses a key of the keyboard under the message field."""
        key = _pick([key for row in message.keyboard for key in row], which)
        if key.asks == "location":
            return await self.send_location(40.4168, -3.7038)
        return await self.type(key.label)

    async def send_photo(
        self, content: bytes | None = None, caption: str = "", chat: Screen | None = None
    ) -> Message:
        (large, wide, high), *rest = as_jpegs(content or _blank_page())
        keep = self._exchange.world.keep_file
        photo = keep("photo", large, "photo.jpg", "image/jpeg", width=wide, height=high)
        photo.smaller = [
            keep("photo", jpeg, "small.jpg", "image/jpeg", width=w, height=h) for jpeg, w, h in rest
        ]
        return self._send(self._where(chat), file=photo, text=caption, entities=detected(caption))

    async def send_voice(self, chat: Screen | None = None) -> Message:
        return self._send_file(chat, "voice", b"OggS", "voice.ogg", "audio/ogg", duration=3)

    async def send_sticker(self, emoji: str = "👍", chat: Screen | None = None) -> Message:
        return self._send_file(chat, "sticker", b"RIFF", emoji, "image/webp", width=512, height=512)

    async def send_document(
        self, content: bytes, name: str = "notes.txt", chat: Screen | None = None
    ) -> Message:
        return self._send_file(chat, "document", content, name, "text/plain")

    async def send_location(
        self, latitude: float, longitude: float, chat: Screen | None = None
    ) -> Message:
        return self._send(self._where(chat), location=(latitude, longitude))

    async def react(self, message: Message, *emojis: str) -> None:
        self._see(message)
        self._exchange.react(self.id, message, list(emojis))

    async def vote(self, message: Message, *options: int) -> None:
        """Votes, or takes the vote back where no option is given."""
        self._see(message)
        if message.poll is None or not all(0 <= o < len(message.poll.options) for o in options):
            raise Impossible("There is no such option to vote for.")
        if message.poll.closed:
            raise Impossible("This poll is over.")
        if len(options) > 1 and not message.poll.several:
            raise Impossible("This poll takes one answer.")
        self._exchange.vote(self.id, message, list(options))

    async def ask_inline(self, query: str) -> Tap:
        """Types `@bot query` somewhere: the tap's `results` are there once it is answered."""
        return self._exchange.inline(self.id, query)

    async def block(self) -> None:
        self._bar(blocked=True)

    async def unblock(self) -> None:
        self._bar(blocked=False)

    def deactivate(self) -> None:
        """Their account is deleted."""
        self.user.deactivated = True

    def _bar(self, *, blocked: bool) -> None:
        if self.id not in self._exchange.world.state.chats:
            raise Impossible(f"{self.name} has not begun.")
        chat = self._exchange.world.chat(self.id)
        if chat.blocked != blocked:
            chat.blocked = blocked
            old, new = ("member", "kicked") if blocked else ("kicked", "member")
            self._exchange.membership(chat, self.id, self._exchange.world.bot.id, old, new)

    def _where(self, screen: Screen | None) -> Chat:
        """The chat in which this person may speak; by default their own with the bot."""
        world = self._exchange.world
        chat = world.private(self.id) if screen is None else world.chat(screen.id)
        chat = world.chat(chat.moved_to) if chat.moved_to is not None else chat
        if chat.blocked or self.user.deactivated:
            raise Impossible(f"{self.name} has blocked the bot, or is gone.")
        if not chat.has(self.id):
            raise Impossible(f"{self.name} is not in this group.")
        return chat

    def _see(self, message: Message) -> None:
        chat = self._exchange.world.chat(message.chat_id)
        if chat.log.get(message.message_id) is not message or not chat.has(self.id):
            raise Impossible(f"{self.name} does not see this message.")

    def _send_file(
        self, screen: Screen | None, kind: str, content: bytes, name: str, mime: str, **size: int
    ) -> Message:
        kept: File = self._exchange.world.keep_file(kind, content, name, mime, **size)
        return self._send(self._where(screen), file=kept)

    def _send(self, chat: Chat, **what: object) -> Message:
        message = self._exchange.world.post(chat, self.id, **what)
        self._exchange.hear(message)
        return message


def _pick(buttons: list[Button], which: str | int) -> Button:
    if isinstance(which, int) and 0 <= which < len(buttons):
        return buttons[which]
    for button in buttons:
        if button.label == which:
            return button
    labels = ", ".join(button.label for button in buttons) or "none"
    raise Impossible(f"There is no button {which!r} here. Buttons: {labels}.")


def _blank_page() -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (640, 480), "#d9dde3").save(out, "JPEG")
    return out.getvalue()
