"""A Bot API update as an arrival: what happened, to whom, in the tutor's own words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatType, MessageEntityType

from bot.tutor.events import (
    Arrival,
    Blocked,
    ChatId,
    Commanded,
    Event,
    InGroup,
    Located,
    Person,
    Sent,
    Started,
    Tapped,
    Typed,
    Unblocked,
    UserId,
)
from engine.reading.restore import restore

WANTED = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")
GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
AWAY = (ChatMember.LEFT, ChatMember.BANNED)
KINDS = (
    *("photo", "voice", "sticker", "video", "video_note", "animation", "audio", "document"),
    *("poll", "contact", "dice", "story", "game", "paid_media", "checklist"),
)


@dataclass(frozen=True, slots=True)
class Migrated:
    """A group became a supergroup: every stored `old` is `new` from now on."""

    old: ChatId
    new: ChatId


Reading: TypeAlias = Arrival | Migrated | None
Happened: TypeAlias = Event | InGroup


def arrival(update: Update, now: datetime, bot: int) -> Reading:
    """None for what is nobody's business here: service messages, talk among a group's members.

    `now` is the moment it was received, aware; `bot` is the bot's own user id.
    """
    if update.callback_query:
        return _tap(update.update_id, update.callback_query, now)
    if update.my_chat_member:
        return _membership(update.update_id, update.my_chat_member, now)
    message, edited = update.message or update.edited_message, update.edited_message is not None
    if message is None:
        return None
    if moved := _migration(message):
        return moved
    if who := _came_or_went(message):
        return _arrival(update.update_id, message.chat, who[1], InGroup(who[0]), now)
    private = message.chat.type == ChatType.PRIVATE
    event = _said(message, edited) if private else _said_in_group(message, edited, bot)
    return _arrival(update.update_id, message.chat, message.from_user, event, now)


def _arrival(
    number: int, chat: Chat, user: User | None, event: Happened | None, now: datetime, tap: str = ""
) -> Arrival | None:
    if isinstance(event, InGroup) and event.anonymous:
        user = None  # who it is, Telegram does not say
    if event is None or (user and user.is_bot):
        return None
    return Arrival(f"update:{number}", ChatId(chat.id), _person(user), event, now, tap)


def _person(user: User | None) -> Person | None:
    if user is None:
        return None
    return Person(UserId(user.id), user.first_name, user.language_code or "")


def _tap(number: int, query: CallbackQuery, now: datetime) -> Arrival | None:
    if query.message is None or query.data is None:
        return None
    chat = query.message.chat
    event: Happened = Tapped(query.data, query.message.message_id)
    if chat.type != ChatType.PRIVATE:
        topic = _topic(query.message) if isinstance(query.message, Message) else 0
        event = InGroup("tapped", query.data, query.message.message_id, topic)
    return _arrival(number, chat, query.from_user, event, now, query.id)


def _membership(number: int, change: ChatMemberUpdated, now: datetime) -> Arrival | None:
    was, now_is = _inside(change.old_chat_member), _inside(change.new_chat_member)
    if was == now_is:
        return None
    if change.chat.type == ChatType.PRIVATE:
        event: Happened = Unblocked() if now_is else Blocked()
    elif change.chat.type in GROUPS:
        event = InGroup("added" if now_is else "removed", title=change.chat.title or "")
    else:
        return None
    return _arrival(number, change.chat, change.from_user, event, now)


def _inside(member: ChatMember) -> bool:
    return member.status not in AWAY and getattr(member, "is_member", True)


def _migration(message: Message) -> Migrated | None:
    here = message.chat.id
    if message.migrate_to_chat_id:
        return Migrated(ChatId(here), ChatId(message.migrate_to_chat_id))
    if message.migrate_from_chat_id:
        return Migrated(ChatId(message.migrate_from_chat_id), ChatId(here))
    return None


def _said(message: Message, edited: bool) -> Event | None:
    if message.text is not None:
        return _command(message) or Typed(typed(message), message.message_id, edited)
    if edited:
        return None  # a new caption, a live location that moved
    if message.location:
        return Located(message.location.latitude, message.location.longitude)
    kind = next((kind for kind in KINDS if getattr(message, kind)), None)
    return Sent(kind) if kind else None


def _said_in_group(message: Message, edited: bool, bot: int) -> InGroup | None:
    if message.text is None or edited or message.chat.type not in GROUPS:
        return None
    anonymous = bool(message.sender_chat and message.sender_chat.id == message.chat.id)
    here = InGroup("", "", message.message_id, _topic(message), anonymous=anonymous)
    match _command(message):
        case Started(payload):
            return replace(here, what="command", text=f"start {payload}".strip())
        case Commanded(command, rest):
            return replace(here, what="command", text=f"{command} {rest}".strip())
    answered = message.reply_to_message and message.reply_to_message.from_user
    is_reply = answered and answered.id == bot
    return replace(here, what="reply", text=typed(message)) if is_reply else None


def _topic(message: Message) -> int:
    """Of a forum; a thread of replies in any other group is none."""
    return (message.message_thread_id or 0) if message.is_topic_message else 0


def _came_or_went(message: Message) -> tuple[str, User] | None:
    """A service message about a person; who comes has yet to join by a tap."""
    gone = message.left_chat_member
    return ("left", gone) if gone and not gone.is_bot else None


def _command(message: Message) -> Started | Commanded | None:
    first = message.entities[0] if message.entities else None
    if not first or first.type != MessageEntityType.BOT_COMMAND or first.offset:
        return None
    word, *rest = typed(message).split(maxsplit=1)
    command = word[1:].partition("@")[0].lower()
    if not command[:1].isalpha():
        return None  # "/2" is a slip of the pen, not a command
    said = rest[0].strip() if rest else ""
    return Started(said) if command == "start" else Commanded(command, said)


def typed(message: Message) -> str:
    """The text as its author typed it, Telegram's formatting undone."""
    entities = tuple((str(e.type), e.offset, e.length) for e in message.entities)
    return restore(message.text or "", entities)
