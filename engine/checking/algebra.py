"""A field made while a formula is read: names, powers of e, roots, logarithms, corners."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Any, Final

import flint
from flint.utils.flint_exceptions import DomainError

from engine.checking.elements import GENERATORS, Element, Undecided, degree, ring
from engine.checking.primes import LARGEST_PRIME, factored
from engine.reading.gate import POWER, Refused

LARGEST: Final = 10**6  # exponent of one power of e


class Restart(Exception):  # noqa: N818  not an error: a root was too coarse, one more round
    """A finer root of a power of e is needed than was provided for."""


class Field:
    """The generators met so far; `roots` says how fine each power of e is cut."""

    def __init__(self, roots: dict[Any, int]) -> None:
        self.ring, self.gens, self.one = ring()
        self.kernels: dict[Any, int] = {}
        self.squares: dict[int, Element] = {}  # generator of a root -> what it is the root of
        self.meant: dict[int, tuple[str, Any]] = {}
        self.roots = roots
        self.free = True  # whether nothing relates the generators but `squares`

    def copy(self) -> Field:
        other = Field(dict(self.roots))
        other.kernels, other.squares = dict(self.kernels), dict(self.squares)
        other.meant, other.free = dict(self.meant), self.free
        return other

    def number(self, value: Fraction) -> Element:
        above = self.ring.constant(flint.fmpq(value.numerator, value.denominator))
        return Element(above, self.one)

    def generator(self, kind: str, key: Any, meant: Any) -> Element:
        index = self.kernels.get((kind, key))
        if index is None:
            index = len(self.kernels)
            if index >= GENERATORS:
                raise Undecided
            self.kernels[kind, key] = index
            self.meant[index] = (kind, meant)
        return Element(self.gens[index], self.one)

    def name(self, name: str) -> Element:
        return self.generator("name", name, name)

    def opaque(self, kind: str, *arguments: Element) -> Element:
        """A function of which nothing is used but that equal arguments give equal values."""
        forms = [argument.reduced() for argument in arguments]
        key = tuple((str(form.above), str(form.below)) for form in forms)
        self.free = False
        return self.generator(kind, key, tuple(forms))

    def divide(self, left: Element, right: Element) -> Element:
        if not self.folded(right.above):
            raise Refused("division-by-zero")
        return left * Element(right.below, right.above)

    def power(self, base: Element, exponent: int) -> Element:
        if exponent < 0:
            return self.divide(self.number(Fraction(1)), self.power(base, -exponent))
        return base.raised(exponent)

    def exp(self, argument: Element) -> Element:
        """E to a polynomial is a product of powers of e^monomial; to anything else, opaque."""
        form = argument.reduced()
        if not form.below.is_constant():
            return self._exp_of_fraction(form)
        result = self.number(Fraction(1))
        for monomial, coefficient in form.above.to_dict().items():
            scale = Fraction(int(coefficient.p), int(coefficient.q))
            result = result * self._exp_term(tuple(map(int, monomial)), scale)
        return result

    def _exp_of_fraction(self, form: Element) -> Element:
        """e^(c·f) as a power of one generator e^f, f with leading coefficient 1."""
        lead = form.above.leading_coefficient()
        monic = Element(form.above / lead, form.below)
        self.free = False
        key = (str(monic.above), str(monic.below))
        return self._exp_power(key, monic, Fraction(int(lead.p), int(lead.q)))

    def _exp_term(self, monomial: tuple[int, ...], scale: Fraction) -> Element:
        logarithm = self._logarithm(monomial)
        if logarithm is not None and scale.denominator == 1 and abs(scale) <= POWER:
            return self.power(logarithm, int(scale))
        if any(monomial[at] and kind != "name" for at, (kind, _) in self.meant.items()):
            self.free = False
        alone = Element(self.ring.from_dict({monomial: 1}), self.one)
        return self._exp_power(monomial, alone, scale)

    def _exp_power(self, key: Any, of: Element, scale: Fraction) -> Element:
        fine = self.roots.get(key, 1)
        if fine % scale.denominator:
            self.roots[key] = lcm(fine, scale.denominator)
            if self.roots[key] > LARGEST:
                raise Undecided
            raise Restart
        exponent = int(scale * fine)
        if abs(exponent) > LARGEST:
            raise Refused("too-big", None, "e^")
        root = of * self.number(Fraction(1, fine))
        raised = self.generator("exp", key, root).above ** abs(exponent)
        return Element(raised, self.one) if exponent >= 0 else Element(self.one, raised)

    def _logarithm(self, monomial: tuple[int, ...]) -> Element | None:
        """What the logarithm is of, where the monomial is one logarithm."""
        if sum(monomial) != 1:
            return None
        kind, meant = self.meant[monomial.index(1)]
        if kind != "ln":
            return None
        assert isinstance(meant, Element)
        return meant

    def ln(self, argument: Element) -> Element:
        form = argument.reduced()
        if form.constant is not None:
            return self._ln_of_number(form.constant)
        if len(form.above) + len(form.below) > 20 or degree(form) > 12:
            return self.opaque("ln-of", form)
        above, below = form.above.factor(), form.below.factor()
        scale = above[0] / below[0]
        if scale < 0:
            return self.opaque("ln-of", form)
        result = self._ln_of_number(Fraction(int(scale.p), int(scale.q)))
        for sign, factors in ((1, above[1]), (-1, below[1])):
            for factor, times in factors:
                log = self._ln_of_factor(factor)
                result = result + log * self.number(Fraction(sign * int(times)))
        return result

    def _ln_of_factor(self, factor: Any) -> Element:
        element = Element(factor, self.one)
        if element.constant is not None:
            return self._ln_of_number(element.constant)
        if factor in self.gens:
            index = self.gens.index(factor)
            kind, meant = self.meant[index]
            if kind == "exp":
                assert isinstance(meant, Element)
                return meant
        self.free = False
        return self.generator("ln", str(factor), element)

    def _ln_of_number(self, value: Fraction) -> Element:
        if value <= 0:
            raise Refused("division-by-zero" if value == 0 else "wrong-kind", None, "ln")
        result = self.number(Fraction(0))
        for part, sign in ((value.numerator, 1), (value.denominator, -1)):
            for prime, times in factored(part):
                self.free = False
                whole = self.number(Fraction(prime))
                log = self.generator("ln", str(prime), whole)
                result = result + log * self.number(Fraction(sign * times))
        return result

    def sqrt(self, argument: Element) -> Element:
        form = argument.reduced()
        if form.constant is not None:
            return self._sqrt_of_number(form.constant)
        if (plain := self._plain_root(form)) is not None:
            return plain
        self.free = False
        key = (str(form.above), str(form.below))
        root = self.generator("sqrt", key, form)
        self.squares[self.kernels["sqrt", key]] = form
        return root

    def _plain_root(self, form: Element) -> Element | None:
        """√p² is p where p cannot be negative, and else |p| = 2·relu(p) - p."""
        try:
            root = Element(form.above.sqrt(), form.below.sqrt())
        except DomainError:
            return None
        if self._positive(root.above) and self._positive(root.below):
            return root
        return self.relu(root) + self.relu(root) - root

    def _positive(self, polynomial: Any) -> bool:
        """Whether every term is a positive number by even powers or powers of e."""
        return all(
            coefficient > 0
            and not any(each % 2 and self.meant[at][0] != "exp" for at, each in enumerate(monomial))
            for monomial, coefficient in polynomial.to_dict().items()
        )

    def _sqrt_of_number(self, value: Fraction) -> Element:
        if value < 0:
            raise Refused("wrong-kind", None, "sqrt")
        if value == 0:
            return self.number(value)
        outside, roots = Fraction(1, value.denominator), self.number(Fraction(1))
        for prime, times in factored(value.numerator * value.denominator):
            self.free = self.free and prime < LARGEST_PRIME**2
            outside *= prime ** (times // 2)
            if times % 2:
                root = self.generator("sqrt", prime, self.number(Fraction(prime)))
                self.squares[self.kernels["sqrt", prime]] = self.number(Fraction(prime))
                roots = roots * root
        return roots * self.number(outside)

    def relu(self, argument: Element) -> Element:
        """The larger of p and 0; one generator for p and all its multiples."""
        form = argument.reduced()
        lead = form.above.leading_coefficient()
        scale = self.number(Fraction(abs(int(lead.p)), int(lead.q)))
        monic = Element(form.above / lead, form.below)
        kernel = self.opaque("relu", monic)
        return (kernel if lead > 0 else kernel - monic) * scale

    def folded(self, polynomial: Any) -> Any:
        """The polynomial with every square of a root replaced by what it is the root of.

        Multiplied through by denominators, so only its being zero means anything.
        """
        for index in sorted(self.squares, reverse=True):
            polynomial = self._without_squares(polynomial, index)
        return polynomial

    def _without_squares(self, polynomial: Any, index: int) -> Any:
        square = self.squares[index]
        by_power: dict[int, dict[tuple[int, ...], Any]] = {}
        for monomial, coefficient in polynomial.to_dict().items():
            power = int(monomial[index])
            rest = (*monomial[:index], power % 2, *monomial[index + 1 :])
            by_power.setdefault(power // 2, {})[rest] = coefficient
        most = max(by_power, default=0)
        if most == 0:
            return polynomial
        total = self.ring.constant(0)
        for power, terms in by_power.items():
            scale = square.above**power * square.below ** (most - power)
            total = total + self.ring.from_dict(terms) * scale
        return total
