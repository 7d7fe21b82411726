"""A learner, as the tutor knows them: who, when, where in the course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias

from bot.tutor.events import UserId
from engine.question import Question

EVERY_DAY = 0b1111111


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When drops come: an hour of the day in a zone, on some weekdays."""

    zone: str  # IANA
    hour: str  # "HH:MM", local
    days: int = EVERY_DAY  # bit 0 is Monday


Role: TypeAlias = Literal["core", "again", "warm-up", "studio", "harder", "unaided"]
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
class Line:
    """One line of a pass worked out alone: what was typed, and what came of it."""

    exercise: str
    text: str
    read_as: str
    outcome: Literal["right", "follows", "slip", "left"]
    slips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unaided:
    """A whole pass on a net never seen, with no hints."""

    offered: datetime  # UTC
    lines: tuple[Line, ...] = ()
    ended: datetime | None = None  # UTC


@dataclass(frozen=True, slots=True)
class Desk:
    """A seat in a group's net: one neuron that this learner works out, in private."""

    group: str  # the group's code
    key: str
    task: str
    values: Mapping[str, str]
    question: Question
    title: str = ""
    mend: bool = False
    open: bool = False  # what is typed now is meant for it
    back: str = ""


@dataclass(frozen=True, slots=True)
class Studio:
    """The learner's bench in the design studio."""

    table: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)  # tapped together so far
    opened: int = 0  # counts the tables taken to the bench
    design: str = ""  # that was taken, as it is written
    runs: int = 0
    run: str = ""  # the training that is awaited
    result: Mapping[str, str] = field(default_factory=dict)  # numbers of the latest training
    expected: str = ""  # "better", "worse" or "same"
    points: Mapping[str, int] = field(default_factory=dict)  # first choices of the defence
    proof: str = ""  # the code that is run again
    proving: str = ""  # its training, which is awaited


@dataclass(frozen=True, slots=True)
class Shelved:
    """A path that the learner left for another one: all that is needed to come back to it."""

    stage: Stage = field(default_factory=lambda: Resting(""))
    finished: tuple[str, ...] = ()
    answered: int = 0
    stumbled: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    completed: datetime | None = None  # UTC
    unaided: Unaided | None = None


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
    reviewed: tuple[date, ...] = ()  # local dates of the latest steps that came back, at most two
    answered: int = 0  # exercises of the open lesson that are done
    stumbled: tuple[str, ...] = ()  # those of them that took a slip or a shown step
    heard: tuple[tuple[int, str], ...] = ()  # latest messages and the exercises they answered
    told: tuple[str, ...] = ()  # what is said once only
    cards: tuple[Card, ...] = ()
    design: Mapping[str, str] = field(default_factory=dict)  # of the last drop: its numbers
    studio: Studio = field(default_factory=Studio)
    completed: datetime | None = None  # when the last drop of the path was done, UTC
    warned: datetime | None = None  # the notice that all will be erased, UTC
    notices: tuple[str, ...] = ()  # the operator's words, kept for a better moment
    days: int = 0  # local dates on which a drop was opened
    unaided: Unaided | None = None  # the whole pass alone, when the path has settled
    shelved: Mapping[str, Shelved] = field(default_factory=dict)  # other paths, by key
    desks: tuple[Desk, ...] = ()  # seats in the nets of groups; one of them at most is open
