"""The activations: squashes of one unit, value and slope side by side; softmaxes of a layer."""

# ruff: noqa: ARG002 - all rules of one kind share one signature

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar, TypeAlias

from engine import scalars
from engine.scalars import Scalar


class Squash(ABC):
    """A unit's value follows from its own z alone.

    `on` is whether z is above 0: asked once a unit, used by both value and slope.
    """

    name: ClassVar[str]
    kinked: ClassVar[bool] = False  # value and slope depend on the sign of z
    base: ClassVar[str] = ""  # "e" or "2", for the squashes that a logarithm undoes

    @abstractmethod
    def value(self, z: Scalar, on: bool) -> Scalar: ...

    @abstractmethod
    def slope(self, z: Scalar, a: Scalar, on: bool) -> Scalar:
        """How fast the value changes with z."""


class Linear(Squash):
    name = "linear"

    def value(self, z: Scalar, on: bool) -> Scalar:
        return z

    def slope(self, z: Scalar, a: Scalar, on: bool) -> Scalar:
        return 1


class Step(Squash):
    """1 above 0, else 0; flat everywhere, so nothing is learned through it."""

    name = "step"
    kinked = True

    def value(self, z: Scalar, on: bool) -> Scalar:
        return 1 if on else 0

    def slope(self, z: Scalar, a: Scalar, on: bool) -> Scalar:
        return 0


class Relu(Squash):
    """At 0 the value and the slope are 0."""

    name = "relu"
    kinked = True

    def value(self, z: Scalar, on: bool) -> Scalar:
        return z if on else 0

    def slope(self, z: Scalar, a: Scalar, on: bool) -> Scalar:
        return 1 if on else 0


class LeakyRelu(Squash):
    """Below 0 a hundredth passes, as in most libraries; the slope at 0 is a hundredth too."""

    name = "leaky-relu"
    kinked = True

    def value(self, z: Scalar, on: bool) -> Scalar:
        return z if on else scalars.over(z, 100)

    def slope(self, z: Scalar, a: Scalar, on: bool) -> Scalar:
        return 1 if on else scalars.over(z * 0 + 1, 100)


class Sigmoid(Squash):
    name = "sigmoid"
    base = "e"

    def value(self, z: Scalar, on: bool) -> Scalar:
        return scalars.sigmoid(z)

    def slope(self, z: Scalar, a: Scalar, on: bool) -> Scalar:
        return a * (1 - a)


class Tanh(Squash):
    name = "tanh"

    def value(self, z: Scalar, on: bool) -> Scalar:
        return scalars.tanh(z)

    def slope(self, z: Scalar, a: Scalar, on: bool) -> Scalar:
        return 1 - a * a


class Sigmoid2(Squash):
    """1 / (1 + 2^−z): rational for a whole z. Its slope bears ln 2."""

    name = "sigmoid2"
    base = "2"

    def value(self, z: Scalar, on: bool) -> Scalar:
        return scalars.divided(1, 1 + scalars.power_of_two(-z))

    def slope(self, z: Scalar, a: Scalar, on: bool) -> Scalar:
        if scalars.is_rational(a):
            raise scalars.NotRationalError("the slope of sigmoid2 bears ln 2: lift to balls")
        return scalars.ln_of_two_like(a) * a * (1 - a)


class Softmax:
    """e^z of a unit over the sum of the layer's; no maximum is taken off first."""

    name: ClassVar[str] = "softmax"
    base: ClassVar[str] = "e"

    def power(self, z: Scalar) -> Scalar:
        return scalars.exp(z)

    def share(self, z: Scalar, layer: Sequence[Scalar]) -> Scalar:
        return scalars.divided(self.power(z), sum(map(self.power, layer)))

    def blame(self, at: int, blames: Sequence[Scalar], shares: Sequence[Scalar]) -> Scalar:
        """∂L/∂z of one unit (from 0), given every ∂L/∂a and every a of the layer."""
        mean = sum(u * a for u, a in zip(blames, shares, strict=True))
        return shares[at] * (blames[at] - mean)


class Softmax2(Softmax):
    """The same in base 2: rational for whole z."""

    name = "softmax2"
    base = "2"

    def power(self, z: Scalar) -> Scalar:
        return scalars.power_of_two(z)

    def blame(self, at: int, blames: Sequence[Scalar], shares: Sequence[Scalar]) -> Scalar:
        if scalars.is_rational(shares[at]):
            raise scalars.NotRationalError("the slope of softmax2 bears ln 2: lift to balls")
        return scalars.ln_of_two_like(shares[at]) * super().blame(at, blames, shares)


Activation: TypeAlias = Squash | Softmax

SQUASHES: Mapping[str, Squash] = {
    kind.name: kind() for kind in (Linear, Step, Relu, LeakyRelu, Sigmoid, Tanh, Sigmoid2)
}
SOFTMAXES: Mapping[str, Softmax] = {kind.name: kind() for kind in (Softmax, Softmax2)}
ACTIVATIONS: Mapping[str, Activation] = {**SQUASHES, **SOFTMAXES}
