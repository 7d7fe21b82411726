"""Regions: where many answers are right, which numbers or vectors lie inside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from engine.balls import precision
from engine.checking.comparing import same
from engine.checking.enclosing import PRECISIONS, Unbounded, enclose
from engine.reading.canonical import canonical
from engine.reading.gate import Refused
from engine.reading.tree import Binary, Call, Name, Negative, Node
from engine.reading.values import names_in, rational

_SIGN: Final = re.compile(r"<=|>=|==|!=|<|>|≤|≥|≠|=")
_PLAIN: Final = {"≤": "<=", "≥": ">=", "≠": "!=", "=": "=="}
_VECTOR: Final = tuple(f"u{index}" for index in range(1, 33))


@dataclass(frozen=True, slots=True)
class Comparison:
    left: Node
    sign: str
    right: Node


@dataclass(frozen=True, slots=True)
class Region:
    """Alternatives, each a set of comparisons that must all hold, over u or u1, u2 and so on."""

    alternatives: tuple[tuple[Comparison, ...], ...]

    @property
    def size(self) -> int | None:
        """How many numbers it speaks of; None for one number, u."""
        names = frozenset[str]().union(
            *(names_in(each.left) | names_in(each.right) for each in self.comparisons)
        )
        numbers = [int(name[1:]) for name in names if name != "u"]
        return max(numbers) if numbers else None

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        return tuple(each for alternative in self.alternatives for each in alternative)

    def holds(self, trees: tuple[Node, ...]) -> bool | None:
        """Whether these numbers lie inside: proved, disproved, or None."""
        values = {"u": trees[0]} | {f"u{at}": tree for at, tree in enumerate(trees, 1)}
        found = [
            _all([_holds(each, values) for each in alternative])
            for alternative in self.alternatives
        ]
        if True in found:
            return True
        return None if None in found else False


def is_region(text: str) -> bool:
    return _SIGN.search(text) is not None


@lru_cache(maxsize=512)
def region(text: str) -> Region:
    """`-3 < u <= -2`, `2*u1 + 3*u2 == 14 and u1 != 1`, with `or` between alternatives.

    Errors: `Refused`, `ValueError` for what is no comparison.
    """
    return Region(
        tuple(
            tuple(each for part in re.split(r"\band\b", way) for each in _chain(part))
            for way in re.split(r"\bor\b", text)
        )
    )


def _chain(text: str) -> list[Comparison]:
    signs = [_PLAIN.get(sign, sign) for sign in _SIGN.findall(text)]
    if not signs:
        raise Refused("unreadable", 0, text)
    sides = [canonical(side, ("u", *_VECTOR)).entries[0][0] for side in _SIGN.split(text)]
    return [
        Comparison(left, sign, right)
        for left, sign, right in zip(sides, signs, sides[1:], strict=False)
    ]


def _all(found: list[bool | None]) -> bool | None:
    if False in found:
        return False
    return None if None in found else True


def _holds(comparison: Comparison, values: dict[str, Node]) -> bool | None:  # noqa: PLR0911  one return a kind
    left, right = _put(comparison.left, values), _put(comparison.right, values)
    order = _order(left, right)
    if order is None:
        return None
    match comparison.sign:
        case "==":
            return order == 0
        case "!=":
            return order != 0
        case "<":
            return order < 0
        case "<=":
            return order <= 0
        case ">":
            return order > 0
        case _:
            return order >= 0


def _put(tree: Node, values: dict[str, Node]) -> Node:
    match tree:
        case Name(name):
            return values[name]
        case Negative(body):
            return Negative(_put(body, values))
        case Binary(operator, left, right):
            return Binary(operator, _put(left, values), _put(right, values))
        case Call(function, arguments):
            return Call(function, tuple(_put(each, values) for each in arguments))
        case _:
            return tree


def _order(left: Node, right: Node) -> int | None:
    """-1, 0 or 1 as left is below, equal to or above right."""
    first, second = rational(left), rational(right)
    if first is not None and second is not None:
        return (first > second) - (first < second)
    if same(left, right, ()):
        return 0
    for bits in PRECISIONS:
        with precision(bits):
            try:
                apart = enclose(Binary("-", left, right), {})
            except Unbounded:
                continue
            if not apart.contains(0):
                return 1 if apart > 0 else -1
    return None
