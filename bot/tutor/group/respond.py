"""What the tutor does about an event of a group's: the group, the event and the moment in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TypeAlias, assert_never

from bot.tutor.events import Blocked, InGroup, Person
from bot.tutor.group import day, joining, settling
from bot.tutor.group.seats import overheard, put_on_the_wire
from bot.tutor.group.state import Group, GroupTurn
from bot.tutor.turn import Toast
from bot.tutor.visits import Finished, Forgotten, Knocked, Moved, OfAGroup, Slipped, Wired, Woken
from lessons.course import Course, Path

Event: TypeAlias = InGroup | OfAGroup | Blocked

AWAY = ("left", "kicked")


def new(course: Course, code: str, seed: int) -> Group:
    return Group(code, seed, path=next(iter(course.paths)))


def respond(
    course: Course, group: Group, event: Event, person: Person | None, now: datetime
) -> GroupTurn:
    """Decide; nothing is done here."""
    path = course.paths[group.path]
    if isinstance(event, InGroup):
        return _in_the_chat(group, path, event, person, now)
    return _from_elsewhere(group, path, event, now)


def _from_elsewhere(  # noqa: PLR0911 - one an event
    group: Group, path: Path, event: OfAGroup | Blocked, now: datetime
) -> GroupTurn:
    match event:
        case Woken():
            return day.knocked(group, path, now)
        case Moved():
            return day.moved(group, now)
        case Blocked():
            return joining.removed(group)
        case Knocked():
            return joining.knocked(group, path, event, now)
        case Wired(user) if event.standing in AWAY:
            return joining.left(group, path, user, now)
        case Wired():
            return put_on_the_wire(group, path, event, now)
        case Finished(user, lesson):
            return joining.noted(group, path, user, now, done=lesson)
        case Slipped(user, lesson, slip):
            in_it = group.card is not None and group.card.lesson == lesson
            return joining.noted(group, path, user, now, slip=slip if in_it else "")
        case Forgotten(user):
            return joining.forgotten(group, path, user, now)
        case _:
            assert_never(event)


def _in_the_chat(  # noqa: PLR0911 - one a thing that happens
    group: Group, path: Path, event: InGroup, person: Person | None, now: datetime
) -> GroupTurn:
    if person and event.standing in AWAY and event.what in ("tapped", "command", "reply"):
        turn = joining.left(group, path, person.user, now)
        return replace(turn, says=(Toast(),) if event.what == "tapped" else ())
    match event.what:
        case "added":
            return joining.added(group, event, person, now)
        case "removed":
            return joining.removed(group)
        case "left" if person:
            return joining.left(group, path, person.user, now)
        case "reply" if person:
            return overheard(group, person.user, event.text)
        case "tapped" if person:
            return settling.tapped(group, path, event, person.user, now)
        case "command":
            return settling.commanded(group, event, person, now)
        case _:
            return GroupTurn(group)
