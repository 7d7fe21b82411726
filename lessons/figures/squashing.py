"""What a squash does: three curves with their dots, and the line that ReLU bends."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from lessons.figures.card import MARGIN, RIGHT, TALL, Card
from lessons.figures.ink import (
    BLUE,
    LABEL,
    NUMBER,
    PAPER,
    QUIET,
    RUST,
    THIN,
    Pen,
)
from lessons.figures.plot import Plot
from lessons.figures.recipe import Recipe
from lessons.figures.values import number, relu, shown


def sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z))


def squashes(values: Mapping[str, str]) -> Card:
    z = float(number(values, "z"))
    card = Card(values["title"], TALL)
    rules: tuple[tuple[str, float, Callable[[float], float]], ...] = (
        ("step", 1, lambda z: float(z > 0)),
        ("relu", 4, lambda z: max(z, 0)),
        ("sigmoid", 1, sigmoid),
    )
    for row, (name, top, rule) in enumerate(rules):
        plot = Plot((MARGIN, 230 + 370 * row), (RIGHT - MARGIN, 230), (-4, 4), (0, top))
        _squash(card, plot, values[name], rule, z)
    return card


def _squash(card: Card, plot: Plot, name: str, rule: Callable[[float], float], z: float) -> None:
    ticks = [(tick, shown(Fraction(str(tick)))) for tick in (-z, 0, z)]
    plot.floor(card, ticks)
    card.text(MARGIN, plot.corner[1] + 20, name, NUMBER.left.heavy.sized(48))
    _graph(card, plot, rule)
    for at, side in ((-z, -66), (z, 66)):
        x, y = plot.at(at, rule(at))
        card.disc((x, y), 20, RUST, Pen(PAPER, 4))
        card.text(x, y + side, _decimal(rule(at)), NUMBER.heavy.tinted(RUST))


def _graph(card: Card, plot: Plot, rule: Callable[[float], float]) -> None:
    """The curve; where it jumps at 0, a dotted riser instead of a slope it has not."""
    just_above = 1e-9
    jump = rule(just_above) - rule(0)
    if jump > 0.5:
        card.stroke([plot.at(0, 0), plot.at(0, jump)], Pen(BLUE, 4).dotted)
        card.stroke(plot.curve(rule, (plot.across[0], 0)), Pen(BLUE, 8))
        card.stroke(plot.curve(rule, (just_above, plot.across[1])), Pen(BLUE, 8))
    else:
        card.stroke(plot.curve(rule), Pen(BLUE, 8))


def slopes(values: Mapping[str, str]) -> Card:
    """How much of the blame each squash lets through: a quarter at best, or all or nothing."""
    z = float(number(values, "z"))
    card = Card(values["title"])

    def bump(z: float) -> float:
        return sigmoid(z) * (1 - sigmoid(z))

    rows = (("sigmoid", 0.3, bump, "¼"), ("relu", 1.2, lambda z: float(z > 0), ""))
    for row, (name, top, rule, peak) in enumerate(rows):
        plot = Plot((MARGIN, 230 + 440 * row), (RIGHT - MARGIN, 270), (-5, 5), (0, top))
        plot.floor(card, [(tick, shown(Fraction(str(tick)))) for tick in (-z, 0, z)])
        card.text(MARGIN, plot.corner[1] - 20, values[name], NUMBER.left.heavy.sized(48))
        _graph(card, plot, rule)
        dots = [(at, _decimal(rule(at))) for at in (-z, z)] + [(0.0, peak)] * bool(peak)
        for at, told in dots:
            x, y = plot.at(at, rule(at))
            card.disc((x, y), 20, RUST, Pen(PAPER, 4))
            aside = 56 * at / z if peak else 0
            card.text(x + aside, y - 62, told, NUMBER.heavy.tinted(RUST))
    return card


def _decimal(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def bent_line(values: Mapping[str, str]) -> Card:
    """Y = v1·ReLU(a1·x + b1) + v2·ReLU(a2·x + b2) + c beside the same without ReLU."""
    slopes, offsets = _pair(values, "a"), _pair(values, "b")
    outward, c = _pair(values, "v"), number(values, "c")
    if 0 in slopes:
        raise ValueError("a1 and a2 are not 0, for each unit must bend somewhere")

    def y(x: Fraction, squash: Callable[[Fraction], Fraction]) -> Fraction:
        units = zip(slopes, offsets, outward, strict=True)
        return sum((v * squash(a * x + b) for a, b, v in units), start=c)

    ends = _ends(slopes, offsets)
    bent = [(x, y(x, relu)) for x in ends]
    line = [(x, y(x, lambda z: z)) for x in (ends[0], ends[3])]
    heights = [float(height) for _, height in bent + line]
    up = (min(heights), max(heights))
    plot = Plot((MARGIN, 330), (RIGHT - MARGIN, 510), (float(ends[0]), float(ends[3])), up)
    card = Card(values["title"])
    _regions(card, plot, ends, (slopes, offsets), values)
    card.stroke(plot.path((float(x), float(h)) for x, h in line), Pen(QUIET, 6).dashed)
    card.stroke(plot.path((float(x), float(h)) for x, h in bent), Pen(BLUE, 12))
    for (x0, y0), (x1, y1) in pairwise(bent):
        words = f"{values['slope']} {shown((y1 - y0) / (x1 - x0))}"
        card.text(plot.x(float(x0 + x1) / 2), 270, words, NUMBER.heavy.tinted(BLUE).sized(48))
    _key(card, values)
    return card


def _ends(slopes: Sequence[Fraction], offsets: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Where the drawing begins, bends twice and ends."""
    first, second = sorted(-b / a for a, b in zip(slopes, offsets, strict=True))
    if first == second:
        raise ValueError("the two units bend at different places")
    reach = max(second - first, Fraction(1)) * Fraction(3, 4)
    return first - reach, first, second, second + reach


