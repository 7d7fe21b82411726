"""The line to Telegram: an utterance goes out, its outcome comes back."""

from __future__ import annotations

import html
import re
from contextlib import suppress
from dataclasses import replace
from typing import Any, assert_never

import structlog
from telegram import Bot, Message, ReactionTypeEmoji
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.storage import Storage, Unavailable
from bot.telegram import home
from bot.telegram.keyboard import keyboard, under
from bot.telegram.outcomes import Delivered, Outcome, Refused, Unreached, outcome_of
from bot.telegram.pictures import Made, Pictures
from bot.tutor.events import ChatId
from bot.tutor.turn import Attachment, Leave, React, Say, Toast, Unbutton, Utterance

log = structlog.get_logger(__name__)

UNCHANGED = "message is not modified"
NOT_TO_EDIT = ("message to edit not found", "message can't be edited", "message_id_invalid")
STALE_FILE = ("wrong remote file", "wrong file identifier", "wrong file_id", "file reference")
CAPTION = 1024  # characters that may stand under a picture
NO_TOPIC = "message thread not found"
UNPARSED = "can't parse entities"
MARK = re.compile(  # a tag, known to Telegram or not; "a < b" and "a<c and c>d" are none
    r"</?[A-Za-z][\w-]*(?:\s+(?:[\w-]+=(?:\"[^\"]*\"|'[^']*'|[^\s<>]+)|expandable))*\s*/?>"
)


class Wire:
    def __init__(
        self, bot: Bot, storage: Storage, pictures: Pictures, *, paid: bool = False
    ) -> None:
        """`paid`: beyond 30 messages a second, for Telegram Stars (allow_paid_broadcast)."""
        self._bot = bot
        self._storage = storage
        self.pictures = pictures
        self._paid = paid or None

    async def send(  # noqa: PLR0911 - one a kind
        self, chat: ChatId, utterance: Utterance, tap: str = ""
    ) -> Outcome:
        try:
            match utterance:
                case Say():
                    return await self._say(chat, utterance)
                case Toast(text, alert):
                    return await self._toast(tap, text, alert)
                case Unbutton(message):
                    return await self._unbutton(chat, message)
                case React(message, emoji):
                    await self._bot.set_message_reaction(chat, message, [ReactionTypeEmoji(emoji)])
                    return Delivered()
                case Leave():
                    await self._bot.leave_chat(chat)
                    return Delivered()
                case _:
                    assert_never(utterance)
        except TelegramError as error:
            return outcome_of(error)
        except Unavailable:
            return Unreached("the database is away")

    async def reaches(self) -> bool:
        """Whether Telegram answers at all, asked for nothing that anybody sees."""
        try:
            await self._bot.get_me()
        except TelegramError:
            return False
        return True

    async def _toast(self, tap: str, text: str, alert: bool) -> Outcome:
        if not tap:
            return Refused("no tap waits for this answer")
        await self._bot.answer_callback_query(tap, text or None, show_alert=alert or None)
        return Delivered()

    async def _unbutton(self, chat: ChatId, message: int) -> Outcome:
        try:
            await self._bot.edit_message_reply_markup(chat, message)
        except BadRequest as error:
            if not _says(error, UNCHANGED, *NOT_TO_EDIT):
                raise
        return Delivered()

    async def _say(self, chat: ChatId, say: Say) -> Outcome:
        try:
            return await self._say_in_html(chat, say, {"parse_mode": ParseMode.HTML})
        except BadRequest as error:
            if _says(error, NO_TOPIC) and say.topic:
                return await self._say(chat, replace(say, topic=0))
            if not _says(error, UNPARSED):
                raise
            log.warning("a text is not Telegram's HTML; sent plain", reason=error.message)
        return await self._say_in_html(chat, replace(say, text=plain(say.text)), {})

    async def _say_in_html(self, chat: ChatId, say: Say, how: dict[str, Any]) -> Outcome:
        say = home.at_home(say, self._bot)
        if say.slot and not say.attachment:
            old = await self._storage.slot_message(chat, say.slot)
            if old is not None and await self._edited(chat, old, say, how):
                return Delivered(old, fresh=False)
        how |= {
            "reply_markup": keyboard(say),
            "disable_notification": say.silent or None,
            "allow_paid_broadcast": self._paid,
            "message_thread_id": say.topic or None,
        }
        if say.quiz:
            return Delivered(await home.ask_all(self._bot, chat, say, say.quiz, how))
        if say.attachment:
            return await self._with_attachment(chat, say, say.attachment, how)
        number = (await self._bot.send_message(chat, say.text, **how)).message_id
        if say.pinned and await home.pin(self._bot, chat, number):
            await self._unpin_before(chat, number)
        return Delivered(number)

    async def _unpin_before(self, chat: ChatId, number: int) -> None:
        """One card is pinned, not fourteen; what others pinned is theirs."""
        with suppress(Unavailable):
            before = await self._storage.pins(chat, number)
            if before is not None:
                await home.unpin(self._bot, chat, before)

    async def _edited(self, chat: ChatId, old: int, say: Say, how: dict[str, Any]) -> bool:
        """False when that message cannot be edited any more."""
        try:
            await self._bot.edit_message_text(say.text, chat, old, reply_markup=under(say), **how)
        except BadRequest as error:
            if _says(error, *NOT_TO_EDIT):
                return False
            if not _says(error, UNCHANGED):
                raise
        return True

    async def is_ready(self, attachment: Attachment) -> bool:
        """Whether it can be sent at once, without being made first."""
        return self.pictures.is_ready(attachment) or bool(await self._at_telegram(attachment))

    async def _at_telegram(self, attachment: Attachment) -> str | None:
        key = self.pictures.key_of(attachment)
        return await self._storage.file_id(self._bot.id, key) if key else None

    async def _with_attachment(
        self, chat: ChatId, say: Say, attachment: Attachment, how: dict[str, Any]
    ) -> Outcome:
        fits = len(plain(say.text)) <= CAPTION
        under_it = how | {"caption": say.text or None}
        number = await self._attached(chat, attachment, under_it if fits else {})
        if number is None and not say.text:
            return Refused("the picture, whose words went ahead, cannot be made")
        if number is None or not fits:
            number = (await self._bot.send_message(chat, say.text, **how)).message_id
        return Delivered(number)

    async def _attached(
        self, chat: ChatId, attachment: Attachment, how: dict[str, Any]
    ) -> int | None:
        """The message that bears it; None when it cannot be made."""
        if known := await self._at_telegram(attachment):
            try:
                return (await self._bot.send_photo(chat, known, **how)).message_id
            except BadRequest as error:
                if not _says(error, *STALE_FILE):
                    raise
                await self._storage.drop_file_id(self._bot.id, self.pictures.key_of(attachment))
        made = await self.pictures.take(attachment)
        if made is None:
            return None
        message = await self._file(chat, made, how)
        if made.key and message.photo:
            with suppress(Unavailable):  # it was sent; the next one is uploaded again
                file_id = message.photo[-1].file_id
                await self._storage.keep_file_id(self._bot.id, made.key, file_id)
        return message.message_id

    async def _file(self, chat: ChatId, made: Made, how: dict[str, Any]) -> Message:
        if made.kind == "photo":
            return await self._bot.send_photo(chat, made.content, filename=made.filename, **how)
        return await self._bot.send_document(chat, made.content, filename=made.filename, **how)


def plain(text: str) -> str:
    """A text in Telegram's HTML without its marks; a "<" that is none stays."""
    return html.unescape(MARK.sub("", text))


def _says(error: BadRequest, *words: str) -> bool:
    return any(some in error.message.lower() for some in words)
