"""Elements: rational functions over the generators of a field."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import comb
from typing import Any, Final

import flint

from engine.reading.gate import BITS, TERMS, Refused

GENERATORS: Final = 24
COMPACT: Final = 120  # terms of what a function is applied to


@lru_cache(maxsize=1)
def ring() -> tuple[Any, tuple[Any, ...], Any]:
    """The one ring of polynomials, its generators, and its 1."""
    names = tuple(f"g{index}" for index in range(GENERATORS))
    context = flint.fmpq_mpoly_ctx.get(names, flint.Ordering.lex)
    return context, tuple(context.gens()), context.constant(1)


class Undecided(Exception):  # noqa: N818  an outcome
    """Nothing within the budget decides."""


@dataclass(frozen=True, slots=True)
class Element:
    """`above` / `below`, two polynomials in the generators of one field; `below` is not zero."""

    above: Any
    below: Any

    def __add__(self, other: Element) -> Element:
        if self.below == other.below:
            return Element(self.above + other.above, self.below)
        _bound(self, other)
        above = self.above * other.below + other.above * self.below
        return Element(above, self.below * other.below)

    def __neg__(self) -> Element:
        return Element(-self.above, self.below)

    def __sub__(self, other: Element) -> Element:
        return self + -other

    def __mul__(self, other: Element) -> Element:
        _bound(self, other)
        return Element(self.above * other.above, self.below * other.below)

    def raised(self, exponent: int) -> Element:
        """To a power of at least 0; terms and bits are predicted first."""
        for part in (self.above, self.below):
            if exponent and comb(len(part) + exponent - 1, exponent) > TERMS:
                raise Refused("too-big", None, str(TERMS))
            if exponent > 1 and _height(part) * exponent > 2 * BITS:
                raise Refused("too-big", None, str(BITS))
        return Element(self.above**exponent, self.below**exponent)

    def reduced(self) -> Element:
        """The one form in which equal elements of a field without roots are alike."""
        if len(self.above) + len(self.below) > COMPACT or degree(self) > 10 * COMPACT:
            raise Undecided
        if self.below.is_one():
            return self
        common = self.above.gcd(self.below)
        above, below = self.above / common, self.below / common
        lead = below.leading_coefficient()
        return Element(above / lead, below / lead)

    @property
    def constant(self) -> Fraction | None:
        if self.above.is_constant() and self.below.is_constant():
            value = _coefficient(self.above) / _coefficient(self.below)
            return Fraction(int(value.p), int(value.q))
        return None


def _height(polynomial: Any) -> int:
    """Bits of the largest coefficient."""
    return max(
        (int(c.p).bit_length() + int(c.q).bit_length() for c in polynomial.coeffs()), default=0
    )


def _coefficient(polynomial: Any) -> Any:
    return polynomial.leading_coefficient() if polynomial else flint.fmpq(0)


def degree(element: Element) -> int:
    return max(int(part.total_degree()) for part in (element.above, element.below))


def _bound(left: Element, right: Element) -> None:
    """Terms of the products to come, before they are formed."""
    sizes = [len(part) for part in (left.above, left.below, right.above, right.below)]
    if max(sizes[0], sizes[1]) * max(sizes[2], sizes[3]) > 4 * TERMS:
        raise Refused("too-big", None, str(TERMS))
