"""The trace sheet of a 2-3-1 network: forward, backward, and blank for the pencil."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from lessons.figures.card import MARGIN, MIDDLE, RIGHT, TALL, Card, Point
from lessons.figures.ink import (
    BLUE,
    INK,
    LABEL,
    MIST,
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
from lessons.figures.shelves import hidden, outward
from lessons.figures.values import factor, matrix, shown, vector

_UNITS = ("1", "2", "3")
_FORWARD = (*(f"z1.{j}" for j in _UNITS), *(f"a1.{j}" for j in _UNITS), "a2.1", "t1", "e1", "L")
_BACKWARD = tuple(f"{kind}.{j}" for kind in ("gw2.1", "u1", "s1", "d1") for j in _UNITS) + tuple(
    f"gw1.{j}.{i}" for i in ("1", "2") for j in _UNITS
)


def _cell(card: Card, at: Point, size: Point, values: Mapping[str, str], address: str) -> None:
    """A box with what is written at an address; empty it is dashed, the one asked has a `?`."""
    x, y = at
    words = values[address]
    asked = values["open"] == address
    pen = Pen(RUST, 6) if asked else Pen(BLUE, 4) if words else Pen(QUIET, 3).dashed
    card.box((x - size[0] / 2, y - size[1] / 2), size, PAPER, pen, radius=14)
    if asked and not words:
        card.text(x, y, "?", NUMBER.heavy.tinted(RUST))
    style = NUMBER.heavy.tinted(RUST if asked else INK)
    card.text(x, y, words, style.fitted(words or "0", size[0] - 20))


def forward(values: Mapping[str, str]) -> Card:
    """Weights on the left, z and h filling in on the right, then the output and its loss."""
    _check_open(values, _FORWARD)
    W1, b1 = hidden(values)
    W2, b2 = outward(values)
    card = Card(values["title"], TALL)
    x1, x2 = vector(values, "x")
    given = f"x = ({shown(x1)}, {shown(x2)})"
    card.text(MARGIN, 180, given, NUMBER.left.heavy.fitted(given, 700))
    for x, word in ((320, "W1"), (540, "b1"), (740, "z"), (920, "h")):
        card.text(x, 270, word, LABEL.sized(44))
    for row, (weights, bias) in enumerate(zip(W1, b1, strict=True)):
        y = 360 + 130 * row
        card.text(MARGIN, y, str(row + 1), LABEL.left.sized(48))
        _given(card, y, (240, 390, 540), (*map(shown, weights), shown(bias)))
        _cell(card, (740, y), (156, 100), values, f"z1.{row + 1}")
        _cell(card, (920, y), (156, 100), values, f"a1.{row + 1}")
    card.stroke([(MARGIN, 738), (RIGHT, 738)], THIN)
    for x, word in ((300, "W2"), (640, "b2"), (900, "ŷ")):
        card.text(x, 800, word, LABEL.sized(44))
    _given(card, 890, (150, 300, 450, 640), (*map(shown, W2), shown(b2)))
    _cell(card, (900, 890), (196, 110), values, "a2.1")
    card.stroke([(MARGIN, 1000), (RIGHT, 1000)], THIN)
    for x, word, address in ((190, "t", "t1"), (500, "e = ŷ − t", "e1"), (850, "L = ½e²", "L")):
        card.text(x, 1062, word, LABEL.sized(44))
        _cell(card, (x, 1160), (220 if address == "L" else 196, 110), values, address)
    return card


def _given(card: Card, y: float, xs: Sequence[float], numbers: Sequence[str]) -> None:
    for x, words in zip(xs, numbers, strict=True):
        card.text(x, y, words, NUMBER.fitted(words, 140))


def _check_open(values: Mapping[str, str], addresses: Sequence[str]) -> None:
    if values["open"] and values["open"] not in addresses:
        raise ValueError(f"open is a cell of this sheet, not {values['open']!r}")


def backward(values: Mapping[str, str]) -> Card:
    """A column a unit: down on the way forward, then up from the error to the first weights."""
    _check_open(values, (*_FORWARD, *_BACKWARD))
    x1, x2 = vector(values, "x")
    outgoing = vector(values, "W2")
    card = Card(values["title"], TALL)
    card.box((MARGIN - 40, 214), (RIGHT - MARGIN + 80, 330), SKY)
    card.box((MARGIN - 40, 664), (RIGHT - MARGIN + 80, 646), SAND)
    for unit, x in zip(_UNITS, _COLUMNS, strict=True):
        card.text(x, 178, unit, LABEL.sized(44))
        off = values[f"s1.{unit}"] == "0"
        if off:
            card.box((x - 100, 880), (200, 418), MIST, Pen(QUIET, 4).dashed)
    lines = ("z", "h", "∂v = e·h", "e·v", values["switch"], "δ")
    gradients = (f"δ·{factor(x1)}", f"δ·{factor(x2)}")
    for (y, kind), label in zip(_ROWS, (*lines, *gradients), strict=True):
        card.text(MARGIN - 10, y, label, LABEL.left.tinted(INK).sized(44))
        for unit, x in zip(_UNITS, _COLUMNS, strict=True):
            _cell(card, (x, y), (172, 84), values, kind.format(unit))
    card.text(MARGIN - 10, 484, "v", LABEL.left.tinted(INK).sized(44))
    _given(card, 484, _COLUMNS, [shown(weight) for weight in outgoing])
    for x, label, address in ((190, "ŷ", "a2.1"), (540, "t", "t1"), (870, "e", "e1")):
        card.text(x - 60, 604, label, LABEL.right.tinted(INK).sized(44))
        _cell(card, (x + 50, 604), (172, 84), values, address)
    return card


_COLUMNS = (480, 700, 920)
_ROWS = (
    (270, "z1.{}"),
    (374, "a1.{}"),
    (720, "gw2.1.{}"),
    (824, "u1.{}"),
    (936, "s1.{}"),
    (1040, "d1.{}"),
    (1144, "gw1.{}.1"),
    (1248, "gw1.{}.2"),
)


def pencil(values: Mapping[str, str]) -> Card:
    """All boxes of a trace to be filled with a pencil; what is told already stands in them."""
    card = Card(values["title"], TALL)
    xs = (213, 361, 509, 657, 805, 953)
    card.text(MARGIN, 190, "x", LABEL.left.heavy.tinted(INK))
    _blanks(card, 190, xs[:2], _told(values, "x", 2))
    _heads(card, 262, zip(xs[:5], ("W1", "", "b1", "z", "h"), strict=True))
    for row in range(3):
        card.text(MARGIN, 330 + 92 * row, str(row + 1), LABEL.left.sized(44))
        given = (*_told(values, "W1", 6)[2 * row : 2 * row + 2], _told(values, "b1", 3)[row])
        _blanks(card, 330 + 92 * row, xs[:5], given)
    _heads(card, 590, zip(xs, ("W2", "", "", "b2", "ŷ", "t"), strict=True))
    given = (*_told(values, "W2", 3), *_told(values, "b2", 1), "", *_told(values, "t", 1))
    _blanks(card, 658, xs, given)
    _heads(card, 728, ((xs[4], "e"), (xs[5], "L")))
    _blanks(card, 796, xs[4:])
    card.text(MARGIN, 796, values["loss"], LABEL.left.sized(44))
    card.stroke([(MARGIN - 30, 866), (RIGHT + 30, 866)], Pen(INK, 4))
    heads = ("∂v", "e·v", values["switch"], "δ", "δ·x₁", "δ·x₂")
    _heads(card, 918, zip(xs, heads, strict=True))
    for row in range(3):
        card.text(MARGIN, 986 + 92 * row, str(row + 1), LABEL.left.sized(44))
        _blanks(card, 986 + 92 * row, xs)
    card.text(MIDDLE, 1276, values["step"], LABEL)
    return card


def _heads(card: Card, y: float, heads: Iterable[tuple[float, str]]) -> None:
    for x, word in heads:
        card.text(x, y, word, LABEL.sized(44))


def _told(values: Mapping[str, str], key: str, count: int) -> Sequence[str]:
    """The numbers told for a row of boxes, or as many empty ones."""
    if not values[key]:
        return [""] * count
    rows = matrix(values, key) if key == "W1" else (vector(values, key),)
    found = [shown(value) for row in rows for value in row]
    if len(found) != count:
        raise ValueError(f"{key} has {count} numbers, not {len(found)}")
    return found


def _blanks(card: Card, y: float, xs: Sequence[float], told: Sequence[str] = ()) -> None:
    for x, words in zip_longest(xs, told, fillvalue=""):
        card.box((float(x) - 64, y - 37), (128, 74), PAPER, THIN, radius=10)
        card.text(float(x), y, words, NUMBER.fitted(words or "0", 112).sized(44))


_NUMBERS = {
    "W1": "[[-2, 3], [-2, -1], [2, -2]]",
    "b1": "(4, 3, -1)",
    "W2": "(1, 3, -2)",
    "b2": "5",
    "x": "(2, 1)",
}

RECIPES = {
    "sheet-forward": Recipe(
        forward,
        {"title": "Forward: z, then h, then ŷ", "open": "", **dict.fromkeys(_FORWARD, "")},
        _NUMBERS,
    ),
    "sheet-backward": Recipe(
        backward,
        {
            "title": "Backward: the error walks home",
            "open": "",
            "switch": "switch",
            **dict.fromkeys((*_FORWARD, *_BACKWARD), ""),
        },
        {"W2": _NUMBERS["W2"], "x": _NUMBERS["x"]},
    ),
    "pencil-sheet": Recipe(
        pencil,
        {
            "title": "My 2-3-1 sheet",
            **dict.fromkeys(("x", "W1", "b1", "W2", "b2", "t"), ""),
            "switch": "on?",
            "loss": "e = ŷ − t,  L = e²/2",
            "step": "new = old − rate × gradient",
        },
    ),
}
