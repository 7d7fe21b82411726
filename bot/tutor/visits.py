"""What groups and their members tell one another, as events of the other's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.tutor.numbers import UserId
from engine.question import Question


@dataclass(frozen=True, slots=True)
class Asked:
    """A group's net has a seat for this learner, and this is what the seat works out."""

    group: str  # its code
    key: str  # the net's and the seat's
    task: str  # "hidden", "output", "blame", "new-hidden", "new-output"
    values: Mapping[str, str]  # the neuron's own numbers
    question: Question
    title: str = ""  # of the group
    mend: bool = False  # the value on the wire is not what the neuron gives
    opened: bool = False  # the learner asked for it
    back: str = ""  # the way back to the group's card


@dataclass(frozen=True, slots=True)
class Relieved:
    """The seat is no longer theirs, or the net is through."""

    group: str
    key: str


@dataclass(frozen=True, slots=True)
class Told:
    """Word from a group to one of its members, in private."""

    group: str
    what: str  # a sentence of the wording, under `desk`
    values: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    back: str = ""


@dataclass(frozen=True, slots=True)
class Overheard:
    """What a learner typed in a group as a reply to the bot: it is judged in private."""

    group: str
    text: str
    message: int = 0  # none of the private chat
    edited: bool = False


OfADesk: TypeAlias = Asked | Relieved | Told | Overheard


@dataclass(frozen=True, slots=True)
class Woken:
    """The clock: the group's hour has come, or a seat has waited long enough."""


@dataclass(frozen=True, slots=True)
class Knocked:
    """Someone came to the private chat by the group's link."""

    user: UserId
    finished: tuple[str, ...] = ()  # lessons
    standing: str = ""  # in the group, asked of Telegram at the moment of use


@dataclass(frozen=True, slots=True)
class Wired:
    """A seat's value, worked out in private."""

    user: UserId
    key: str
    value: str
    standing: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """A member has done a lesson."""

    user: UserId
    lesson: str


@dataclass(frozen=True, slots=True)
class Slipped:
    """A slip was named to a member; a group tells of slips only as counts."""

    user: UserId
    lesson: str
    slip: str


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A member wants nothing kept about them."""

    user: UserId


@dataclass(frozen=True, slots=True)
class Moved:
    """The group is a supergroup now: what was posted before can be edited no more."""


OfAGroup: TypeAlias = Woken | Moved | Knocked | Wired | Finished | Slipped | Forgotten
