"""Buttons and commands in the group: joining for everybody, settings for administrators."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.tutor.events import InGroup, Person, UserId
from bot.tutor.group import day, joining
from bot.tutor.group.card import words_of
from bot.tutor.group.state import Group, GroupTurn
from bot.tutor.learner import Rhythm
from bot.tutor.rhythm import places
from bot.tutor.turn import Button, Leave, Say, Toast
from lessons.course import Path

ADMINS = ("creator", "administrator")
HOURS = ("07:30", "12:30", "18:00", "20:30")
ZONES = ("America/New_York", "Europe/London", "Europe/Berlin", "Asia/Kolkata")
MUTED = timedelta(days=3)
ELSEWHERE = "UTC"
SLOT = "settings"
NO_PERSON = UserId(0)

Change: TypeAlias = Callable[[Group, str, datetime], Group]


def tapped(group: Group, path: Path, event: InGroup, user: UserId, now: datetime) -> GroupTurn:
    """Who tapped is who acts: a button never acts for the one whom it was shown to."""
    words = words_of(group)
    what = event.text.removeprefix("g/")
    if what == "join":
        turn = joining.joined(group, path, user, now)
        is_new = group.member(user) is None
        toast = Toast(words("group.joined" if is_new else "group.joined-already"))
        return replace(turn, says=(toast, *turn.says))
    if what == "again" and group.member(user):
        return day.again(group, path, now)
    if what != "settings" and what.partition("/")[0] not in CHANGES:
        return GroupTurn(group, (Toast(words("group.stale")),))
    if event.standing not in ADMINS:
        return GroupTurn(group, (Toast(words(_refusal(event)), alert=True),))
    return _set(group, what, event.topic, now)


def _refusal(event: InGroup) -> str:
    return "group.admins-only" if event.standing else "group.admin-unseen"


def commanded(group: Group, event: InGroup, person: Person | None, now: datetime) -> GroupTurn:
    """Answered in the topic that it came from; most commands belong into the private chat."""
    command, _, rest = event.text.partition(" ")
    user = person.user if person else NO_PERSON
    may = event.anonymous or event.standing in ADMINS
    if command in ("start", "help"):
        return GroupTurn(replace(group, greeted=True), (_in_topic(joining.hello(group), event),))
    if command in ("mute", "unmute") and group.member(user):
        return _muted(group, command == "mute", event, now)
    if command not in ("settings", "hour", "zone", "leave"):
        return GroupTurn(group)
    if not may:
        told = Say(words_of(group)(_refusal(event)), silent=True)
        return GroupTurn(group, (_in_topic(told, event),))
    if command == "leave":
        goodbye = _in_topic(Say(words_of(group)("group.goodbye"), silent=True), event)
        return replace(joining.removed(group), says=(goodbye, Leave()))
    return _set(group, f"{command}/{rest}" if rest else "settings", event.topic, now)


def _in_topic(said: Say, event: InGroup) -> Say:
    return replace(said, topic=event.topic)


def _muted(group: Group, on: bool, event: InGroup, now: datetime) -> GroupTurn:
    """Any member may ask for three days without a card; who did is not said."""
    today = now.astimezone(ZoneInfo(_zone(group))).date()
    group = replace(group, muted_until=today + MUTED if on else None)
    told = Say(words_of(group)("group.muted" if on else "group.unmuted"), silent=True)
    return GroupTurn(day.awake(group, now), (_in_topic(told, event),))


def _set(group: Group, what: str, topic: int, now: datetime) -> GroupTurn:
    """One setting changed, and the settings as they are now."""
    name, _, value = what.partition("/")
    words = words_of(group)
    if name != "settings":
        changed = CHANGES[name](group, value, now)
        if changed is group:
            return GroupTurn(group, (Toast(words("group.unread")),))
        group = day.awake(replace(changed, topic=topic or changed.topic), now)
    return GroupTurn(group, (settings(group, topic),))


def settings(group: Group, topic: int) -> Say:
    words = words_of(group)
    hours = tuple(Button(hour, f"g/hour/{hour}") for hour in HOURS)
    zones = tuple(
        Button(zone.rpartition("/")[2].replace("_", " "), f"g/zone/{zone}") for zone in ZONES
    )
    switch = ("group-off", "g/off/1") if group.on else ("group-on", "g/on/1")
    state = "group.state-on" if group.rhythm else "group.state-new"
    state = state if group.on else "group.state-off"
    hour = group.rhythm.hour if group.rhythm else "–"
    text = words("group.settings", hour=hour, zone=_zone(group), state=words(state))
    last = (Button(words(f"button.{switch[0]}"), switch[1]),)
    return Say(text, (hours, zones[:2], zones[2:], last), silent=True, slot=SLOT, topic=topic)


def _zone(group: Group) -> str:
    if group.rhythm:
        return group.rhythm.zone
    return group.zone or places.zone_of_language(group.language) or ELSEWHERE


def _hour(group: Group, value: str, _now: datetime) -> Group:
    try:
        hour = f"{time.fromisoformat(value.strip()):%H:%M}"
    except ValueError:
        return group
    return replace(group, rhythm=Rhythm(_zone(group), hour), on=True)


def _in_zone(group: Group, value: str, _now: datetime) -> Group:
    """A zone by its name, or a city."""
    try:
        ZoneInfo(value)
        zone = value
    except (KeyError, ValueError, OSError):
        found = places.find_place(value)
        zone = found.zone if found else ""
    if not zone:
        return group
    rhythm = replace(group.rhythm, zone=zone) if group.rhythm else None
    return replace(group, zone=zone, rhythm=rhythm)


CHANGES: dict[str, Change] = {
    "hour": _hour,
    "zone": _in_zone,
    "on": lambda group, _, __: replace(group, on=True),
    "off": lambda group, _, __: replace(group, on=False),
}
