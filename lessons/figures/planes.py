"""The plane of two inputs: what one unit, one layer and two layers can mark off in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lessons.figures.card import MARGIN, RIGHT, TALL, Card, Point
from lessons.figures.ink import BLUE, INK, LABEL, NUMBER, PAPER, RUST, SKY, THIN, Pen
from lessons.figures.plot import Plot
from lessons.figures.recipe import Recipe
from lessons.figures.values import Vector, dot, matrix, mixed, number, shown, vector

Unit = tuple[float, float, float]  # w1, w2, b


def half_planes(values: Mapping[str, str]) -> Card:
    """Three units' lines, the corner where all three are on, and two points with their triples."""
    units = [_unit(values, key) for key in ("N1", "N2", "N3")]
    card = Card(values["title"])
    plot = Plot((MARGIN + 20, 205), (760, 760), (0, 6), (0, 6))
    card.shape(plot.path(_all_on(units, plot)), SKY)
    _frame(card, plot)
    for name, unit in zip(("N1", "N2", "N3"), units, strict=True):
        _line(card, plot, unit, name)
    for key, fill in (("P", BLUE), ("Q", PAPER)):
        point = vector(values, key)
        x, y = plot.at(float(point[0]), float(point[1]))
        card.disc((x, y), 22, fill, Pen(BLUE, 6))
        card.text(x, y + 62, f"{key}  {_triple(values, point)}", NUMBER.heavy.sized(48))
    return card


def _unit(values: Mapping[str, str], key: str) -> Unit:
    found = vector(values, key)
    if len(found) != 3 or not any(found[:2]):
        raise ValueError(f"{key} is w1, w2, b with a weight that is not 0, not {values[key]!r}")
    return float(found[0]), float(found[1]), float(found[2])


def _triple(values: Mapping[str, str], point: Vector) -> str:
    units = [vector(values, key) for key in ("N1", "N2", "N3")]
    return " ".join(str(int(dot(u[:2], point) + u[2] > 0)) for u in units)


def _height(unit: Unit, point: Point) -> float:
    return unit[0] * point[0] + unit[1] * point[1] + unit[2]


def _all_on(units: Sequence[Unit], plot: Plot) -> list[Point]:
    """The window cut by one line after the other (Sutherland and Hodgman)."""
    (x0, x1), (y0, y1) = plot.across, plot.up
    corners: list[Point] = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    for unit in units:
        corners = _cut(corners, unit)
    return corners


def _cut(corners: Sequence[Point], unit: Unit) -> list[Point]:
    kept: list[Point] = []
    for one, other in zip(corners, [*corners[1:], *corners[:1]], strict=True):
        here, there = _height(unit, one), _height(unit, other)
        if here >= 0:
            kept.append(one)
        if here * there < 0:
            part = here / (here - there)
            kept.append((one[0] + part * (other[0] - one[0]), one[1] + part * (other[1] - one[1])))
    return kept


def _ends(unit: Unit, plot: Plot) -> list[Point]:
    """Where a unit's line enters and leaves the window, in the plane's own numbers."""
    w1, w2, b = unit
    (x0, x1), (y0, y1) = plot.across, plot.up
    found = [(x, -(w1 * x + b) / w2) for x in (x0, x1) if w2]
    found += [(-(w2 * y + b) / w1, y) for y in (y0, y1) if w1]
    inside = sorted({(x, y) for x, y in found if x0 <= x <= x1 and y0 <= y <= y1})
    return [inside[0], inside[-1]] if inside else []


def _line(card: Card, plot: Plot, unit: Unit, name: str) -> None:
    """The line, its name outside the window, and an arrow to the side where the unit is on."""
    ends = _ends(unit, plot)
    if not ends:
        return
    start, end = plot.path(ends)
    card.stroke([start, end], Pen(INK, 6))
    size = (unit[0] ** 2 + unit[1] ** 2) ** 0.5
    step = (60 * unit[0] / size, -60 * unit[1] / size)
    x, y = end[0] + 0.06 * (start[0] - end[0]), end[1] + 0.06 * (start[1] - end[1])
    card.arrow((x, y), (x + step[0], y + step[1]), Pen(INK, 5))
    outside = (end[0], end[1] - 44) if end[1] <= plot.corner[1] + 1 else (end[0] + 56, end[1])
    card.text(*outside, name, LABEL.tinted(INK).heavy.sized(44))


def _frame(card: Card, plot: Plot) -> None:
    left, top = plot.corner
    plot.floor(card, [(value, f"{value:g}") for value in plot.across])
    card.stroke([(left, top), (left, top + plot.size[1])], THIN)
    card.text(plot.x(sum(plot.across) / 2), top + plot.size[1] + 48, "x₁", LABEL)
    card.text(left - 48, plot.y(sum(plot.up) / 2), "x₂", LABEL)


def xor_strip(values: Mapping[str, str]) -> Card:
    """Four switches' corners, two parallel lines, and the strip between them."""
    low, high = number(values, "low"), number(values, "high")
    card = Card(values["title"])
    plot = Plot((160, 205), (760, 760), (-0.5, 1.5), (-0.5, 1.5))
    units: list[Unit] = [(1, 1, -float(low)), (-1, -1, float(high))]
    card.shape(plot.path(_all_on(units, plot)), SKY)
    for unit, threshold, row in zip(units, (low, high), (1012, 160), strict=True):
        ends = plot.path(_ends(unit, plot))
        card.stroke(ends, Pen(INK, 6))
        x = max(ends)[0] if row > card.height / 2 else min(ends)[0]
        card.text(x, row, f"x₁ + x₂ = {mixed(threshold)}", LABEL.tinted(INK).sized(44))
    for x in (0, 1):
        for y in (0, 1):
            on = low < x + y < high
            card.disc(plot.at(x, y), 84, BLUE if on else PAPER, Pen(BLUE, 6))
            ink = PAPER if on else BLUE
            card.text(*plot.at(x, y), f"{x} {y}", NUMBER.heavy.tinted(ink))
    return card


