"""Decimals beside exact values: what is correctly rounded, cut off, or off in its last digit."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import floor
from typing import Literal, TypeAlias

from engine.balls import ball, precision
from engine.checking.enclosing import PRECISIONS, Unbounded, enclose
from engine.reading.tree import Binary, Call, Negative, Node, Number
from engine.reading.values import rational

Near: TypeAlias = Literal["rounded", "truncated", "last-digit", "intermediate"]


@lru_cache(maxsize=4096)
def floor_of(tree: Node, places: int, shift: Fraction = Fraction(0)) -> int | None:
    """⌊value · 10^places + shift⌋ of a tree without names; None where no bounds decide it."""
    value = rational(tree)
    if value is not None:
        return floor(value * Fraction(10**places) + shift)
    for bits in PRECISIONS:
        with precision(bits):
            try:
                scaled = enclose(tree, {}) * 10**places + ball(shift)
            except Unbounded:
                continue
            below = scaled.floor().unique_fmpz()
            if below is not None:
                return int(below)
    return None


def rounded(tree: Node, places: int) -> tuple[Fraction, ...] | None:
    """The value rounded to so many places; both neighbours where it lies half-way."""
    half = Fraction(1, 2)
    up = floor_of(tree, places, half)
    if up is None:
        return None
    unit = Fraction(1, 10**places)
    value = rational(tree)
    if value is not None and value * 10**places + half == up:
        return (up * unit, (up - 1) * unit)
    return (up * unit,)


def truncated(tree: Node, places: int) -> Fraction | None:
    """The value with the digits after so many places cut off."""
    below = floor_of(tree, places)
    if below is None:
        return None
    return Fraction(below if below >= 0 else below + 1, 10**places)


def decimal_places(tree: Node) -> int | None:
    """The decimals given, where all that was typed is one decimal number: 8.8*10^-1 has two."""
    match tree:
        case Negative(body):
            return decimal_places(body)
        case Number():
            return tree.places
        case Binary("*", Number() as digits, Binary("^", Number(Fraction(numerator=10)), power)):
            exponent = rational(power)
            if exponent is None or exponent.denominator != 1:
                return None
            return max(0, (digits.places or 0) - int(exponent)) or None
    return None


def nearness(typed: Fraction, places: int, right: Node) -> Near | None:
    """How a decimal misses a value that so many places cannot hold; None for no such miss."""
    candidates = rounded(right, places)
    if candidates is None or _fits(right, places):
        return None
    if typed in candidates and typed != 0:
        return "rounded"
    significant = abs(candidates[0]) * 10**places >= 10
    if significant and typed == truncated(right, places):
        return "truncated"
    if significant and min(abs(typed - each) for each in candidates) == Fraction(1, 10**places):
        return "last-digit"
    return None


def _fits(tree: Node, places: int) -> bool:
    value = rational(tree)
    return value is not None and (value * 10**places).denominator == 1


def from_rounded_steps(typed: Fraction, places: int, right: Node) -> bool:
    """Whether rounding every step on the way, to about as many places, ends at this decimal."""
    for kept in (places, places - 1, places + 1):
        if kept < 1 or not isinstance(right, (Binary, Call, Negative)):
            continue
        worked = _worked(right, kept)
        if worked is not None and typed in (rounded(Number(worked), places) or ()):
            return True
    return False


def _worked(tree: Node, places: int) -> Fraction | None:
    """The value when each step is rounded before the next is taken."""
    match tree:
        case Binary(operator, left, right):
            steps = (_worked(left, places), _worked(right, places))
            if steps[0] is None or steps[1] is None:
                return None
            step: Node = Binary(operator, Number(steps[0]), Number(steps[1]))
        case Call(function, arguments):
            inner = [_worked(each, places) for each in arguments]
            step = Call(function, tuple(Number(each) for each in inner if each is not None))
            if None in inner:
                return None
        case Negative(body):
            value = _worked(body, places)
            return None if value is None else -value
        case _:
            candidates = rounded(tree, places + 2)
            return rational(tree) if rational(tree) is not None else (candidates or (None,))[0]
    candidates = rounded(step, places)
    return candidates[0] if candidates else None
