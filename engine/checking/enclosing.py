"""Values enclosed rigorously: what a tree is worth, between bounds that are proved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial, reduce
from typing import Any, Final, NamedTuple

import flint

from engine import scalars
from engine.activations import SQUASHES
from engine.balls import PRECISION, ball
from engine.reading.tree import ARITHMETIC, Binary, Call, Euler, Name, Negative, Node, Number

LARGEST: Final = 10**6  # exponent of a power of e
PRECISIONS: Final = (PRECISION, 320, 1280, 5120)  # bits, tried one after the other


class Unbounded(ArithmeticError):  # noqa: N818  an outcome
    """Nothing finite encloses this value: a division by what may be zero, a root of less."""


def enclose(tree: Node, at: Mapping[str, Fraction]) -> Any:
    """An arb that holds the value of the tree, names standing for `at`. Errors: `Unbounded`."""
    bounds = _enclosed(tree, at)
    if not bounds.is_finite():
        raise Unbounded
    return bounds


def _enclosed(tree: Node, at: Mapping[str, Fraction]) -> Any:  # noqa: PLR0911  one return a kind
    match tree:
        case Number(value):
            return ball(value)
        case Name(name):
            return ball(at[name])
        case Euler():
            return flint.arb.const_e()
        case Negative(body):
            return -_enclosed(body, at)
        case Binary("^", left, right):
            return _power(left, right, at)
        case Binary(operator, left, right):
            return _combined(operator, _enclosed(left, at), _enclosed(right, at))
        case Call(function, arguments):
            return _called(function, [_enclosed(each, at) for each in arguments])


def _combined(operator: str, left: Any, right: Any) -> Any:
    if operator == "/" and right.contains(0):
        raise Unbounded
    return ARITHMETIC[operator](left, right)


def _power(left: Node, right: Node, at: Mapping[str, Fraction]) -> Any:
    exponent = _enclosed(right, at)
    if isinstance(left, Euler):
        return _called("exp", [exponent])
    base = _enclosed(left, at)
    if exponent.is_integer():
        if exponent < 0 and base.contains(0):
            raise Unbounded
        return base ** int(exponent.unique_fmpz())
    if not base > 0:
        raise Unbounded
    return _called("exp", [exponent * base.log()])


def _called(function: str, values: list[Any]) -> Any:
    if function == "max":
        return reduce(lambda one, other: one.max(other), values)
    how = _FUNCTIONS[function]
    if not how.defined(values[0]):
        raise Unbounded
    return how.value(values[0])


def _is_small(exponent: Any) -> bool:
    return bool(abs(exponent) < LARGEST)


def _is_positive(value: Any) -> bool:
    return bool(value > 0)


class _Function(NamedTuple):
    value: Callable[[Any], Any]
    defined: Callable[[Any], bool] = lambda _value: True


_FUNCTIONS: Final[Mapping[str, _Function]] = {
    "exp": _Function(scalars.exp, _is_small),
    "ln": _Function(scalars.ln, _is_positive),
    "log2": _Function(scalars.log2, _is_positive),
    "sqrt": _Function(lambda value: value.sqrt(), lambda value: value >= 0),
    "relu": _Function(lambda value: value.max(ball(0))),  # around 0 the sign need not be known
    "step": _Function(lambda value: ball(int(value > 0)), lambda value: not value.contains(0)),
    "tanh": _Function(scalars.tanh),
    "sigmoid": _Function(scalars.sigmoid, _is_small),
    "sigmoid2": _Function(partial(SQUASHES["sigmoid2"].value, on=False), _is_small),
}
