"""Sums as they were typed: their terms, each a number by other factors, in whatever order."""

from __future__ import annotations

from fractions import Fraction

from engine.reading.tree import Binary, Name, Negative, Node
from engine.reading.values import rational
from engine.reading.writing import write


def same_terms(tree: Node, target: Node) -> bool:
    """Whether two sums have the same terms of the same factors, in any order."""
    return sorted(map(_term, _terms(tree, 1))) == sorted(map(_term, _terms(target, 1)))


def like_terms(tree: Node) -> str | None:
    """Two terms of a sum that differ by a number only: they could be one."""
    seen: set[tuple[str, ...]] = set()
    for sign, tree_of in _terms(tree, 1):
        others = _term((sign, tree_of))[1]
        if others in seen:
            return write(tree_of)
        seen.add(others)
    return None


def _terms(tree: Node, sign: int) -> list[tuple[int, Node]]:
    match tree:
        case Binary("+" | "-", left, right):
            after = -sign if tree.operator == "-" else sign
            return _terms(left, sign) + _terms(right, after)
        case Negative(body):
            return _terms(body, -sign)
        case _:
            return [(sign, tree)]


def _term(signed: tuple[int, Node]) -> tuple[Fraction, tuple[str, ...]]:
    """A term as its number and its other factors."""
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
