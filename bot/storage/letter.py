"""A letter: one message as the postman takes it from the outbox, and how it comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.tutor.events import ChatId
from bot.tutor.turn import Lane, Utterance


@dataclass(frozen=True, slots=True)
class Letter:
    id: int
    chat: ChatId
    utterance: Utterance
    lane: Lane
    at: datetime  # when the turn that wrote it was kept
    tap: str = ""  # the callback query that waits for this Toast
    repeated: bool = False  # its fate was unknown once


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram has it; `message` is its number there, None when the call made no message."""

    letter: int
    at: datetime
    message: int | None = None
