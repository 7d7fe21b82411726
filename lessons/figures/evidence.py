"""What was measured: how a net misses outside its box, what training finds, what width brings."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from lessons.figures.card import MARGIN, MIDDLE, RIGHT, TALL, Card
from lessons.figures.ink import (
    BLUE,
    GREEN,
    LABEL,
    MINT,
    NUMBER,
    PAPER,
    QUIET,
    RUST,
    SKY,
    THIN,
    Pen,
)
from lessons.figures.plot import Plot
from lessons.figures.recipe import Recipe
from lessons.figures.values import number, shown, vector


def chasing_square(values: Mapping[str, str]) -> Card:
    """x² and ½·ReLU(x) + ReLU(x − ½): close inside the box, far apart outside it."""
    far = number(values, "far")
    if far <= 1:
        raise ValueError("far is outside the box, so above 1")
    end = float(far)
    card = Card(values["title"])
    plot = Plot((MARGIN + 40, 210), (660, 730), (0, end), (0, end * end))
    box = plot.at(0, end * end)
    card.box(box, (plot.x(1) - plot.x(0), plot.size[1]), SKY, radius=0)
    card.text((plot.x(0) + plot.x(1)) / 2, 260, values["box"], LABEL.tinted(BLUE))
    plot.floor(card, [(0, "0"), (1, "1"), (end, shown(far))])
    card.stroke(plot.curve(lambda x: x * x), Pen(QUIET, 6).dashed)
    net = [(0, 0), (0.5, 0.25), (end, end / 2 + end - 0.5)]
    card.stroke(plot.path(net), Pen(BLUE, 12))
    ours, truth = far / 2 + far - Fraction(1, 2), far * far
    x, top, low = plot.x(end) + 36, plot.y(float(truth)), plot.y(float(ours))
    card.stroke([(x - 16, top), (x, top), (x, low), (x - 16, low)], Pen(RUST, 5))
    card.text(x + 36, top + 16, f"x² = {shown(truth)}", NUMBER.left.tinted(QUIET).sized(44))
    card.text(x + 36, low, f"{values['net']} {shown(ours)}", NUMBER.left.tinted(BLUE).sized(44))
    gap = f"{values['gap']} {shown(truth - ours)}"
    card.text(x + 36, (top + low) / 2, gap, NUMBER.left.heavy.tinted(RUST).sized(44))
    return card


def exists_not_found(values: Mapping[str, str]) -> Card:
    """How many random starts found what two units can do, by the number of units."""
    units, rates = vector(values, "units"), vector(values, "rates")
    card = Card(values["title"])
    card.text(MARGIN, 170, values["subtitle"], LABEL.left.sized(44))
    plot = Plot((MARGIN, 320), (RIGHT - MARGIN, 570), (-0.5, len(units) - 0.5), (0, 100))
    half = 0.32 * plot.size[0] / len(units)
    for column, (count, rate) in enumerate(zip(units, rates, strict=True)):
        x, y = plot.at(column, float(rate))
        card.box((x - half, plot.y(100)), (2 * half, plot.size[1]), PAPER, THIN, radius=8)
        card.box((x - half, y), (2 * half, plot.y(0) - y), BLUE, radius=8)
        card.text(x, plot.y(100) - 48, f"{shown(rate)}%", NUMBER.tinted(BLUE).sized(44))
        card.text(x, plot.y(0) + 56, shown(count), NUMBER.sized(52))
    card.text(MIDDLE, 1016, values["axis"], LABEL)
    return card


def ladders(values: Mapping[str, str]) -> Card:
    """A width a step: hollow with a light brake, filled with a strong one; the band is linear."""
    sizes = vector(values, "widths")
    light, strong = _rungs(values, "light"), _rungs(values, "strong")
    linear, spread = number(values, "linear"), number(values, "linear_spread")
    ends = [m + s * sign for m, s in (*light, *strong, (linear, spread)) for sign in (-1, 1)]
    card = Card(values["title"], TALL)
    plot = Plot((MARGIN, 300), (700, 960), (float(min(ends)), float(max(ends))), (0, 1))
    left, right = plot.x(float(linear - spread)), plot.x(float(linear + spread))
    card.box((left, 300), (right - left, 960), MINT, radius=0)
    middle = plot.x(float(linear))
    card.stroke([(middle, 300), (middle, 1260)], Pen(GREEN, 4).dashed)
    words_ = f"{values['linear_name']} {shown(linear)}"
    card.text(max(middle, 280), 256, words_, LABEL.sized(44).tinted(GREEN).heavy)
    _ladder_key(card, values)
    pitch = 960 / len(sizes)
    for row, width in enumerate(sizes):
        y = 300 + pitch * (row + 0.5)
        card.text(RIGHT, y - 92, f"{shown(width)} {values['units']}", LABEL.right.sized(44))
        _whisker(card, plot, y - 20, light[row], PAPER)
        _whisker(card, plot, y + 66, strong[row], BLUE)
    return card


def _rungs(values: Mapping[str, str], key: str) -> list[tuple[Fraction, Fraction]]:
    """(mean, reach of the whiskers) of each width."""
    return list(zip(vector(values, key), vector(values, f"{key}_spread"), strict=True))


def _whisker(card: Card, plot: Plot, y: float, rung: tuple[Fraction, Fraction], fill: str) -> None:
    mean, spread = rung
    card.stroke(
        [(plot.x(float(mean - spread)), y), (plot.x(float(mean + spread)), y)], Pen(BLUE, 5)
    )
    card.disc((plot.x(float(mean)), y), 22, fill, Pen(BLUE, 6))
    card.text(RIGHT, y, f"{float(mean):.1f}", NUMBER.right.heavy.tinted(BLUE).sized(52))


def _ladder_key(card: Card, values: Mapping[str, str]) -> None:
    for x, key, fill in ((MARGIN + 22, "light_name", PAPER), (560, "strong_name", BLUE)):
        card.disc((x, 180), 20, fill, Pen(BLUE, 6))
        card.text(x + 44, 180, values[key], LABEL.left.tinted(BLUE).sized(44))


RECIPES = {
    "chasing-square": Recipe(
        chasing_square,
        {"title": "Chasing x²", "far": "3", "box": "the box", "net": "net", "gap": "off by"},
    ),
    "exists-not-found": Recipe(
        exists_not_found,
        {
            "title": "It exists. Was it found?",
            "subtitle": "2 units are enough on paper",
            "axis": "hidden units",
        },
        {"units": "2, 3, 4, 6, 8, 16", "rates": "18, 37, 57, 81, 93, 99.9"},
    ),
    "ladders": Recipe(
        ladders,
        {
            "title": "Error by width",
            "units": "units",
            "light_name": "light L2",
            "strong_name": "L2 thirty-fold",
            "linear_name": "linear",
        },
        {
            "widths": "6, 20, 64",
            "light": "56.0, 56.7, 57.8",
            "light_spread": "1.25, 1.16, 1.12",
            "strong": "54.9, 54.2, 54.5",
            "strong_spread": "1.21, 1.12, 1.21",
            "linear": "54.5",
            "linear_spread": "1.03",
        },
    ),
}
