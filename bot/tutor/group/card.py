"""The card: the one silent post of a group's day, edited in place and never in haste."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.tutor import wording
from bot.tutor.group.passes import NEW, exact, losses, slipped
from bot.tutor.group.state import Card, Group, Net
from bot.tutor.group.telling import number, short
from bot.tutor.group.wiring import CHECK, FORWARD, is_through, open_places
from bot.tutor.turn import Button, Lane, Say
from bot.tutor.wording import Html, Words
from lessons.course import Path

APART = timedelta(seconds=10)  # between two edits
CROWD = 5  # people, from whom on there are counts
MOST_SLIPS = 3  # kinds on the card
GIVEN = {"x1": "x1", "x2": "x2", "t": "t1"}
NAMES = {"h1": "h₁", "h2": "h₂", "h3": "h₃", "out": "ŷ", "blame": "δ", "newout": "ŷ"} | {
    f"new{unit}": f"h{sign}" for unit, sign in (("1", "₁"), ("2", "₂"), ("3", "₃"))
}


def words_of(group: Group) -> Words:
    return wording.of(group.language)


def link(group: Group) -> str:
    """To the private chat; whoever holds the bot's line knows its name."""
    return f"?start=g_{group.code}"


def edited(card: Card, said: Say, now: datetime) -> tuple[Card, Say]:
    """The card as it is now; ten seconds after its latest edit at the earliest."""
    before = card.edited or now - APART
    moment = before if before > now else max(now, before + APART)
    return replace(card, edited=moment), replace(said, not_before=moment)


def of_day(group: Group, path: Path) -> Say | None:
    """None on a day whose post is a bet, or a net."""
    if group.card is None or not group.card.lesson or group.card.edited is None:
        return None
    words, lesson = words_of(group), path.lesson(group.card.lesson)
    lines = [words("group.day", number=lesson.number, title=lesson.title)]
    return _say(group, group.card, [*lines, *_counts(group, words)])


def of_nets(group: Group) -> Say | None:
    if group.net_card is None:
        return None
    words = words_of(group)
    lines = [words("group.day-of-net")]
    for place, net in enumerate(group.nets, 1):
        name = words("group.net", n=place) if len(group.nets) > 1 else ""
        lines.append(Html("\n".join(filter(None, [name, *_net(net, words)]))))
    through = bool(group.nets) and all(map(is_through, group.nets))
    again = [Button(words("button.group-again"), "g/again")] if through else []
    return _say(group, group.net_card, lines, *again)


def _say(group: Group, card: Card, lines: Sequence[str], *more: Button) -> Say:
    words = words_of(group)
    private = Button(words("button.group-drop"), url=link(group))
    join = Button(words("button.group-join"), "g/join")
    return Say(
        Html("\n\n".join(lines)),
        ((private,), (join, *more)),
        lane=Lane.DROP,
        silent=True,
        slot=f"card {card.day}",
        topic=group.topic,
        pinned=True,
    )


def _counts(group: Group, words: Words) -> list[str]:
    """From five people on, and about nobody."""
    assert group.card is not None
    if len(group.members) < CROWD:
        return []
    through = [one for one in group.members if group.card.lesson in one.done]
    lines: list[str] = []
    if through:
        lines.append(words("group.through", count=len(through), all=len(group.members)))
    slips = Counter(slip for one in group.members for slip in set(one.slips))
    told = [one for one in group.members if one.slips or group.card.lesson in one.done]
    named = [(slip, count) for slip, count in slips.most_common() if f"slip.{slip}" in words]
    if len(told) >= CROWD and named:
        shown = ", ".join(f"{words(f'slip.{slip}')} ×{n}" for slip, n in named[:MOST_SLIPS])
        lines.append(words("group.slips", slips=Html(shown)))
    return ["\n".join(lines)] if lines else []


def _net(net: Net, words: Words) -> list[str]:
    numbers = {name: number(net.values[key]) for name, key in GIVEN.items()}
    given = words("group.given", 0, **numbers)
    lines: list[str] = [given, " · ".join(_wire(net, place) for place in FORWARD)]
    if "out" not in net.wired:
        return [*lines, *_filled(net, words)]
    lines += _check(net, words)
    lines += _roads(net, words)
    if not slipped(net, FORWARD):
        lines.append(words("group.loss", loss=short(losses(net.values)[0])))
        lines += _way_back(net, words) if net.backward else [words("group.forward-done")]
    return [*lines, *_filled(net, words)]


def _wire(net: Net, place: str) -> str:
    value = net.wired.get(place)
    return f"{NAMES[place]} = {number(value)}" if value else f"{NAMES[place]} …"


def _check(net: Net, words: Words) -> list[str]:
    if CHECK not in net.wired:
        return []
    agree = net.wired[CHECK] == net.wired["out"]
    return [words("group.checked" if agree else "group.check-differs")]


def _roads(net: Net, words: Words) -> list[str]:
    """Where the first slip is, by place and never by name."""
    wrong = slipped(net, FORWARD)
    if wrong:
        right = number(exact(net, "out"))
        return [words("group.parted", exact=right, place=NAMES[wrong[0]])]
    mended = [NAMES[place] for place in net.parted if place in FORWARD]
    if not mended:
        return []
    key = "group.mended" if mended != [NAMES["out"]] else "group.mended-out"
    return [words(key, place=", ".join(dict.fromkeys(mended)))]


def _way_back(net: Net, words: Words) -> list[str]:
    if "blame" not in net.wired:
        return [words("group.blame-open")]
    if slipped(net, ("blame",)):
        return [words("group.parted-back", place="δ")]
    lines: list[str] = [words("group.blame", delta=number(net.wired["blame"]))]
    if is_through(net):
        before, after = losses(net.values)
        return [*lines, words("group.second", before=short(before), after=short(after))]
    if all(place in net.wired for place in NEW):
        places = ", ".join(dict.fromkeys(NAMES[place] for place in open_places(net)))
        return [*lines, words("group.parted-back", place=places)]
    marks = " · ".join(f"{NAMES[p]} {'●' if p in net.wired else '○'}" for p in NEW)
    return [*lines, words("group.updating", marks=marks)]


def _filled(net: Net, words: Words) -> list[str]:
    return [words("group.filled", n=len(set(net.filled)))] if net.filled else []
