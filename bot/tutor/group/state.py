"""A group, as the tutor knows it: who joined, when its day comes, the net that it is today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.tutor.events import UserId
from bot.tutor.learner import Rhythm
from bot.tutor.turn import Post, Utterance

BOT = UserId(0)  # sits where a group of two or three has nobody
NOBODY = UserId(-1)  # a seat that someone left; the bot takes it in time


@dataclass(frozen=True, slots=True)
class Member:
    """Who joined by a tap: a number, and what they told by learning. No name is kept."""

    user: UserId
    done: tuple[str, ...] = ()  # lessons
    slips: tuple[str, ...] = ()  # named in the group's latest lesson


@dataclass(frozen=True, slots=True)
class Net:
    """One 2-3-1 network, each of its neurons a seat."""

    key: str
    values: Mapping[str, str]  # its numbers by name: w1_1_1, b1_1, x1, t1, rate
    seats: Mapping[str, UserId]  # "h1", "h2", "h3", "out", and "check" for one who checks
    backward: bool  # whether the error flows back as well
    since: datetime  # when what is open now was opened
    wired: Mapping[str, str] = field(default_factory=dict)  # values by place, as they were told
    parted: tuple[str, ...] = ()  # places where the roads parted
    filled: tuple[str, ...] = ()  # places that the bot filled in, after a day


@dataclass(frozen=True, slots=True)
class Card:
    """The one post of a day, edited in place."""

    day: date
    lesson: str = ""  # "" on the card of a net
    edited: datetime | None = None  # when the latest edit goes out; None: it is not edited
    moved: date | None = None  # posted anew on this date, when the group had moved


@dataclass(frozen=True, slots=True)
class Group:
    code: str  # what links to it bear; its chat's number may change, this does not
    seed: int
    language: str = "en"
    title: str = ""
    path: str = ""
    topic: int = 0
    present: bool = True  # the bot is in the group
    on: bool = True
    greeted: bool = False
    rhythm: Rhythm | None = None  # None until an administrator has said when
    zone: str = ""
    muted_until: date | None = None
    wake: datetime | None = None  # UTC, the next moment at which the clock must knock
    members: tuple[Member, ...] = ()
    day: int = 0  # days of the plan that came
    card: Card | None = None  # of the latest day
    nets: tuple[Net, ...] = ()
    net_card: Card | None = None  # goes on beyond its day, until all nets are through
    rounds: int = 0  # nets begun, ever: the seed of the next

    def member(self, user: UserId) -> Member | None:
        return next((one for one in self.members if one.user == user), None)


@dataclass(frozen=True, slots=True)
class GroupTurn:
    """What a turn yields: the group as it is now, what is said there, what others are told."""

    group: Group | None  # None: nothing is to be kept
    says: tuple[Utterance, ...] = ()
    posts: tuple[Post, ...] = ()
