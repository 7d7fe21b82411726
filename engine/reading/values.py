"""Trees of plain arithmetic to rationals, and the names that stand in a tree."""

from __future__ import annotations

from fractions import Fraction

from engine.activations import SQUASHES
from engine.reading.gate import BITS, POWER, Refused
from engine.reading.tree import ARITHMETIC, Binary, Call, Name, Negative, Node, Number, within


def bits(value: Fraction) -> int:
    return value.numerator.bit_length() + value.denominator.bit_length()


def rational(tree: Node) -> Fraction | None:
    """The value of a tree of plain arithmetic; None where it has names or other functions.

    The size of each step is predicted before it is taken. Errors: `Refused`.
    """
    match tree:
        case Number(value):
            return value
        case Negative(body):
            value_of = rational(body)
            return None if value_of is None else -value_of
        case Binary(operator, left, right):
            first, second = rational(left), rational(right)
            if first is None or second is None:
                return None
            return _combined(operator, first, second)
        case Call(function, arguments):
            return _called(function, arguments)
        case _:
            return None


def _combined(operator: str, left: Fraction, right: Fraction) -> Fraction | None:
    if operator == "^":
        return _power(left, right)
    if bits(left) + bits(right) > BITS:
        raise Refused("too-big", None, operator)
    if operator == "/" and right == 0:
        raise Refused("division-by-zero")
    value: Fraction = ARITHMETIC[operator](left, right)
    return value


def _power(base: Fraction, exponent: Fraction) -> Fraction | None:
    if exponent.denominator != 1:
        return None
    if abs(exponent) > POWER or bits(base) * abs(exponent) > BITS:
        raise Refused("too-big", None, "^")
    if base == 0 and exponent < 0:
        raise Refused("division-by-zero")
    return base ** int(exponent)


def _called(function: str, arguments: tuple[Node, ...]) -> Fraction | None:
    squash = SQUASHES.get(function)
    if function != "max" and not (squash and squash.kinked):
        return None
    values = [rational(argument) for argument in arguments]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    return Fraction(squash.value(known[0], known[0] > 0)) if squash else max(known)


def names_in(tree: Node) -> frozenset[str]:
    return frozenset(node.name for node in within(tree) if isinstance(node, Name))
