"""Values enclosed rigorously: what a tree is worth, between bounds that are proved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from threading import RLock
from typing import Any, Final

import flint

from engine.reading.tree import Binary, Call, Euler, Name, Negative, Node, Number

PRECISIONS: Final = (96, 320, 1280, 5120)  # bits, tried one after the other
_LOCK: Final = RLock()  # flint has one precision for the whole process


class Unbounded(ArithmeticError):  # noqa: N818  an outcome
    """Nothing finite encloses this value: a division by what may be zero, a root of less."""


@contextmanager
def precision(bits: int) -> Iterator[None]:
    with _LOCK:
        before = flint.ctx.prec
        flint.ctx.prec = bits
        try:
            yield
        finally:
            flint.ctx.prec = before


def lift(value: Fraction) -> Any:
    return flint.arb(flint.fmpq(value.numerator, value.denominator))


def enclose(tree: Node, at: Mapping[str, Fraction]) -> Any:
    """An arb that holds the value of the tree, names standing for `at`. Errors: `Unbounded`."""
    value = _enclosed(tree, at)
    if not value.is_finite():
        raise Unbounded
    return value


def _enclosed(tree: Node, at: Mapping[str, Fraction]) -> Any:  # noqa: PLR0911  one return a kind
    match tree:
        case Number(value):
            return lift(value)
        case Name(name):
            return lift(at[name])
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
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            if right.contains(0):
                raise Unbounded
            return left / right


def _power(left: Node, right: Node, at: Mapping[str, Fraction]) -> Any:
    exponent = _enclosed(right, at)
    if isinstance(left, Euler):
        return _small(exponent).exp()
    base = _enclosed(left, at)
    if exponent.is_integer():
        if exponent < 0 and base.contains(0):
            raise Unbounded
        return base ** int(exponent.unique_fmpz())
    if not base > 0:
        raise Unbounded
    return _small(exponent * base.log()).exp()


def _small(exponent: Any) -> Any:
    if not abs(exponent) < 10**6:
        raise Unbounded
    return exponent


def _called(function: str, values: list[Any]) -> Any:  # noqa: PLR0911  one return a kind
    value = values[0]
    match function:
        case "exp":
            return _small(value).exp()
        case "sigmoid":
            return 1 / (1 + (-_small(value)).exp())
        case "tanh":
            return value.tanh()
        case "sigmoid2":
            return 1 / (1 + (-_small(value) * flint.arb(2).log()).exp())
        case "relu":
            return value.max(flint.arb(0))
        case "max":
            for other in values[1:]:
                value = value.max(other)
            return value
    return _partly_defined(function, value)


def _partly_defined(function: str, value: Any) -> Any:
    if function == "step":
        if value.contains(0):
            raise Unbounded
        return flint.arb(1 if value > 0 else 0)
    if function == "sqrt":
        if not value >= 0:
            raise Unbounded
        return value.sqrt()
    if not value > 0:
        raise Unbounded
    return value.log() if function == "ln" else value.log() / flint.arb(2).log()
