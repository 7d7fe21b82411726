"""The losses: what each output unit adds, and its slope, over any field."""

# ruff: noqa: ARG002 - all rules of one kind share one signature

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from engine import scalars
from engine.scalars import Scalar


class Loss(ABC):
    """Written in the output's error e = a − t, or in a and t themselves."""

    name: ClassVar[str]
    squash: ClassVar[str] = ""  # with this squash at the output, δ is simply a − t
    mean: ClassVar[bool] = False  # the outputs' losses are averaged, not summed

    @abstractmethod
    def unit(self, e: Scalar, a: Scalar, t: Scalar) -> Scalar:
        """The part of one output unit."""

    @abstractmethod
    def slope(self, e: Scalar, a: Scalar, t: Scalar) -> Scalar:
        """How fast that part changes with a."""


class HalfSquared(Loss):
    """½(a − t)²."""

    name = "half-squared"

    def unit(self, e: Scalar, a: Scalar, t: Scalar) -> Scalar:
        return scalars.over(e * e, 2)

    def slope(self, e: Scalar, a: Scalar, t: Scalar) -> Scalar:
        return e


class Squared(Loss):
    """(a − t)²."""

    name = "squared"

    def unit(self, e: Scalar, a: Scalar, t: Scalar) -> Scalar:
        return e * e

    def slope(self, e: Scalar, a: Scalar, t: Scalar) -> Scalar:
        return 2 * e


class MeanSquared(Squared):
    """(a − t)², averaged over the outputs."""

    name = "mean-squared"
    mean = True


class BinaryCrossEntropy(Loss):
    """−(t ln a + (1 − t) ln(1 − a)); a term without weight is not looked at."""

    name = "bce"
    squash = "sigmoid"

    def log(self, value: Scalar) -> Scalar:
        return scalars.ln(value)

    def unit(self, e: Scalar, a: Scalar, t: Scalar) -> Scalar:
        weighed = ((t, a), (1 - t, 1 - a))
        return -scalars.total(scalars.product(w, self.log(p)) for w, p in weighed if w != 0)

    def slope(self, e: Scalar, a: Scalar, t: Scalar) -> Scalar:
        return scalars.divided(e, a * (1 - a))


class CrossEntropy(Loss):
    """−t ln a."""

    name = "ce"
    squash = "softmax"

    def log(self, value: Scalar) -> Scalar:
        return scalars.ln(value)

    def unit(self, e: Scalar, a: Scalar, t: Scalar) -> Scalar:
        return 0 if t == 0 else -scalars.product(t, self.log(a))

    def slope(self, e: Scalar, a: Scalar, t: Scalar) -> Scalar:
        return -scalars.divided(t, a)


def _over_ln_of_two(slope: Scalar) -> Scalar:
    if scalars.is_rational(slope):
        raise scalars.NotRationalError("a slope in log₂ bears ln 2: lift to balls")
    return slope / scalars.ln_of_two_like(slope)


class BinaryCrossEntropy2(BinaryCrossEntropy):
    """The same with log₂."""

    name = "bce2"
    squash = "sigmoid2"

    def log(self, value: Scalar) -> Scalar:
        return scalars.log2(value)

    def slope(self, e: Scalar, a: Scalar, t: Scalar) -> Scalar:
        return _over_ln_of_two(super().slope(e, a, t))


class CrossEntropy2(CrossEntropy):
    """The same with log₂."""

    name = "ce2"
    squash = "softmax2"

    def log(self, value: Scalar) -> Scalar:
        return scalars.log2(value)

    def slope(self, e: Scalar, a: Scalar, t: Scalar) -> Scalar:
        return _over_ln_of_two(super().slope(e, a, t))


_SQUARES = (HalfSquared, Squared, MeanSquared)
_ENTROPIES = (BinaryCrossEntropy, CrossEntropy, BinaryCrossEntropy2, CrossEntropy2)
LOSSES: Mapping[str, Loss] = {kind.name: kind() for kind in (*_SQUARES, *_ENTROPIES)}
