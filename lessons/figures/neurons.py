"""One neuron: its receipt and its drawing, with anybody's numbers."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from lessons.figures.card import MARGIN, RIGHT, Card, Point
from lessons.figures.ink import (
    BLUE,
    BOLD,
    GREEN,
    INK,
    LABEL,
    MONO,
    NUMBER,
    PAPER,
    QUIET,
    RUST,
    SKY,
    Pen,
)
from lessons.figures.recipe import Recipe
from lessons.figures.values import dot, factor, number, relu, shown

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
        _item(card, 230 + 120 * row, values[key], f"{shown(x)} × {factor(w)}", w * x)
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


def neuron(values: Mapping[str, str]) -> Card:
    """The same numbers on a drawing: two inputs, the sum with its bias, the squash, the output."""
    weights = (number(values, "w1"), number(values, "w2"))
    inputs = (number(values, "x1"), number(values, "x2"))
    bias = number(values, "b")
    z = dot(weights, inputs) + bias
    name, out = squashed(values, z)
    card = Card(values["title"])
    body = (720, 470)
    rows = zip((280, 660), weights, inputs, ("name1", "name2"), strict=True)
    for y, w, x, key in rows:
        _wire(card, (170, y), body, w)
        card.disc((170, y), 90, PAPER, Pen(INK, 5))
        card.text(170, y, shown(x), NUMBER.heavy.fitted(shown(x), 150))
        card.text(170, y + 135, values[key], LABEL)
    _body(card, body, z, bias, values)
    card.arrow((720, 610), (720, 690), Pen(INK, 5))
    card.box((580, 696), (280, 110), SKY, Pen(BLUE, 4))
    card.text(720, 751, name, NUMBER.heavy.tinted(BLUE).sized(48))
    card.arrow((720, 808), (720, 886), Pen(BLUE, 6))
    card.text(720, 950, shown(out), NUMBER.heavy.tinted(GREEN).sized(84))
    card.text(560, 950, values["out"], LABEL.right.tinted(GREEN))
    return card


def _wire(card: Card, start: Point, end: Point, weight: Fraction) -> None:
    """A wire to the body; one that takes away is dashed, as well as signed."""
    pen = Pen(RUST, 6).dashed if weight < 0 else Pen(BLUE, 6)
    part = 1 - 148 / ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5
    tip = (start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1]))
    card.arrow(start, tip, pen)
    x, y = start[0] + 0.42 * (end[0] - start[0]), start[1] + 0.42 * (end[1] - start[1])
    words = f"× {shown(weight)}"
    half = 40 + 15 * len(words)
    card.box((x - half, y - 42), (2 * half, 84), PAPER, Pen(pen.ink, 4), radius=42)
    card.text(x, y, words, NUMBER.heavy.tinted(pen.ink).sized(48))


def _body(card: Card, at: Point, z: Fraction, bias: Fraction, values: Mapping[str, str]) -> None:
    x, y = at
    card.disc(at, 140, PAPER, Pen(INK, 6))
    card.text(x, y - 52, values["sum"], LABEL)
    card.text(x, y + 32, shown(z), NUMBER.heavy.fitted(shown(z), 240))
    card.arrow((x, y - 218), (x, y - 148), Pen(INK, 5))
    card.text(x, y - 264, shown(bias, plus=True), NUMBER.heavy)
    card.text(x - 110, y - 264, values["bias"], LABEL.right)


_RECEIPT_WORDS = {"name1": "riders", "name2": "orders", "bias": "bias", "out": "out"}
_ONE = {"w1": "-1", "w2": "2", "b": "-3", "x1": "2", "x2": "4"}

RECIPES = {
    "receipt": Recipe(
        receipt, {"title": "The receipt of one neuron", "squash": "relu", **_RECEIPT_WORDS}, _ONE
    ),
    "neuron": Recipe(
        neuron, {"title": "Your neuron", "sum": "z =", "squash": "relu", **_RECEIPT_WORDS}, _ONE
    ),
}
