"""Who sits where: four to a net, the bot where a group of two or three has nobody."""

from __future__ import annotations

from datetime import datetime

from bot.tutor.events import UserId
from bot.tutor.group.passes import drawn
from bot.tutor.group.state import BOT, Group, Net
from bot.tutor.group.wiring import CHECK, FORWARD, begun
from engine.pencil.draw import Draw

SEATS = len(FORWARD)


def seated(group: Group, backward: bool, now: datetime) -> tuple[Net, ...]:
    """Nets for all; who is over by one checks the first, two or three get a net of their own."""
    dice = Draw(f"seats {group.seed} {group.rounds}")
    people = dice.shuffled([member.user for member in group.members])
    full, over = divmod(len(people), SEATS)
    checker = people.pop() if full and over == 1 else None
    tables = [people[start : start + SEATS] for start in range(0, len(people), SEATS)]
    nets = []
    for number, table in enumerate(tables):
        seats = _places(dice, table)
        if checker is not None and number == 0:
            seats[CHECK] = checker
        key = f"{group.rounds}.{number}"
        nets.append(begun(Net(key, drawn(f"{group.seed} {key}"), seats, backward, now), now))
    return tuple(nets)


def _places(dice: Draw, table: list[UserId]) -> dict[str, UserId]:
    filled = dice.shuffled([*table, *[BOT] * (SEATS - len(table))])
    return dict(zip(FORWARD, filled, strict=True))
