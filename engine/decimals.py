"""A ball as a decimal: as many digits as its two ends agree on when rounded."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

_PLAIN = -128  # a number smaller than ten to this is written with an exponent


def proved(ball: Any, digits: int) -> str:
    """The ball's number rounded to at most so many digits; every digit of it is sure."""
    if not ball.is_finite():
        return str(ball)
    low, high = _exactly(ball.lower()), _exactly(ball.upper())
    for count in range(digits, 0, -1):
        least, most = _rounded(low, count), _rounded(high, count)
        if least == most:
            return f"{least:f}" if least.adjusted() > _PLAIN else str(least).lower()
    return str(ball)


def _exactly(bound: Any) -> Fraction:
    man, exponent = bound.man_exp()
    return Fraction(int(man)) * Fraction(2) ** int(exponent)


def _rounded(value: Fraction, digits: int) -> Decimal:
    return Context(digits).divide(Decimal(value.numerator), Decimal(value.denominator))
