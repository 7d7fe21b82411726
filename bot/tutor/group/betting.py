"""A bet before the drop: a quiz whose right answer the engine works out."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from bot.tutor.group.card import link, words_of
from bot.tutor.group.plan import Day
from bot.tutor.group.state import Group
from bot.tutor.group.telling import number
from bot.tutor.turn import Button, Lane, Quiz, Say
from engine import Network, trace
from engine.pencil.draw import Draw

OPEN = 12 * 3600  # seconds
WEIGHTS, INPUTS, BIASES = (-3, -2, 2, 3), (1, 2, 3, 4), (-2, -1, 1, 2)


def bet(group: Group, day: Day) -> Say:
    """One neuron for all, its numbers shared: is it awake, asleep, or below zero."""
    assert day.lesson is not None
    dice, words = Draw(f"bet {group.seed} {group.day}"), words_of(group)
    w, x = (tuple(str(dice.choice(some)) for _ in "12") for some in (WEIGHTS, INPUTS))
    b = str(dice.choice(BIASES))
    z = Fraction(trace(Network.of(([w], [b], "relu")), x).value("z1.1"))
    numbers = {"w1": w[0], "w2": w[1], "x1": x[0], "x2": x[1], "b": b}
    told: dict[str, Any] = {name: number(value) for name, value in numbers.items()}
    kinds = ("awake", "asleep", "below")
    return Say(
        words("bet.question", number=day.lesson.number, **told),
        ((Button(words("button.group-drop"), url=link(group)),),),
        lane=Lane.DROP,
        silent=True,
        topic=group.topic,
        quiz=Quiz(
            tuple(str(words(f"bet.{kind}")) for kind in kinds),
            0 if z > 0 else 1,
            words("bet.explained", z=z, h=max(z, Fraction(0))),
            OPEN,
        ),
    )
