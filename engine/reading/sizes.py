"""How big the value of a tree can get, predicted before any arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import comb

from engine.reading.gate import BITS, POWER, TERMS, Refused
from engine.reading.tree import Binary, Call, Euler, Name, Negative, Node, Number
from engine.reading.values import bits


@dataclass(frozen=True, slots=True)
class Size:
    """Upper bounds: terms above and below the line, bits of a coefficient."""

    above: int
    below: int
    bits: int


def predict(tree: Node) -> Size:
    """Errors: `Refused` "too-big", before anything of that size exists."""
    size = _predicted(tree)
    if size.bits > BITS:
        raise Refused("too-big", None, f"{BITS} bits")
    if max(size.above, size.below) > TERMS:
        raise Refused("too-big", None, f"{TERMS} terms")
    return size


def _predicted(tree: Node) -> Size:
    match tree:
        case Number(value):
            return Size(1, 1, bits(value))
        case Name() | Euler():
            return Size(1, 1, 1)
        case Negative(body):
            return predict(body)
        case Binary("^", base, exponent):
            return _power(base, exponent)
        case Binary(operator, left, right):
            return _combined(operator, predict(left), predict(right))
        case Call(_, arguments):
            sizes = [predict(argument) for argument in arguments]
            most = max(size.bits for size in sizes)
            return Size(2 * len(sizes), 2 * len(sizes), most + 1)


def _combined(operator: str, left: Size, right: Size) -> Size:
    total = left.bits + right.bits + 1
    if operator in "+-":
        if left.below == right.below == 1:
            return Size(left.above + right.above, 1, total)
        above = left.above * right.below + right.above * left.below
        return Size(above, left.below * right.below, total)
    if operator == "*":
        return Size(left.above * right.above, left.below * right.below, total)
    return Size(left.above * right.below, left.below * right.above, total)


def _power(base: Node, exponent: Node) -> Size:
    power = _whole(exponent)
    if isinstance(base, Euler) or power is None:
        inner, raised = predict(base), predict(exponent)
        return Size(2, 2, inner.bits + raised.bits)
    if power > POWER:
        raise Refused("too-big", None, "^")
    size = predict(base)
    above, below = (
        comb(terms + power - 1, power) if power else 1 for terms in (size.above, size.below)
    )
    return Size(
        max(above, below),
        max(above, below) if below > 1 else below,
        size.bits * max(power, 1) + size.above.bit_length() * power,
    )


def _whole(tree: Node) -> int | None:
    """The size of a whole exponent, without its sign; None for any other."""
    negative = False
    while isinstance(tree, Negative):
        tree, negative = tree.body, not negative
    if isinstance(tree, Number) and tree.value.denominator == 1:
        return abs(int(Fraction(tree.value)))
    return None
