"""Slips in the step."""

# ruff: noqa: ARG002 - all rules of one kind share one signature

from __future__ import annotations

from engine.cells import place
from engine.misconceptions.bending import Misconception
from engine.rules import Pass
from engine.scalars import Scalar


class Uphill(Misconception):
    """Goes with the gradient, so that the loss grows."""

    slug = "uphill"

    def step(self, at: str, cells: Pass, old: Scalar, gradient: Scalar, rate: Scalar) -> Scalar:
        return old + rate * gradient


class ForgotRate(Misconception):
    slug = "forgot-rate"

    def step(self, at: str, cells: Pass, old: Scalar, gradient: Scalar, rate: Scalar) -> Scalar:
        return old - gradient


class RateOnly(Misconception):
    """Takes the rate off, without the gradient."""

    slug = "rate-only"

    def step(self, at: str, cells: Pass, old: Scalar, gradient: Scalar, rate: Scalar) -> Scalar:
        return old - rate


class ReplacedByStep(Misconception):
    """Writes η · gradient for the new weight."""

    slug = "replaced-by-step"

    def step(self, at: str, cells: Pass, old: Scalar, gradient: Scalar, rate: Scalar) -> Scalar:
        return rate * gradient


class OnlyTheStep(Misconception):
    """Writes −η · gradient, and leaves out the old weight."""

    slug = "only-the-step"

    def step(self, at: str, cells: Pass, old: Scalar, gradient: Scalar, rate: Scalar) -> Scalar:
        return -rate * gradient


class FrozeBiases(Misconception):
    slug = "froze-biases"

    def step(self, at: str, cells: Pass, old: Scalar, gradient: Scalar, rate: Scalar) -> Scalar:
        if at.startswith("b"):
            return old
        return super().step(at, cells, old, gradient, rate)


class OutputLayerOnly(Misconception):
    """Only the last layer makes its step."""

    slug = "output-layer-only"

    def step(self, at: str, cells: Pass, old: Scalar, gradient: Scalar, rate: Scalar) -> Scalar:
        if place(at).layer != len(cells.sizes) - 1:
            return old
        return super().step(at, cells, old, gradient, rate)


class NoStep(Misconception):
    """Leaves every number as it was."""

    slug = "no-step"

    def step(self, at: str, cells: Pass, old: Scalar, gradient: Scalar, rate: Scalar) -> Scalar:
        return old


STEP: tuple[Misconception, ...] = (
    Uphill(),
    ForgotRate(),
    RateOnly(),
    ReplacedByStep(),
    OnlyTheStep(),
    FrozeBiases(),
    OutputLayerOnly(),
    NoStep(),
)
