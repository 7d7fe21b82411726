"""Slips on the way back."""

# ruff: noqa: ARG002 - all rules of one kind share one signature

from __future__ import annotations

from collections.abc import Sequence

from engine.activations import SQUASHES
from engine.cells import place
from engine.misconceptions.bending import Misconception
from engine.rules import Pass
from engine.scalars import Scalar


def _is_output(at: str, cells: Pass) -> bool:
    return place(at).layer == len(cells.sizes) - 1


class DeadUnitLearns(Misconception):
    """Lets blame through a ReLU that was off."""

    slug = "dead-unit-learns"

    def slope(self, at: str, cells: Pass, z: Scalar, a: Scalar) -> Scalar:
        if cells.squash(at) is SQUASHES["relu"]:
            return 1
        return super().slope(at, cells, z, a)


class InvertedMask(Misconception):
    """Blocks the units that were on, and lets the others through."""

    slug = "inverted-mask"

    def slope(self, at: str, cells: Pass, z: Scalar, a: Scalar) -> Scalar:
        right = super().slope(at, cells, z, a)
        return 1 - right if cells.squash(at) is SQUASHES["relu"] else right


class ForgotHiddenSlopes(Misconception):
    slug = "forgot-hidden-slopes"

    def slope(self, at: str, cells: Pass, z: Scalar, a: Scalar) -> Scalar:
        return super().slope(at, cells, z, a) if _is_output(at, cells) else 1


class ForgotOutputSlope(Misconception):
    slug = "forgot-output-slope"

    def slope(self, at: str, cells: Pass, z: Scalar, a: Scalar) -> Scalar:
        return 1 if _is_output(at, cells) else super().slope(at, cells, z, a)


class ForgotEverySlope(Misconception):
    slug = "forgot-every-slope"

    def slope(self, at: str, cells: Pass, z: Scalar, a: Scalar) -> Scalar:
        return 1


class SlopeAtA(Misconception):
    """Takes the slope at a, where it belongs at z."""

    slug = "slope-at-a"

    def slope(self, at: str, cells: Pass, z: Scalar, a: Scalar) -> Scalar:
        squash = cells.squash(at)
        if squash.kinked:
            return super().slope(at, cells, z, a)
        return squash.slope(a, squash.value(a, on=False), on=False)


class SlopeOfZ(Misconception):
    """z(1 − z) for σ′, 1 − z² for tanh′: the formula for the slope, fed with z instead of a."""

    slug = "slope-from-z"

    def slope(self, at: str, cells: Pass, z: Scalar, a: Scalar) -> Scalar:
        squash = cells.squash(at)
        if squash.kinked:
            return super().slope(at, cells, z, a)
        return squash.slope(z, z, on=False)


class ActivationForSlope(Misconception):
    """Uses a where a′ belongs."""

    slug = "activation-for-slope"

    def slope(self, at: str, cells: Pass, z: Scalar, a: Scalar) -> Scalar:
        if cells.squash(at) is SQUASHES["linear"]:
            return super().slope(at, cells, z, a)
        return a


class OnePathOnly(Misconception):
    """Brings back the blame of the first path and leaves the others."""

    slug = "one-path-only"

    def back_sum(self, at: str, cells: Pass, products: Sequence[Scalar]) -> Scalar:
        return products[0]


class ForgotWeightBack(Misconception):
    slug = "forgot-weight-back"

    def back_product(self, at: str, cells: Pass, weight: Scalar, delta: Scalar) -> Scalar:
        return delta


class UpdatedTooSoon(Misconception):
    """Goes back through weights that have already made their step."""

    slug = "updated-too-soon"

    def back_product(self, at: str, cells: Pass, weight: Scalar, delta: Scalar) -> Scalar:
        path = at[1:]
        layer, unit, source = place(at).at
        rate = cells.get("rate")
        if rate is None:
            return weight * delta
        below = cells[f"a{layer - 1}.{source}"]
        rules, gradient = cells.rules, f"gw{path}"
        slope = rules.weight_gradient(gradient, cells, cells[f"d{layer}.{unit}"], below)
        return rules.step(f"w{path}+", cells, weight, slope, rate) * delta


class ErrorForDelta(Misconception):
    """Passes ∂L/∂a back through the weight, without the unit's slope."""

    slug = "error-for-delta"

    def back_product(self, at: str, cells: Pass, weight: Scalar, delta: Scalar) -> Scalar:
        layer, unit, _ = place(at).at
        blame = f"u{layer}.{unit}"
        return weight * cells.get(blame, delta)


class ForgotInput(Misconception):
    """∂L/∂w = δ, without what came in."""

    slug = "forgot-input"

    def weight_gradient(self, at: str, cells: Pass, delta: Scalar, value: Scalar) -> Scalar:
        return delta


class WeightForInput(Misconception):
    """∂L/∂w = δ·w."""

    slug = "weight-for-input"

    def weight_gradient(self, at: str, cells: Pass, delta: Scalar, value: Scalar) -> Scalar:
        return delta * cells[at[1:]]


class OtherInput(Misconception):
    """Takes what came in along another wire: the mirrored one."""

    slug = "other-input"

    def weight_gradient(self, at: str, cells: Pass, delta: Scalar, value: Scalar) -> Scalar:
        layer, _, source = place(at).at
        mirrored = cells.sizes[layer - 1] + 1 - source
        return delta * cells[f"x{mirrored}" if layer == 1 else f"a{layer - 1}.{mirrored}"]


class OutputForInput(Misconception):
    """∂L/∂w = δ·a of the unit itself, not of what came in."""

    slug = "output-for-input"

    def weight_gradient(self, at: str, cells: Pass, delta: Scalar, value: Scalar) -> Scalar:
        layer, unit, _ = place(at).at
        return delta * cells[f"a{layer}.{unit}"]


class ZBelow(Misconception):
    """Takes z of the unit below, where its a came in."""

    slug = "z-below"

    def weight_gradient(self, at: str, cells: Pass, delta: Scalar, value: Scalar) -> Scalar:
        layer, _, source = place(at).at
        return delta * (value if layer == 1 else cells[f"z{layer - 1}.{source}"])


class ZeroBiasGradient(Misconception):
    slug = "zero-bias-gradient"

    def bias_gradient(self, at: str, cells: Pass, delta: Scalar) -> Scalar:
        return 0


class BiasTimesDelta(Misconception):
    slug = "bias-times-delta"

    def bias_gradient(self, at: str, cells: Pass, delta: Scalar) -> Scalar:
        return delta * cells[at[1:]]


class BiasGradientSummed(Misconception):
    """One ∂L/∂b for the whole layer: the sum of its δ."""

    slug = "bias-gradient-summed"

    def bias_gradient(self, at: str, cells: Pass, delta: Scalar) -> Scalar:
        layer = place(at).at[0]
        return sum(cells[f"d{layer}.{unit}"] for unit in range(1, cells.sizes[layer] + 1))


BACKWARD: tuple[Misconception, ...] = (
    DeadUnitLearns(),
    InvertedMask(),
    ForgotHiddenSlopes(),
    ForgotOutputSlope(),
    ForgotEverySlope(),
    SlopeAtA(),
    SlopeOfZ(),
    ActivationForSlope(),
    OnePathOnly(),
    ForgotWeightBack(),
    UpdatedTooSoon(),
    ErrorForDelta(),
    ForgotInput(),
    WeightForInput(),
    OtherInput(),
    OutputForInput(),
    ZBelow(),
    ZeroBiasGradient(),
    BiasTimesDelta(),
    BiasGradientSummed(),
)
