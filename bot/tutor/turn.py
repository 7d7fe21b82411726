"""What a turn yields: the learner as they are now, what is to be said, what was attempted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import TypeAlias

from bot.tutor.events import UserId
from bot.tutor.learner import Learner
from bot.tutor.visits import OfADesk, OfAGroup
from engine.question import Verdict


class Lane(IntEnum):
    """Which letters go first when Telegram lets few through."""

    REPLY = 0
    EXERCISE = 1
    DROP = 2
    REMINDER = 3


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    tap: str = ""  # 1-64 bytes, comes back in Tapped
    url: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or file by its recipe, made off the event loop just before it is sent."""

    recipe: str  # "figure", "export", "sheet", …
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quiz:
    """A bet: a poll with one right option, its results hidden until it closes."""

    options: tuple[str, ...]
    right: int
    explanation: str
    seconds: int  # that it stays open


@dataclass(frozen=True, slots=True)
class Say:
    """One message to the learner, in Telegram's HTML."""

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    attachment: Attachment | None = None
    lane: Lane = Lane.REPLY
    silent: bool = False
    slot: str = ""  # messages of one slot replace each other by an edit (the progress line)
    needed: bool = True  # sent again, once, when a kill left its fate unknown
    ask_location: bool = False  # shows the button that shares one's place
    topic: int = 0  # of a forum
    pinned: bool = False  # where the bot may pin
    quiz: Quiz | None = None  # then the text is its question
    not_before: datetime | None = None  # a slot's earlier letter that still waits gives way to it


@dataclass(frozen=True, slots=True)
class Toast:
    """The small answer to a tap."""

    text: str = ""
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Unbutton:
    """Takes the buttons off a message that was tapped, so that it is not tapped again."""

    message: int


@dataclass(frozen=True, slots=True)
class React:
    """An emoji on the learner's own message."""

    message: int
    emoji: str


@dataclass(frozen=True, slots=True)
class Leave:
    """The bot leaves the group."""


Utterance: TypeAlias = Say | Toast | Unbutton | React | Leave


@dataclass(frozen=True, slots=True)
class Post:
    """What this turn means for another chat: an event for its inbox, in the same transaction."""

    to: UserId | str  # a learner, or a group's code
    event: OfADesk | OfAGroup


@dataclass(frozen=True, slots=True)
class Attempt:
    """One judged answer (an ungraded one is none)."""

    lesson: str
    exercise: str
    text: str
    verdict: Verdict
    at: datetime
    values: Mapping[str, str] = field(default_factory=dict)  # the numbers it was about
    disputed: bool = False  # the learner thinks they are right
    expected: str = ""  # of a disputed one: what was taken for right


@dataclass(frozen=True, slots=True)
class Report:
    """A learner says that a text is wrong: where, and how, if they told."""

    lesson: str
    exercise: str  # "" for the lesson as a whole
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Task:
    """Something that takes time, kept with the turn; comes back as TaskDone."""

    name: str
    values: Mapping[str, str] = field(default_factory=dict)


CALL_OFF = "call-off"  # a task of this name ends the one whose `run` it names


@dataclass(frozen=True, slots=True)
class Turn:
    learner: Learner | None  # None: the learner asked to be forgotten, everything of theirs goes
    says: tuple[Utterance, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    tasks: tuple[Task, ...] = ()
    delivered: str | None = None  # a lesson that reached the learner with this turn
    finished: str | None = None  # a lesson that was done with this turn
    posts: tuple[Post, ...] = ()
    reports: tuple[Report, ...] = ()
