"""A tree in canonical notation: the text that is shown, kept, and read back to the same tree."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from engine.reading.tree import Binary, Call, Euler, Name, Negative, Node, Number

_RANK: Final = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 4}
_NEGATIVE: Final = 3
_ATOM: Final = 5


def write(tree: Node) -> str:
    return _written(tree)[0]


def decimal(value: Fraction, places: int) -> str:
    """A value that has so many decimals, written out: 1/2 with two places is 0.50."""
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits


def _written(tree: Node) -> tuple[str, int]:  # noqa: PLR0911  one return a kind
    """The text, and how tightly its outermost sign binds."""
    match tree:
        case Number(value, places):
            if places is not None:
                return decimal(value, places), _ATOM
            return str(value), _ATOM if value.denominator == 1 else _RANK["/"]
        case Name(name):
            return name, _ATOM
        case Euler():
            return "e", _ATOM
        case Negative(body):
            return "-" + _within(body, _NEGATIVE), _NEGATIVE
        case Call(function, arguments):
            return f"{function}({', '.join(write(each) for each in arguments)})", _ATOM
        case Binary(operator, left, right):
            return _binary(operator, left, right), _RANK[operator]


def _binary(operator: str, left: Node, right: Node) -> str:
    rank = _RANK[operator]
    if operator == "^":
        return f"{_within(left, rank + 1)}^{_within(right, _NEGATIVE)}"
    gap = " " if rank == 1 else ""
    first = _within(left, rank)
    return f"{first}{gap}{operator}{gap}{_within(right, rank + 1)}"


def _within(tree: Node, rank: int) -> str:
    text, own = _written(tree)
    return text if own >= rank else f"({text})"