def _pair(values: Mapping[str, str], key: str) -> tuple[Fraction, Fraction]:
    return number(values, f"{key}1"), number(values, f"{key}2")


def _regions(
    card: Card,
    plot: Plot,
    ends: tuple[Fraction, ...],
    units: tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction]],
    values: Mapping[str, str],
) -> None:
    """Name each stretch by who is off in it, and mark where one bends into the next."""
    plot.floor(card, [(float(kink), shown(kink)) for kink in ends[1:3]])
    for kink in ends[1:3]:
        card.stroke([plot.at(float(kink), height) for height in plot.up], THIN.dotted)
    for left, right in pairwise(ends):
        middle = (left + right) / 2
        on = [a * middle + b > 0 for a, b in zip(*units, strict=True)]
        key = {(True, True): "both_on", (False, True): "first_off", (True, False): "second_off"}
        name = values[key.get((on[0], on[1]), "both_off")]
        card.text(plot.x(float(middle)), 200, name, LABEL)


def _key(card: Card, values: Mapping[str, str]) -> None:
    card.stroke([(150, 985), (240, 985)], Pen(BLUE, 12))
    card.text(264, 985, values["with"], LABEL.left)
    card.stroke([(590, 985), (680, 985)], Pen(QUIET, 6).dashed)
    card.text(704, 985, values["without"], LABEL.left)


RECIPES = {
    "squashes": Recipe(
        squashes,
        {"title": "Three squashes", "z": "3", "step": "step", "relu": "ReLU", "sigmoid": "sigmoid"},
    ),
    "slopes": Recipe(
        slopes,
        {"title": "The slopes of two squashes", "z": "3", "sigmoid": "sigmoid", "relu": "ReLU"},
    ),
    "bent-line": Recipe(
        bent_line,
        {
            "title": "Two ReLUs, two bends",
            "slope": "slope",
            "with": "with ReLU",
            "without": "without",
            "both_on": "both on",
            "both_off": "both off",
            "first_off": "h₁ off",
            "second_off": "h₂ off",
        },
        {"a1": "2", "b1": "2", "a2": "-1", "b2": "3", "v1": "3", "v2": "2", "c": "-4"},
    ),
}
