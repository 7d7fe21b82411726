"""Values of formulas (numbers, vectors, matrices, words) and the functions over them."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any, TypeAlias

Value: TypeAlias = Fraction | bool | str | tuple["Value", ...]

DIGITS = 60  # to which sigmoid and its like are computed; far beyond any number of places asked
LARGEST_POWER = 64


def number(value: Value) -> Fraction:
    """Raises TypeError when the value is no number; true counts as 1."""
    if isinstance(value, bool):
        return Fraction(int(value))
    if isinstance(value, Fraction):
        return value
    raise TypeError(f"{value!r} is not a number")


def same_kind(value: Value) -> Fraction:
    """What `<` and its like compare: numbers only."""
    return number(value)


def truth(value: Value) -> bool:
    if isinstance(value, bool):
        return value
    raise TypeError(f"{value!r} is neither true nor false")


def vector(value: Value) -> tuple[Value, ...]:
    if isinstance(value, tuple):
        return value
    raise TypeError(f"{value!r} is not a vector")


def over_entries(function: Callable[[Fraction], Fraction]) -> Callable[..., Value]:
    """A function of one number, which a vector or a matrix takes entry by entry."""

    def apply(value: Value) -> Value:
        if isinstance(value, tuple):
            return tuple(apply(entry) for entry in value)
        return function(number(value))

    return apply


def _elementwise(function: Callable[[Fraction, Fraction], Fraction]) -> Callable[..., Value]:
    def apply(a: Value, b: Value) -> Value:
        if isinstance(a, tuple) and isinstance(b, tuple):
            if len(a) != len(b):
                raise TypeError(f"vectors of {len(a)} and {len(b)} do not go together")
            return tuple(apply(x, y) for x, y in zip(a, b, strict=True))
        if isinstance(a, tuple):
            return tuple(apply(x, b) for x in a)
        if isinstance(b, tuple):
            return tuple(apply(a, y) for y in b)
        return function(number(a), number(b))

    return apply


def _power(a: Fraction, b: Fraction) -> Fraction:
    if b.denominator != 1 or abs(b) > LARGEST_POWER:
        raise TypeError(f"a power of {b}")
    return Fraction(a**b)


def dot(a: Value, b: Value) -> Fraction:
    pairs = zip(vector(a), vector(b), strict=True)
    return sum((number(x) * number(y) for x, y in pairs), start=Fraction(0))


def product(a: Value, b: Value) -> Value:
    """Matrix by matrix, matrix by column, row by column."""
    rows = vector(a)
    if not isinstance(rows[0], tuple):
        return dot(a, b)
    if not isinstance(vector(b)[0], tuple):
        return tuple(dot(row, b) for row in rows)
    columns = vector(transpose(b))
    return tuple(tuple(dot(row, column) for column in columns) for row in rows)


def transpose(value: Value) -> Value:
    return tuple(zip(*(vector(row) for row in vector(value)), strict=True))


def _exponential(x: Fraction) -> Decimal:
    return (Decimal(x.numerator) / Decimal(x.denominator)).exp()


def _sigmoid(x: Fraction) -> Fraction:
    with localcontext() as context:
        context.prec = DIGITS
        return Fraction(1 / (1 + _exponential(-x)))


def _tanh(x: Fraction) -> Fraction:
    return 2 * _sigmoid(2 * x) - 1


def _exp(x: Fraction) -> Fraction:
    with localcontext() as context:
        context.prec = DIGITS
        return Fraction(_exponential(x))


def _log(x: Fraction) -> Fraction:
    if x <= 0:
        raise TypeError(f"ln of {x}")
    with localcontext() as context:
        context.prec = DIGITS
        return Fraction((Decimal(x.numerator) / Decimal(x.denominator)).ln())


def _round(value: Value, places: Value = Fraction(0)) -> Value:
    """Half away from zero, as people round."""
    scale = 10 ** int(number(places))
    scaled = abs(number(value)) * scale
    whole = Fraction(math.floor(scaled + Fraction(1, 2)), scale)
    return whole if number(value) >= 0 else -whole


def _flat(values: tuple[Value, ...]) -> tuple[Value, ...]:
    return vector(values[0]) if len(values) == 1 and isinstance(values[0], tuple) else values


def _distinct(*values: Value) -> bool:
    return len(set(_flat(values))) == len(_flat(values))


def _sum(*values: Value) -> Fraction:
    return sum((number(value) for value in _flat(values)), start=Fraction(0))


OPERATORS: Mapping[type[ast.operator], Callable[[Value, Value], Value]] = {
    ast.Add: _elementwise(lambda a, b: a + b),
    ast.Sub: _elementwise(lambda a, b: a - b),
    ast.Mult: _elementwise(lambda a, b: a * b),
    ast.Div: _elementwise(lambda a, b: a / b),
    ast.Mod: _elementwise(lambda a, b: a % b),
    ast.FloorDiv: _elementwise(lambda a, b: Fraction(a // b)),
    ast.Pow: _elementwise(_power),
    ast.MatMult: product,
}
INEXACT = frozenset({"sigmoid", "tanh", "exp", "ln"})
FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "relu": over_entries(lambda x: max(x, Fraction(0))),
    "step": over_entries(lambda x: Fraction(int(x > 0))),
    "abs": over_entries(abs),
    "sign": over_entries(lambda x: Fraction((x > 0) - (x < 0))),
    "floor": over_entries(lambda x: Fraction(math.floor(x))),
    "ceil": over_entries(lambda x: Fraction(math.ceil(x))),
    "sigmoid": over_entries(_sigmoid),
    "tanh": over_entries(_tanh),
    "exp": over_entries(_exp),
    "ln": over_entries(_log),
    "round": _round,
    "min": lambda *values: min(number(value) for value in _flat(values)),
    "max": lambda *values: max(number(value) for value in _flat(values)),
    "sum": _sum,
    "count": lambda *values: Fraction(sum(truth(value) for value in _flat(values))),
    "len": lambda value: Fraction(len(vector(value))),
    "dot": dot,
    "transpose": transpose,
    "reverse": lambda value: vector(value)[::-1],
    "distinct": _distinct,
}
