"""How a net of people goes on: what is open, what a value on a wire changes, what the bot fills."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.tutor.events import UserId
from bot.tutor.group.passes import HIDDEN, NEW, follows, slipped
from bot.tutor.group.state import BOT, NOBODY, Net

PATIENCE = timedelta(hours=24)  # that a seat may take before the bot fills it
FORWARD = (*HIDDEN, "out")
CHECK = "check"


def seat_of(place: str) -> str:
    """Whose place it is: `new2` is worked out where `h2` was."""
    if place.startswith("new") and place != "newout":
        return f"h{place[-1]}"
    return "out" if place in ("blame", "newout") else place


def open_places(net: Net) -> tuple[str, ...]:
    """What has to be wired, or mended, before the pass goes on; nothing once it is through."""
    for stage in _stages(net):
        if missing := tuple(place for place in stage if place not in net.wired):
            return missing
        held = FORWARD if stage == ("out",) else stage
        if stage != HIDDEN and (wrong := slipped(net, held)):
            return wrong
    return ()


def _stages(net: Net) -> tuple[tuple[str, ...], ...]:
    return (HIDDEN, ("out",), ("blame",), NEW) if net.backward else (HIDDEN, ("out",))


def is_through(net: Net) -> bool:
    return not open_places(net)


def may_wire(net: Net, place: str) -> bool:
    """Open, or wired by the same seat while the others of its stage are still at work."""
    if place == CHECK:
        return not is_through(net) and all(h in net.wired for h in HIDDEN)
    now = open_places(net)
    if place in now:
        return True
    return any(place in stage and now and now[0] in stage for stage in (HIDDEN, NEW))


def wired(net: Net, place: str, value: str, now: datetime) -> Net:
    """With this value on the wire, and all that the bot's own seats make of it."""
    before = open_places(net)
    followed = "out" in net.wired and not slipped(net, ("out",))
    net = replace(net, wired={**net.wired, place: value})
    if place in HIDDEN:  # a check of other wires is none
        net = replace(net, wired={at: v for at, v in net.wired.items() if at != CHECK})
    if place in HIDDEN and followed:
        net = replace(net, wired={**net.wired, "out": follows(net, "out")})
    return _gone_on(net, before, now)


def _gone_on(net: Net, before: tuple[str, ...], now: datetime) -> Net:
    net = _bot_seats(net)
    after = open_places(net)
    parted = tuple(place for place in after if place in net.wired and place not in net.parted)
    net = replace(net, parted=net.parted + parted)
    same_stage = before and set(after) <= set(before)
    return net if same_stage else replace(net, since=now)


def _bot_seats(net: Net) -> Net:
    while mine := [place for place in open_places(net) if net.seats[seat_of(place)] == BOT]:
        given = {place: follows(net, place) for place in mine}
        net = replace(net, wired={**net.wired, **given})
    return net


def begun(net: Net, now: datetime) -> Net:
    """The bot's seats have their values at once."""
    return _gone_on(net, (), now)


def expired(net: Net, now: datetime) -> Net:
    """Who has not come to their seat for a day leaves it to the bot."""
    if not open_places(net) or now - net.since < PATIENCE:
        return net
    return _filled(net, now)


def closed(net: Net, now: datetime) -> Net:
    """Worked out to its end by the bot."""
    while open_places(net):
        net = _filled(net, now)
    return net


def _filled(net: Net, now: datetime) -> Net:
    places = open_places(net)
    late = {seat_of(place) for place in places}
    net = replace(net, seats={s: BOT if s in late else who for s, who in net.seats.items()})
    for place in places:
        net = wired(net, place, follows(net, place), now)
    return replace(net, filled=net.filled + places)


def left(net: Net, user: UserId, to: UserId = NOBODY) -> Net:
    """Their seat is free; what they wired stays, for others stand on it."""
    seats = {seat: to if who == user else who for seat, who in net.seats.items() if seat != CHECK}
    if net.seats.get(CHECK, user) != user:
        seats[CHECK] = net.seats[CHECK]
    return replace(net, seats=seats)


def forgotten(net: Net, user: UserId, now: datetime) -> Net:
    """Nothing of theirs stays: the bot sits there, and what they wired is worked out anew."""
    theirs = {seat for seat, who in net.seats.items() if who == user}
    if not theirs:
        return net
    own = {place for place in net.wired if seat_of(place) in theirs}
    kept = {place: value for place, value in net.wired.items() if place not in own}
    net = replace(
        left(net, user, BOT),
        wired=kept,
        parted=tuple(place for place in net.parted if place not in own),
        filled=tuple(place for place in net.filled if place not in own),
    )
    return _gone_on(net, (), now)


def taken(net: Net, user: UserId) -> Net:
    """A seat that nobody sits on is theirs."""
    free = next((seat for seat, who in net.seats.items() if who == NOBODY), None)
    return replace(net, seats={**net.seats, free: user}) if free else net
