"""What can happen to a learner, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from bot.tutor.numbers import ChatId as ChatId  # noqa: PLC0414 - events and their numbers, from one place
from bot.tutor.numbers import UserId as UserId  # noqa: PLC0414 - the same
from bot.tutor.visits import OfADesk, OfAGroup
from engine.question import Verdict


@dataclass(frozen=True, slots=True)
class Person:
    """Who did it, as Telegram tells it."""

    user: UserId
    name: str
    language: str  # IETF tag of their Telegram, "" when untold


@dataclass(frozen=True, slots=True)
class Started:
    """/start, with what a deep link carried."""

    payload: str = ""


@dataclass(frozen=True, slots=True)
class Commanded:
    """Any other command: `/pause until Monday` is ("pause", "until Monday")."""

    command: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    text: str  # as it was typed: Telegram's own formatting is undone
    message: int
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """A typed text, judged against the exercise that was open when it was judged."""

    exercise: str  # the key of the open exercise: lesson, exercise and draw
    text: str
    verdict: Verdict
    message: int
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Tapped:
    data: str  # the button's data
    message: int  # the message that bears the button


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that cannot be read as an answer: photo, voice, sticker, video, document, poll."""

    kind: str


@dataclass(frozen=True, slots=True)
class Located:
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Blocked:
    """The learner blocked the bot, or Telegram says they are gone."""


@dataclass(frozen=True, slots=True)
class Unblocked:
    pass


@dataclass(frozen=True, slots=True)
class DropDue:
    """The clock: the learner's hour has come on this date of theirs."""

    local_date: date


@dataclass(frozen=True, slots=True)
class Announced:
    """The operator has something to say to everyone."""

    text: str  # plain


@dataclass(frozen=True, slots=True)
class Idle:
    """The clock: no sign of life for so long that what is kept is to be let go."""


@dataclass(frozen=True, slots=True)
class TaskDone:
    """Something that took time is ready."""

    task: str
    result: str


@dataclass(frozen=True, slots=True)
class TaskGoesOn:
    """Something that takes time tells how far it is."""

    task: str
    progress: str


@dataclass(frozen=True, slots=True)
class InGroup:
    """The bot was spoken to, added or removed in a group, or a member came or went."""

    what: str  # "added", "removed", "command", "reply", "tapped", "joined", "left"
    text: str = ""
    message: int = 0  # that bears the button, or was replied to
    topic: int = 0  # of a forum, where it happened
    title: str = ""  # of the group
    anonymous: bool = False  # an administrator who speaks as the group
    standing: str = ""  # of the person, asked of Telegram at the moment of use; "" is unknown


Event: TypeAlias = (
    Started
    | Commanded
    | Typed
    | Answered
    | Tapped
    | Sent
    | Located
    | Blocked
    | Unblocked
    | DropDue
    | Announced
    | Idle
    | TaskDone
    | TaskGoesOn
)

AnyEvent: TypeAlias = Event | InGroup | OfADesk | OfAGroup


@dataclass(frozen=True, slots=True)
class Arrival:
    """An event on its way in: one row of the inbox."""

    key: str  # "update:123", "drop:<user>:<date>", "task:<id>": the same key is the same arrival
    chat: ChatId
    person: Person | None
    event: AnyEvent
    at: datetime  # UTC
    tap: str = ""  # the callback query that waits for an answer
