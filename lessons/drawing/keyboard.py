"""A right answer as it is typed on a phone: the shortest of its usual forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from engine.question import Question
from lessons.course import Asked, Choice, Order
from lessons.formulas.formula import formula
from lessons.formulas.functions import Value
from lessons.formulas.templates import MINUS, rounded

MOST_PLACES = 6
NUMBER = re.compile(r"-?\d+(?:/\d+)?")
NEEDLESS_TIMES = re.compile(r"(?<![\w.])(\d+)\*(?=[a-z(])")
WHOLE = range(-60, 61)


def taps(asked: Asked) -> int:
    """Keys or buttons touched to give the right answer, the sending aside."""
    match asked:
        case Question():
            return len(typed(asked))
        case Choice():
            return 1
        case Order(tiles):
            return len(tiles)
        case _:
            return 0


def typed(asked: Question, canonical: str = "") -> str:
    """A number, a vector, a row a line, letters; of a region the nearest whole point of it."""
    text = canonical or asked.expect
    if any(sign in text for sign in "<>="):
        return _spaced(next(_inside(asked, text)))
    if asked.names:
        return NEEDLESS_TIMES.sub(r"\1", text.replace(" ", "").replace("**", "^"))
    return _spaced(formula(text).value({}), asked.places)


def _inside(asked: Question, region: str) -> Iterator[Value]:
    """Its points; of an interval the ends come first."""
    if asked.size is None:
        ends = [Fraction(text) for text in NUMBER.findall(region)]
        points = (end + by for by in (0, 1, -1, Fraction(1, 2)) for end in ends)
        yield from (point for point in points if formula(region).value({"u": point}))
        return
    names = [f"u{i}" for i in range(1, asked.size + 1)]
    near = sorted(map(Fraction, WHOLE), key=lambda n: (abs(n), n < 0))
    for point in product(near, repeat=asked.size):
        if formula(region).value(dict(zip(names, point, strict=True))):
            yield point


def _spaced(value: Value, places: int | None = None) -> str:
    if isinstance(value, tuple):
        between = "\n" if value and isinstance(value[0], tuple) else " "
        return between.join(_spaced(entry) for entry in value)
    assert isinstance(value, Fraction), value
    if places is not None:
        return rounded(value, places).replace(MINUS, "-")
    return min(_forms(value), key=len)


def _forms(value: Fraction) -> Iterator[str]:
    """As a decimal, where it ends, and as a fraction."""
    for places in range(MOST_PLACES + 1):
        if (value * 10**places).denominator == 1:
            yield rounded(value, places).replace(MINUS, "-")
            break
    yield str(value)
