"""What people put on the wires: a value from private, a reply in the group."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.tutor.events import UserId
from bot.tutor.group.asking import waiting_for
from bot.tutor.group.day import changed
from bot.tutor.group.state import Group, GroupTurn, Net
from bot.tutor.group.wiring import CHECK, may_wire, seat_of, wired
from bot.tutor.turn import Post
from bot.tutor.visits import Overheard, Wired
from lessons.course import Path


def put_on_the_wire(group: Group, path: Path, event: Wired, now: datetime) -> GroupTurn:
    """Only from who sits there, and only while the pass has not gone on."""
    key, _, place = event.key.partition("/")
    net = next((one for one in group.nets if one.key == key), None)
    if net is None or not _sits(net, place, event.user) or not may_wire(net, place):
        return GroupTurn(group)
    if place == CHECK:
        after = replace(net, wired={**net.wired, CHECK: event.value})
    else:
        after = wired(net, place, event.value, now)
    nets = tuple(after if one is net else one for one in group.nets)
    return changed(group, replace(group, nets=nets), path, now)


def _sits(net: Net, place: str, user: UserId) -> bool:
    return net.seats.get(CHECK if place == CHECK else seat_of(place)) == user


def overheard(group: Group, user: UserId, text: str) -> GroupTurn:
    """A reply to the bot: it goes on in private, where nobody else reads what came of it."""
    if group.member(user) is None:
        return GroupTurn(group)
    opened = tuple(Post(user, one) for one in waiting_for(group, user)[:1])
    return GroupTurn(group, (), (*opened, Post(user, Overheard(group.code, text))))
