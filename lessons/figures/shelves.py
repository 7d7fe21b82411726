"""The 2-3-1 network as numbers: its shelf, its three receipts, its bill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import accumulate, pairwise

from lessons.figures.card import MARGIN, RIGHT, TALL, Card, Point
from lessons.figures.ink import (
    BLUE,
    GREEN,
    INK,
    LABEL,
    MIST,
    MONO,
    NUMBER,
    PAPER,
    QUIET,
    RUST,
    SAND,
    SKY,
    THIN,
    Pen,
)
from lessons.figures.recipe import Recipe
from lessons.figures.values import Vector, dot, factor, matrix, number, relu, shown, vector, words

_COLUMNS = (560, 730, 920)


def hidden(values: Mapping[str, str]) -> tuple[tuple[Vector, ...], Vector]:
    """W1 and b1 of a 2-3-1 network."""
    W1, b1 = matrix(values, "W1"), vector(values, "b1")
    if (len(W1), len(W1[0]), len(b1)) != (3, 2, 3):
        raise ValueError("W1 has three rows of two numbers, and b1 three numbers")
    return W1, b1


def outward(values: Mapping[str, str]) -> tuple[Vector, Fraction]:
    """W2 and b2 of a 2-3-1 network."""
    W2 = vector(values, "W2")
    if len(W2) != 3:
        raise ValueError("W2 has three numbers")
    return W2, number(values, "b2")


def three(values: Mapping[str, str], key: str) -> tuple[str, ...]:
    """The three short names of the hidden units, or of their like."""
    found = words(values, key)
    if len(found) != 3:
        raise ValueError(f"{key} is three words between bars, not {values[key]!r}")
    return found


def shelf(values: Mapping[str, str]) -> Card:
    """Above, circles without numbers; below, the same network as thirteen numbers in two cards."""
    W1, b1 = hidden(values)
    W2, b2 = outward(values)
    card = Card(values["title"], TALL)
    _circles(card)
    card.box((_COLUMNS[2] - 90, 580), (180, 430), SAND)
    for x, word in zip(_COLUMNS, (*words(values, "inputs"), values["bias"]), strict=True):
        card.text(x, 622, word, LABEL)
    for row, (weights, bias, name) in enumerate(zip(W1, b1, three(values, "names"), strict=True)):
        y = 712 + 116 * row
        card.text(MARGIN, y, f"{row + 1} {name}", LABEL.left.tinted(INK).sized(44))
        _digits(card, y, _COLUMNS, (*weights, bias))
    columns = (390, *_COLUMNS)
    card.box((_COLUMNS[2] - 90, 1060), (180, 230), SAND)
    heads = ("1", "2", "3", values["bias"])
    for x, word in zip(columns, heads, strict=True):
        card.text(x, 1104, word, LABEL.sized(44 if word != heads[3] else 40))
    card.text(MARGIN, 1210, values["output"], LABEL.left.tinted(INK).sized(44))
    _digits(card, 1210, columns, (*W2, b2))
    return card


def _digits(card: Card, y: float, xs: Sequence[float], numbers: Sequence[Fraction]) -> None:
    for x, value in zip(xs, numbers, strict=True):
        card.text(x, y, shown(value), MONO.sized(72).fitted(shown(value), 165))


def _circles(card: Card) -> None:
    layers = ((240, (290, 430)), (540, (220, 360, 500)), (840, (360,)))
    for (x0, ys), (x1, lower) in pairwise(layers):
        for y0 in ys:
            for y1 in lower:
                card.stroke([(x0, y0), (x1, y1)], THIN)
    for x, ys in layers:
        for y in ys:
            card.disc((x, y), 46, PAPER, Pen(INK, 5))


def receipts(values: Mapping[str, str]) -> Card:
    """One line of arithmetic for each hidden unit, and a bulb that is lit where it is on."""
    W1, b1 = hidden(values)
    x = vector(values, "x")
    card = Card(values["title"], TALL)
    for row, (weights, bias, name) in enumerate(zip(W1, b1, three(values, "names"), strict=True)):
        y = 170 + 385 * row
        z = dot(weights, x) + bias
        on = z > 0
        card.box((MARGIN - 20, y), (RIGHT - MARGIN + 40, 350), SKY if on else MIST)
        ink = INK if on else QUIET
        card.text(MARGIN + 24, y + 70, f"{row + 1} {name}", LABEL.left.tinted(ink).sized(48))
        line = _line(weights, x, bias)
        card.text(MARGIN + 24, y + 170, line, MONO.left.tinted(ink).fitted(line, 640))
        card.text(MARGIN + 24, y + 276, f"z = {shown(z)}", MONO.left.heavy.tinted(ink).sized(64))
        _bulb(card, (868, y + 186), shown(relu(z)), on=on)
    return card


def _line(weights: Vector, x: Vector, bias: Fraction) -> str:
    """`−2·2 + 3·1 + 4`."""
    products = [f"{shown(abs(w))}·{factor(v)}" for w, v in zip(weights, x, strict=True)]
    signs = ["−" if w < 0 else "+" for w in weights]
    first = ("−" if weights[0] < 0 else "") + products[0]
    rest = "".join(f" {s} {p}" for s, p in zip(signs[1:], products[1:], strict=True))
    return first + rest + (f" {'−' if bias < 0 else '+'} {shown(abs(bias))}")


def _bulb(card: Card, at: tuple[float, float], words_: str, *, on: bool) -> None:
    x, y = at
    if on:
        for across, along in ((-1, 0), (1, 0), (0, -1), (-0.72, -0.72), (0.72, -0.72)):
            ray = [(x + r * across, y - 10 + r * along) for r in (104, 132)]
            card.stroke(ray, Pen(RUST, 6))
    ink = RUST if on else QUIET
    card.box((x - 34, y + 66), (68, 44), PAPER, Pen(ink, 4), radius=10)
    pen = Pen(ink, 6) if on else Pen(ink, 5).dashed
    card.disc((x, y - 10), 86, PAPER, pen)
    card.text(x, y - 10, words_, NUMBER.heavy.tinted(ink).sized(72).fitted(words_, 150))


def bill(values: Mapping[str, str]) -> Card:
    """The prediction as a staircase: base, what each hidden unit adds or takes, the total."""
    amounts = _amounts(values)
    tops = [Fraction(0), *accumulate(amounts)]
    low, high = min(tops), max(tops)
    card = Card(values["title"])

    def x(value: Fraction) -> float:
        return 400 + 400 * float((value - low) / (high - low or 1))

    names = (values["base"], *three(values, "names"))
    for row, (name, amount, (start, end)) in enumerate(
        zip(names, amounts, pairwise(tops), strict=True)
    ):
        y = 240 + 160 * row
        card.text(MARGIN, y, name, LABEL.left.tinted(INK).sized(44))
        card.text(RIGHT, y, shown(amount, plus=amount != 0), MONO.right)
        _step(card, y, (x(start), x(end)), taken=amount < 0)
        if row < 3:
            card.stroke([(x(end), y + 46), (x(end), y + 114)], THIN.dotted)
    card.stroke([(MARGIN, 828), (RIGHT, 828)], Pen(INK, 6))
    card.text(MARGIN, 920, values["total"], NUMBER.left.heavy.tinted(GREEN))
    card.box(*_span(x(Fraction(0)), x(tops[-1]), 920), GREEN, radius=8)
    card.text(RIGHT, 920, shown(tops[-1]), MONO.right.heavy.sized(84).tinted(GREEN))
    return card


def _amounts(values: Mapping[str, str]) -> list[Fraction]:
    """The base, then what each hidden unit adds or takes."""
    W2, b2 = outward(values)
    h = vector(values, "h")
    if len(h) != 3:
        raise ValueError("h has three numbers")
    return [b2, *(w * a for w, a in zip(W2, h, strict=True))]


def _step(card: Card, y: float, span: tuple[float, float], *, taken: bool) -> None:
    """A bar of a staircase: solid when it adds, dashed when it takes, an empty slot for nothing."""
    if span[0] == span[1]:
        card.box((span[0] - 28, y - 42), (56, 84), PAPER, Pen(QUIET, 4).dashed, radius=8)
    elif taken:
        card.box(*_span(*span, y), SAND, Pen(RUST, 5).dashed, radius=8)
    else:
        card.box(*_span(*span, y), BLUE, radius=8)


def _span(start: float, end: float, y: float) -> tuple[Point, Point]:
    """The corner and the size of a bar between two places; never thinner than a stroke."""
    left, right = sorted((start, end))
    return (left, y - 42), (max(right - left, 6), 84)


_NAMES = {"names": "queue | nobody | spare", "inputs": "riders | orders", "bias": "bias"}
_W1 = {"W1": "[[-2, 3], [-2, -1], [2, -2]]", "b1": "(4, 3, -1)"}
_W2 = {"W2": "(1, 3, -2)", "b2": "5"}

RECIPES = {
    "shelf": Recipe(
        shelf, {"title": "Thirteen numbers on a shelf", "output": "output", **_NAMES}, _W1 | _W2
    ),
    "receipts": Recipe(
        receipts,
        {"title": "Three receipts, three bulbs", "names": _NAMES["names"]},
        _W1 | {"x": "(2, 1)"},
    ),
    "bill": Recipe(
        bill,
        {"title": "The bill", "names": _NAMES["names"], "base": "base", "total": "ŷ"},
        _W2 | {"h": "(3, 0, 1)"},
    ),
}
