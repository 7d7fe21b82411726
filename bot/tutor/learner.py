"""A learner, as the tutor knows them: who, when, where in the course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias

from bot.tutor.events import UserId

EVERY_DAY = 0b1111111


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When drops come: an hour of the day in a zone, on some weekdays."""

    zone: str  # IANA
    hour: str  # "HH:MM", local
    days: int = EVERY_DAY  # bit 0 is Monday


Role: TypeAlias = Literal["core", "again", "warm-up", "harder"]
Asking: TypeAlias = Literal["", "clock", "place", "hour"]


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
    role: Role = "core"
    queue: tuple[str, ...] = ()  # cards still to come, of a warm-up
    then: str = ""  # the lesson that a warm-up leads to
    wrong: str = ""  # the latest answer that was not right, as typed
    slips: tuple[str, ...] = ()  # what was named in it
    slipped: bool = False  # a step was shown or an answer was not right, on any of its numbers
    stepped: bool = False  # the step before was asked for: the next answer may be that step
    may_leave: bool = False  # its whole working has been shown once


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
class Card:
    """One skill to be met again: an exercise, and what FSRS knows of it."""

    lesson: str
    exercise: str
    due: datetime  # UTC
    stability: float
    difficulty: float
    last: datetime  # UTC, the latest review


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
    asking: Asking = ""  # what the tutor has asked about time and place
    zone: str = ""  # the zone that was offered, until the hour is known
    postponed: datetime | None = None  # the learner moved today's drop to this moment, UTC
    unanswered: int = 0  # announcements in a row that brought no sign of life
    quiet: bool = False  # has said that it will be quiet, and is
    every: int = 1  # a drop every so many days
    active: datetime | None = None  # the latest sign of life, UTC
    opened: tuple[date, ...] = ()  # local dates of the latest drops opened, at most two
    announced: datetime | None = None  # the latest push, UTC
    answered: int = 0  # exercises of the open lesson that are done
    stumbled: tuple[str, ...] = ()  # those of them that took a slip or a shown step
    heard: tuple[tuple[int, str], ...] = ()  # latest messages and the exercises they answered
    told: tuple[str, ...] = ()  # what is said once only
    cards: tuple[Card, ...] = ()
    design: Mapping[str, str] = field(default_factory=dict)  # of the last drop: its numbers
    completed: datetime | None = None  # when the last drop of the path was done, UTC
