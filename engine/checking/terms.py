"""Sums as they were typed: their terms, each a number by other factors, in whatever order."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from engine.reading.tree import Binary, Name, Negative, Node, Number
from engine.reading.values import rational
from engine.reading.writing import write

Term: TypeAlias = tuple[Fraction, tuple[str, ...]]


def same_terms(tree: Node, target: Node) -> bool:
    """Whether two sums have the same terms of the same factors, in any order."""
    return terms_of(tree) == terms_of(target)


@lru_cache(maxsize=2048)
def terms_of(tree: Node) -> tuple[Term, ...]:
    """A sum as its terms in one fixed order, each a number and its other factors."""
    return tuple(sorted(map(_term, _terms(tree, 1))))


def like_terms(tree: Node) -> str | None:
    """Two terms of a sum that differ by a number only: they could be one."""
    seen: set[tuple[str, ...]] = set()
    for sign, tree_of in _terms(tree, 1):
        others = _term((sign, tree_of))[1]
        if others in seen:
            return write(tree_of)
        seen.add(others)
    return None


def unfinished(tree: Node) -> str | None:
    """A term with more than one number above or below the line, or two that cancel: 4x/2."""
    for _, term in _terms(tree, 1):
        numbers = [(value, power) for each, power in _factors(term, 1) if (value := _number(each))]
        above = [value for value, power in numbers if power > 0]
        below = [value for value, power in numbers if power < 0]
        if len(above) > 1 or len(below) > 1:
            return write(term)
        if above and below and (above[0] / below[0]).denominator != below[0]:
            return write(term)
    return None


def _number(tree: Node) -> Fraction | None:
    return tree.value if isinstance(tree, Number) and abs(tree.value) != 1 else None


def _terms(tree: Node, sign: int) -> list[tuple[int, Node]]:
    match tree:
        case Binary("+" | "-", left, right):
            after = -sign if tree.operator == "-" else sign
            return _terms(left, sign) + _terms(right, after)
        case Negative(body):
            return _terms(body, -sign)
        case _:
            return [(sign, tree)]


def _term(signed: tuple[int, Node]) -> Term:
    number, others = Fraction(signed[0]), []
    for factor, power in _factors(signed[1], 1):
        value = rational(factor) if not isinstance(factor, Name) else None
        if value:
            number *= value**power
        else:
            others.append(f"{write(factor)}^{power}")
    return number, tuple(sorted(others))


def _factors(tree: Node, power: int) -> list[tuple[Node, int]]:
    match tree:
        case Binary("*", left, right):
            return _factors(left, power) + _factors(right, power)
        case Binary("/", left, right):
            return _factors(left, power) + _factors(right, -power)
        case _:
            return [(tree, power)]
