"""What came of one call to Telegram, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.telegram.request import FateUnknownError
from bot.tutor.events import ChatId


@dataclass(frozen=True, slots=True)
class Delivered:
    """Telegram has it; `message` is its number there, None when the call makes no message."""

    message: int | None = None
    fresh: bool = True  # False: an older message was edited


@dataclass(frozen=True, slots=True)
class Flooded:
    """429: nothing more to this chat for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Unreached:
    """It was surely not carried out and may be tried again: no connection, or a 5xx."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have been carried out: the answer never came."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """It can never be carried out; `reason` is Telegram's own description."""

    reason: str


@dataclass(frozen=True, slots=True)
class Gone:
    """Nothing reaches this chat any more: blocked, deleted, kicked."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became a supergroup and has another number."""

    chat: ChatId


@dataclass(frozen=True, slots=True)
class TokenRefused:
    """Telegram no longer knows the bot's token."""


Outcome: TypeAlias = (
    Delivered | Flooded | Unreached | Unknown | Refused | Gone | Moved | TokenRefused
)

GONE = ("chat not found", "peer_id_invalid", "user not found")


def outcome_of(error: TelegramError) -> Outcome:  # noqa: PLR0911 - a line a kind
    match error:
        case RetryAfter():
            return Flooded(seconds_of(error))
        case ChatMigrated():
            return Moved(ChatId(error.new_chat_id))
        case Forbidden():
            return Gone(error.message)
        case InvalidToken():
            return TokenRefused()
        case BadRequest():
            gone = any(words in error.message.lower() for words in GONE)
            return Gone(error.message) if gone else Refused(error.message)
        case FateUnknownError():
            return Unknown(error.message)
        case NetworkError():
            return Unreached(error.message)
        case _:  # a 200 whose body cannot be read
            return Unknown(error.message)


def seconds_of(error: RetryAfter) -> float:
    after = error.retry_after
    return float(after) if isinstance(after, int) else after.total_seconds()