def line_or_shape(values: Mapping[str, str]) -> Card:
    """The same points twice: above one line between them, below the shape of three lines."""
    card = Card(values["title"], TALL)
    groups = [[_unit(values, "line")], [_unit(values, key) for key in ("N1", "N2", "N3")]]
    points = [(point, True) for point in matrix(values, "on")]
    points += [(point, False) for point in matrix(values, "off")]
    for row, (units, key) in enumerate(zip(groups, ("one", "two"), strict=True)):
        plot = Plot((MARGIN, 250 + 580 * row), (RIGHT - MARGIN, 440), (0, 9), (0, 6))
        card.shape(plot.path(_all_on(units, plot)), SKY)
        for unit in units:
            card.stroke(plot.path(_ends(unit, plot)), Pen(INK, 6))
        misses = sum(_mark(card, plot, units, point, on) for point, on in points)
        card.text(MARGIN, 196 + 580 * row, values[key], NUMBER.left.heavy.sized(44))
        told = f"{values['misses']} {misses}"
        card.text(RIGHT, 196 + 580 * row, told, NUMBER.right.heavy.sized(44).tinted(RUST))
    return card


def _mark(card: Card, plot: Plot, units: Sequence[Unit], point: Vector, on: bool) -> bool:
    """A point that should be on is filled; one on the wrong side of the units is crossed out."""
    place = float(point[0]), float(point[1])
    x, y = plot.at(*place)
    card.disc((x, y), 22, BLUE if on else PAPER, Pen(BLUE, 6))
    missed = all(_height(unit, place) > 0 for unit in units) != on
    if missed:
        for tilt in (-1, 1):
            card.stroke([(x - 30, y - 30 * tilt), (x + 30, y + 30 * tilt)], Pen(RUST, 8))
    return missed


def blind_spot(values: Mapping[str, str]) -> Card:
    """Rows that one unit cannot tell apart: all of one line give it the same number."""
    weights, first = vector(values, "w"), vector(values, "x")
    if len(weights) != 2 or len(first) != 2 or 0 in weights:
        raise ValueError("w and x are two numbers each, and no weight is 0")
    total = dot(weights, first)
    rows = [(first[0] + k * weights[1], first[1] - k * weights[0]) for k in range(3)]
    xs, ys = zip(*((float(x), float(y)) for x, y in rows), strict=True)
    rising = weights[0] * weights[1] < 0
    across, up = _around(xs, before=rising), _around(ys, before=False)
    card = Card(values["title"])
    plot = Plot((MARGIN, 290), (RIGHT - MARGIN, 700), across, up)
    told = f"{values['always']} {shown(total)}"
    card.text(MARGIN, 190, told, NUMBER.left.heavy.tinted(RUST))
    unit: Unit = (float(weights[0]), float(weights[1]), -float(total))
    card.stroke(plot.path(_ends(unit, plot)), Pen(INK, 6))
    for x, y in rows:
        at = plot.at(float(x), float(y))
        card.disc(at, 26, BLUE, Pen(PAPER, 4))
        style = NUMBER.heavy.tinted(BLUE).sized(52)
        aside = (-44, style.right) if rising else (44, style.left)
        card.text(at[0] + aside[0], at[1] - 34, f"({shown(x)}, {shown(y)})", aside[1])
    return card


def _around(values: Sequence[float], *, before: bool) -> tuple[float, float]:
    """A span with room to write beside what lies in it, before it or after it."""
    low, high = min(values), max(values)
    small, large = 0.25 * (high - low), 0.7 * (high - low)
    return (low - large, high + small) if before else (low - small, high + large)


RECIPES = {
    "blind-spot": Recipe(
        blind_spot,
        {"title": "Three rows, one number", "always": "one unit sees"},
        {"w": "2, 3", "x": "1, 4"},
    ),
    "line-or-shape": Recipe(
        line_or_shape,
        {
            "title": "The same points twice",
            "one": "one line",
            "two": "three lines, then AND",
            "misses": "misses:",
            "line": "-1, -2, 9",
            "N1": "1, 0, -1",
            "N2": "0, 1, -1",
            "N3": "-1, -1, 6",
            "on": "[[2, 3], [2, 2], [3.5, 1.6]]",
            "off": ("[[4, 4], [0.4, 4.6], [0.4, 2], [2, 0.4], [4.6, 0.5], [6.5, 2.5], [7.5, 4.8]]"),
        },
    ),
    "half-planes": Recipe(
        half_planes,
        {
            "title": "Three lines, one triangle",
            "N1": "1, 0, -1",
            "N2": "0, 1, -1",
            "N3": "-1, -1, 6",
            "P": "2, 3",
            "Q": "4, 4",
        },
    ),
    "xor-strip": Recipe(
        xor_strip, {"title": "XOR: on between two lines", "low": "1/2", "high": "3/2"}
    ),
}
