"""One neuron: its receipt and its drawing, with anybody's numbers."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from lessons.figures.card import MARGIN, RIGHT, Card
from lessons.figures.ink import (
    BLUE,
    BOLD,
    GREEN,
    LABEL,
    MONO,
    NUMBER,
    QUIET,
    SKY,
    Pen,
)
from lessons.figures.recipe import Recipe
from lessons.figures.values import dot, number, relu, shown, vector

_SQUASHES = {
    "relu": ("ReLU", relu),
    "step": ("step", lambda z: Fraction(z > 0)),
    "linear": ("as it is", lambda z: z),
}


def squashed(values: Mapping[str, str], z: Fraction) -> tuple[str, Fraction]:
    """The name of the squash that is told, and what it makes of z."""
    if values["squash"] not in _SQUASHES:
        raise ValueError(f"squash is one of {', '.join(_SQUASHES)}, not {values['squash']!r}")
    name, rule = _SQUASHES[values["squash"]]
    return name, rule(z)


def receipt(values: Mapping[str, str]) -> Card:
    weights = (number(values, "w1"), number(values, "w2"))
    inputs = (number(values, "x1"), number(values, "x2"))
    bias = number(values, "b")
    z = dot(weights, inputs) + bias
    name, out = squashed(values, z)
    card = Card(values["title"])
    for row, (w, x, key) in enumerate(zip(weights, inputs, ("name1", "name2"), strict=True)):
        _item(card, 230 + 120 * row, values[key], f"{shown(x)} × {_bracketed(w)}", w * x)
    _item(card, 470, values["bias"], "", bias)
    card.stroke([(MARGIN, 550), (RIGHT, 550)], BOLD)
    card.text(MARGIN, 635, "z", MONO.left.heavy)
    card.text(RIGHT, 635, shown(z), MONO.right.heavy)
    card.box((MARGIN, 720), (RIGHT - MARGIN, 130), SKY, Pen(BLUE, 4))
    card.text(540, 785, name, NUMBER.tinted(BLUE).heavy)
    card.arrow((RIGHT - 50, 678), (RIGHT - 50, 718), Pen(BLUE, 6))
    card.arrow((RIGHT - 50, 852), (RIGHT - 50, 906), Pen(BLUE, 6))
    card.text(MARGIN, 960, values["out"], MONO.left.heavy.tinted(GREEN))
    card.text(RIGHT, 960, shown(out), MONO.right.heavy.sized(84).tinted(GREEN))
    return card


def _item(card: Card, y: float, name: str, sum_: str, amount: Fraction) -> None:
    card.text(MARGIN, y, name, NUMBER.left.tinted(QUIET).sized(48))
    card.text(700, y, sum_, MONO.right)
    card.text(RIGHT, y, shown(amount, plus=True), MONO.right)


def _bracketed(value: Fraction) -> str:
    return f"({shown(value)})" if value < 0 else shown(value)


_RECEIPT_WORDS = {"name1": "riders", "name2": "orders", "bias": "bias", "out": "out"}
_ONE = {"w1": "-1", "w2": "2", "b": "-3", "x1": "2", "x2": "4"}

RECIPES = {
    "receipt": Recipe(
        receipt, {"title": "The receipt of one neuron", "squash": "relu", **_RECEIPT_WORDS}, _ONE
    ),
}
