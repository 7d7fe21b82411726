"""The rules of the arithmetic: one small method each, told the address that it fills.

`cells` is the pass so far, for the few rules that look further than their own arguments.
A misconception is a subclass that overrides one of these methods.
"""

# ruff: noqa: ARG002 - all rules of one kind share one signature

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from engine import scalars
from engine.activations import Softmax, Squash
from engine.cells import place
from engine.losses import Loss
from engine.scalars import Scalar


class Pass(Protocol):
    """What a rule may see of the pass that it is part of."""

    @property
    def rules(self) -> Rules: ...
    @property
    def loss(self) -> Loss: ...
    @property
    def sizes(self) -> tuple[int, ...]: ...
    def __getitem__(self, address: str) -> Scalar: ...
    def get(self, address: str, otherwise: Scalar = None) -> Scalar: ...
    def on(self, z: str) -> bool: ...
    def squash(self, at: str) -> Squash: ...
    def softmax(self, at: str) -> Softmax: ...


class Rules:
    """How every number of a pass follows from those before it."""

    def product(self, at: str, cells: Pass, weight: Scalar, value: Scalar) -> Scalar:
        return weight * value

    def weighted_sum(
        self, at: str, cells: Pass, products: Sequence[Scalar], bias: Scalar
    ) -> Scalar:
        return sum(products) + bias

    def squash(self, at: str, cells: Pass, z: Scalar) -> Scalar:
        squash = cells.squash(at)
        return squash.value(z, squash.kinked and cells.on("z" + at[1:]))

    def share(self, at: str, cells: Pass, zs: Sequence[Scalar]) -> Scalar:
        """A unit of a softmax layer; `zs` is the whole layer's."""
        return cells.softmax(at).share(cells["z" + at[1:]], zs)

    def error(self, at: str, cells: Pass, a: Scalar, t: Scalar) -> Scalar:
        return a - t

    def unit_loss(self, at: str, cells: Pass, e: Scalar, a: Scalar, t: Scalar) -> Scalar:
        return cells.loss.unit(e, a, t)

    def total_loss(self, at: str, cells: Pass, parts: Sequence[Scalar]) -> Scalar:
        whole = scalars.total(parts)
        return scalars.over(whole, len(parts)) if cells.loss.mean else whole

    def loss_slope(self, at: str, cells: Pass, e: Scalar, a: Scalar, t: Scalar) -> Scalar:
        """∂L/∂a at an output."""
        slope = cells.loss.slope(e, a, t)
        return scalars.over(slope, cells.sizes[-1]) if cells.loss.mean else slope

    def passed_error(self, at: str, cells: Pass, e: Scalar) -> Scalar:
        """∂L/∂z at an output whose squash and loss undo each other."""
        return e

    def slope(self, at: str, cells: Pass, z: Scalar, a: Scalar) -> Scalar:
        squash = cells.squash(at)
        return squash.slope(z, a, squash.kinked and cells.on("z" + at[1:]))

    def delta(self, at: str, cells: Pass, blame: Scalar, slope: Scalar) -> Scalar:
        """∂L/∂z = ∂L/∂a · ∂a/∂z."""
        return blame * slope

    def share_delta(self, at: str, cells: Pass, blames_and_shares: Sequence[Scalar]) -> Scalar:
        """∂L/∂z in a softmax layer, of all its ∂L/∂a followed by all its a."""
        units = len(blames_and_shares) // 2
        blames, shares = blames_and_shares[:units], blames_and_shares[units:]
        return cells.softmax(at).blame(place(at).at[1] - 1, blames, shares)

    def back_product(self, at: str, cells: Pass, weight: Scalar, delta: Scalar) -> Scalar:
        return weight * delta

    def back_sum(self, at: str, cells: Pass, products: Sequence[Scalar]) -> Scalar:
        """∂L/∂a of a hidden unit: what comes back along every path."""
        return sum(products)

    def weight_gradient(self, at: str, cells: Pass, delta: Scalar, value: Scalar) -> Scalar:
        return delta * value

    def bias_gradient(self, at: str, cells: Pass, delta: Scalar) -> Scalar:
        return delta

    def step(self, at: str, cells: Pass, old: Scalar, gradient: Scalar, rate: Scalar) -> Scalar:
        return old - rate * gradient


RIGHT = Rules()
