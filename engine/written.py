"""Numbers that remember how they are written: `sigmoid(-2)` stays; rationals are folded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from engine import scalars
from engine.balls import ball, flint

_SUM, _SIGNED, _PRODUCT, _ATOM = 1, 2, 3, 4  # how tightly a text holds together


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """A text for a reader of formulas, with its exact value where it is rational, else its ball."""

    text: str
    value: Any  # int, Fraction or ball
    holds: int = _ATOM

    @classmethod
    def of(cls, value: int | Fraction) -> Written:
        exact = scalars.exact(value)
        whole = type(exact) is int
        return cls(str(exact), exact, _ATOM if whole and exact >= 0 else _SUM)

    @property
    def rational(self) -> bool:
        return scalars.is_rational(self.value)

    def __str__(self) -> str:
        return self.text

    def __gt__(self, other: int) -> bool:
        return scalars.positive(self.value - other)

    def __add__(self, other: Any) -> Written:
        one, two = self, _written(other)
        if one.rational and two.rational:
            return Written.of(one.value + two.value)
        if _is(one, 0) or _is(two, 0):
            return two if _is(one, 0) else one
        sign, shown = " + ", two.text
        if two.text.startswith("-"):
            sign, shown = " - ", two.text[1:]
        return Written(one.text + sign + shown, scalars.total((one.value, two.value)), _SUM)

    __radd__ = __add__

    def __neg__(self) -> Written:
        return self * -1

    def __sub__(self, other: Any) -> Written:
        return self + -_written(other)

    def __rsub__(self, other: Any) -> Written:
        return _written(other) + -self

    def __mul__(self, other: Any) -> Written:
        one, two = self, _written(other)
        if one.rational and two.rational:
            return Written.of(one.value * two.value)
        if _is(one, 0) or _is(two, 0):
            return Written.of(0)
        if two.rational:
            one, two = two, one
        value = scalars.product(one.value, two.value)
        if _is(one, 1):
            return two
        if _is(one, -1):
            return Written(f"-{_inside(two)}", value, _SIGNED)
        if one.rational and one.value < 0:
            return Written(f"{one.text}*{_inside(two)}", value, _SIGNED)
        return Written(f"{_inside(one)}*{_inside(two)}", value, _PRODUCT)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Written:
        one, two = self, _written(other)
        if two.rational:
            return one * Written.of(Fraction(1) / two.value)
        below = two.text if two.holds == _ATOM else f"({two.text})"
        change = scalars.lifting((one.value, two.value)) or (lambda value: value)
        return Written(f"{_inside(one)}/{below}", change(one.value) / two.value, _PRODUCT)

    def __rtruediv__(self, other: Any) -> Written:
        return _written(other) / self

    def __rpow__(self, base: int) -> Written:
        """A whole base to this power."""
        if self.rational and scalars.whole(Fraction(self.value)).denominator == 1:
            return Written.of(Fraction(base) ** int(self.value))
        return Written(f"{base}^({self.text})", flint().arb(base) ** self._ball())

    def exp(self) -> Written:
        return self._call("exp", scalars.exp, {0: 1})

    def tanh(self) -> Written:
        return self._call("tanh", scalars.tanh, {0: 0})

    def log(self) -> Written:
        return self._call("ln", scalars.ln, {1: 0})

    def sigmoid(self) -> Written:
        return self._call("sigmoid", scalars.sigmoid, {0: Fraction(1, 2)})

    def _call(
        self, name: str, value: Callable[[Any], Any], known: dict[int, int | Fraction]
    ) -> Written:
        if self.rational and self.value in known:
            return Written.of(known[self.value])
        return Written(f"{name}({self.text})", value(self._ball()))

    def _ball(self) -> Any:
        return ball(self.value) if self.rational else self.value


def _written(value: Any) -> Written:
    return value if isinstance(value, Written) else Written.of(value)


def _is(value: Written, number: int) -> bool:
    return value.rational and bool(value.value == number)


def _inside(value: Written) -> str:
    """The text as a factor of a product."""
    return value.text if value.holds >= _PRODUCT else f"({value.text})"
