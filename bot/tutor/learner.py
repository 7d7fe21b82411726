"""A learner, as the tutor knows them: who, when, where in the course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

from bot.tutor.events import UserId

EVERY_DAY = 0b1111111


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When drops come: an hour of the day in a zone, on some weekdays."""

    zone: str  # IANA
    hour: str  # "HH:MM", local
    days: int = EVERY_DAY  # bit 0 is Monday


@dataclass(frozen=True, slots=True)
class New:
    """Has not begun."""


@dataclass(frozen=True, slots=True)
class Answering:
    """An exercise of a lesson is open, with the learner's own numbers."""

    lesson: str
    exercise: str
    values: Mapping[str, str]
    draw: int = 0  # counts the fresh numbers given; part of the exercise's key
    misses: int = 0
    hints: int = 0
    picked: tuple[str, ...] = ()  # tiles tapped so far, of an ordering


@dataclass(frozen=True, slots=True)
class Resting:
    """All of a lesson is answered; the next drop brings the one after it."""

    lesson: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A drop has been announced and waits to be opened."""

    lesson: str


Stage: TypeAlias = New | Waiting | Answering | Resting


@dataclass(frozen=True, slots=True)
class Learner:
    user: UserId
    name: str
    language: str
    seed: int  # all that is random about this learner follows from it
    path: str
    stage: Stage = field(default_factory=New)
    rhythm: Rhythm | None = None  # None until the learner has said when
    next_drop: datetime | None = None  # UTC; None while paused or not yet set: no job, no drop
    last_drop: date | None = None  # local date of the latest drop that the clock brought
    paused_until: date | None = None
    finished: tuple[str, ...] = ()  # lessons done
