"""The fields a pass can run over: exact rationals, symbols, rigorous balls, and floats.

The rules ask these few functions where arithmetic alone is not enough: whether a number is
positive, powers, logarithms, a division of integers. A rational never falls to a float.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any, TypeAlias

from engine.balls import PRECISION, ball, flint
from engine.decimals import proved

Scalar: TypeAlias = Any  # int, Fraction, a sympy expression, a flint ball, or a float

_RATIONAL = re.compile(r"[+-]?([0-9]+(/[0-9]+)?|[0-9]*\.[0-9]+|[0-9]+\.)")


class NotRationalError(ValueError):
    """The value asked for leaves the rationals: lift the pass to balls or symbols."""


class UndecidedError(ValueError):
    """A sign that this field cannot tell: a ball around 0, or a bare symbol."""


def exact(value: object) -> int | Fraction:
    """An int, a Fraction or a string such as `-3`, `1/2`, `0.15` as an exact number."""
    if type(value) is int:
        return value
    if isinstance(value, str):
        text = value.strip().replace("−", "-")
        if not _RATIONAL.fullmatch(text):
            raise ValueError(f"not a number: {value!r}")
        return whole(Fraction(text))
    if isinstance(value, Fraction):
        return whole(value)
    raise TypeError(f"{value!r} is no exact number: write it as an int, a Fraction or a string")


def lift(value: object) -> Scalar:
    """What may enter a network: exact numbers, symbols and balls, but never a float."""
    if type(value) is int:
        return value
    if is_symbol(value) or is_ball(value) or is_written(value):
        return value
    return exact(value)


def whole(value: Fraction) -> int | Fraction:
    return value.numerator if value.denominator == 1 else value


def is_rational(value: object) -> bool:
    return type(value) is int or isinstance(value, Fraction)


def is_ball(value: object) -> bool:
    return type(value).__module__.startswith("flint.types.arb")


def is_symbol(value: object) -> bool:
    return type(value).__module__.startswith("sympy.")


def is_written(value: object) -> bool:
    return type(value).__module__ == "engine.written"


def symbol(value: Scalar) -> Scalar:
    """An exact number as sympy's."""
    import sympy

    if isinstance(value, Fraction):
        return sympy.Rational(value.numerator, value.denominator)
    return sympy.sympify(value, strict=True)


def lifting(values: Iterable[Scalar]) -> Callable[[Scalar], Scalar] | None:
    """How to bring rationals among these values into the field of the others."""
    kinds = set(map(type, values))
    if kinds <= {int, Fraction}:
        return None
    if float in kinds:
        return float
    if any(kind.__module__.startswith("flint.types.arb") for kind in kinds):
        return lambda value: ball(value) if is_rational(value) else value
    if any(kind.__module__.startswith("sympy.") for kind in kinds):
        return lambda value: symbol(value) if is_rational(value) else value
    return None


def positive(value: Scalar) -> bool:
    """Whether the value is above 0, if this field can prove it one way or the other."""
    if is_ball(value):
        if value > 0:
            return True
        if value <= 0:
            return False
        raise UndecidedError(f"the ball {value} cannot be told from 0")
    if is_symbol(value) and not value.is_number:
        raise UndecidedError(f"no sign is known for {value}: give the signs of a numeric pass")
    return bool(value > 0)


def over(value: Scalar, divisor: int) -> Scalar:
    """The quotient by a whole number, exact in every field."""
    if type(value) is int:
        whole_part, rest = divmod(value, divisor)
        return Fraction(value, divisor) if rest else whole_part
    return value / divisor


def divided(value: Scalar, divisor: Scalar) -> Scalar:
    """The quotient of two scalars, exact in every field."""
    if type(value) is int and type(divisor) is int:
        return whole(Fraction(value, divisor))
    return value / divisor


def exp(value: Scalar) -> Scalar:
    if is_rational(value):
        raise NotRationalError(f"exp({value}) is not rational: lift to balls or symbols")
    if is_symbol(value):
        import sympy

        return sympy.exp(value)
    return math.exp(value) if isinstance(value, float) else value.exp()


def sigmoid(value: Scalar) -> Scalar:
    return value.sigmoid() if is_written(value) else 1 / (1 + exp(-value))


def tanh(value: Scalar) -> Scalar:
    if is_rational(value):
        raise NotRationalError(f"tanh({value}) is not rational: lift to balls or symbols")
    if is_symbol(value):
        import sympy

        return sympy.tanh(value)
    return math.tanh(value) if isinstance(value, float) else value.tanh()


def power_of_two(value: Scalar) -> Scalar:
    """Two to the value: exact for a whole number."""
    if type(value) is int:
        return 2**value if value >= 0 else Fraction(1, 2**-value)
    if isinstance(value, Fraction):
        raise NotRationalError(f"2^({value}) is not rational: lift to balls or symbols")
    if is_symbol(value) or is_written(value) or isinstance(value, float):
        return 2**value
    return flint().arb(2) ** value


def ln(value: Scalar) -> Scalar:
    """The natural logarithm: a ball for a rational, since it feeds no other cell but the loss."""
    if value == 1 and is_rational(value):
        return 0
    if is_symbol(value):
        import sympy

        return sympy.log(value)
    if isinstance(value, float):
        return math.log(value)
    return (ball(value) if is_rational(value) else value).log()


def log2(value: Scalar) -> Scalar:
    """The logarithm to base 2: exact for a power of two, else like `ln`."""
    if is_rational(value) and value > 0:
        number = Fraction(value)
        for one, other, sign in (
            (number.numerator, number.denominator, 1),
            (number.denominator, number.numerator, -1),
        ):
            if other == 1 and one & (one - 1) == 0:
                return sign * (one.bit_length() - 1)
    return ln(value) / ln_of_two_like(value)


def ln_of_two_like(value: Scalar) -> Scalar:
    """The logarithm of 2 in the field of a value; balls for a rational."""
    if is_symbol(value):
        import sympy

        return sympy.log(2)
    if is_written(value):
        return type(value).of(2).log()
    return math.log(2) if isinstance(value, float) else ball(2).log()


def total(values: Iterable[Scalar]) -> Scalar:
    """A sum in which rationals may stand beside balls."""
    parts = list(values)
    change = lifting(parts)
    return sum(parts if change is None else map(change, parts))


def product(one: Scalar, other: Scalar) -> Scalar:
    """A product in which a rational may stand beside a ball."""
    change = lifting((one, other))
    return one * other if change is None else change(one) * change(other)


def same(one: Scalar, other: Scalar) -> bool:
    """Whether two values are equal, as far as their field can tell (balls: not proved apart)."""
    if is_ball(one) or is_ball(other):
        return bool(ball(one).overlaps(ball(other)))
    if isinstance(one, float) or isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    if is_symbol(one) or is_symbol(other):
        import sympy

        return bool(sympy.cancel(symbol(one) - symbol(other)) == 0)
    return bool(one == other)


def apart(one: Scalar, other: Scalar, parts: int) -> bool:
    """Whether two numbers are proved to differ by more than one over `parts`."""
    return bool(abs(ball(one) - ball(other)) * parts > 1)


def text(value: Scalar) -> str:
    """A fraction as `p/q`, a formula as written, a ball as its proved decimals."""
    return proved(value, int(PRECISION * 0.302)) if is_ball(value) else str(value)
