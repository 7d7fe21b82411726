"""What a seat is asked in private: its own numbers, and the question about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.tutor.events import UserId
from bot.tutor.group.passes import HIDDEN, question, slipped, whole
from bot.tutor.group.state import BOT, Group, Net
from bot.tutor.group.wiring import CHECK, is_through, open_places, seat_of
from bot.tutor.turn import Post
from bot.tutor.visits import Asked, Relieved

WEIGHTS = ("w2_1_1", "w2_1_2", "w2_1_3")


def posts(group: Group, before: Sequence[Net], after: Sequence[Net]) -> tuple[Post, ...]:
    """Who is asked something new, and whose seat is no longer waiting for them."""
    was = {(net.key, place, who): net for net in before for place, who in _waiting(net)}
    is_ = {(net.key, place, who): net for net in after for place, who in _waiting(net)}
    told = []
    for (key, place, who), net in is_.items():
        earlier = was.get((key, place, who))
        if earlier is None or _is_news(earlier, net, place):
            told.append(Post(who, asked(group, net, place)))
    now = {net.key: net for net in after}
    for key, place, who in dict.fromkeys([*was, *_held(before)]):
        if (key, place, who) not in is_ and not _theirs_still(now.get(key), place, who):
            told.append(Post(who, Relieved(group.code, f"{key}/{place}")))
    return tuple(told)


def _held(nets: Sequence[Net]) -> Iterable[tuple[str, str, UserId]]:
    """What people have wired, right or not, and may still change."""
    for net in nets:
        for place in net.wired:
            who = net.seats.get(place if place == CHECK else seat_of(place), BOT)
            if who > 0 and _theirs_still(net, place, who):
                yield net.key, place, who


def _is_news(earlier: Net, net: Net, place: str) -> bool:
    """The same seat has to mend now, or has other values on its wires."""
    if (place in earlier.wired) != (place in net.wired):
        return True
    on_them = place in (CHECK, "out")
    return on_them and any(earlier.wired[h] != net.wired[h] for h in HIDDEN)


def _theirs_still(net: Net | None, place: str, who: UserId) -> bool:
    """They have wired it themselves, and may change it until the pass goes on."""
    if net is None or place in net.filled or is_through(net):
        return False
    return net.seats.get(place if place == CHECK else seat_of(place)) == who


def _waiting(net: Net) -> Iterable[tuple[str, UserId]]:
    """Open places of people. A place that is wired, right or wrong, is open only to be mended."""
    places = open_places(net)
    for place in places:
        if (who := net.seats[seat_of(place)]) > 0:
            yield place, who
    checker = net.seats.get(CHECK, BOT)
    if checker > 0 and CHECK not in net.wired and places and _can_be_checked(net):
        yield CHECK, checker


def _can_be_checked(net: Net) -> bool:
    """All wires into ŷ have a value, and none that is about to change."""
    return all(h in net.wired for h in HIDDEN) and (
        "out" not in net.wired or not slipped(net, HIDDEN)
    )


def waiting_for(group: Group, user: UserId) -> tuple[Asked, ...]:
    """All that waits for this member, newest net last."""
    return tuple(
        asked(group, net, place, opened=True)
        for net in group.nets
        for place, who in _waiting(net)
        if who == user
    )


def asked(group: Group, net: Net, place: str, *, opened: bool = False) -> Asked:
    work = "out" if place == CHECK else place
    return Asked(
        group.code,
        f"{net.key}/{place}",
        task_of(work),
        _numbers(net, work) | {"place": work},
        question(net, work),
        group.title,
        mend=place in net.wired and place != CHECK,
        opened=opened,
    )


def task_of(place: str) -> str:
    if place in HIDDEN:
        return "hidden"
    return {"out": "output", "blame": "blame", "newout": "new-output"}.get(place, "new-hidden")


def _numbers(net: Net, place: str) -> dict[str, str]:
    """The neuron's own numbers, under the names that the wording uses."""
    kept, unit = net.values, place[-1]
    wires = {h: net.wired[h] for h in HIDDEN if h in net.wired}
    own = {f"w{i}": kept[name] for i, name in enumerate(WEIGHTS, 1)} | {"b": kept["b2_1"]}
    below = {"x1": kept["x1"], "x2": kept["x2"]}
    if task_of(place) in ("hidden", "new-hidden"):
        own = {"w1": kept[f"w1_{unit}_1"], "w2": kept[f"w1_{unit}_2"], "b": kept[f"b1_{unit}"]}
    match task_of(place):
        case "hidden":
            return own | below
        case "output":
            return own | wires
        case "blame":
            return {"y": net.wired["out"], "t": kept["t1"]}
    back = {"delta": net.wired["blame"], "rate": kept["rate"]}
    if place == "newout":
        return own | wires | back
    awake = "1" if whole(kept).value(f"z1.{unit}") > 0 else "0"
    return (
        own
        | below
        | back
        | {"out": kept[f"w2_1_{unit}"], "h": net.wired[f"h{unit}"], "awake": awake}
    )
