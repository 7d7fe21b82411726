"""Slips on the way forward."""

# ruff: noqa: ARG002 - all rules of one kind share one signature

from __future__ import annotations

from collections.abc import Sequence

from engine.activations import SQUASHES
from engine.cells import place
from engine.misconceptions.bending import Misconception
from engine.rules import Pass
from engine.scalars import Scalar, positive


class ForgotBias(Misconception):
    slug = "forgot-bias"

    def weighted_sum(
        self, at: str, cells: Pass, products: Sequence[Scalar], bias: Scalar
    ) -> Scalar:
        return sum(products)


class SubtractedBias(Misconception):
    slug = "subtracted-bias"

    def weighted_sum(
        self, at: str, cells: Pass, products: Sequence[Scalar], bias: Scalar
    ) -> Scalar:
        return sum(products) - bias


class NeighboursBias(Misconception):
    """The bias of the next unit (of the one before, for the last unit)."""

    slug = "neighbours-bias"

    def weighted_sum(
        self, at: str, cells: Pass, products: Sequence[Scalar], bias: Scalar
    ) -> Scalar:
        layer, unit = place(at).at
        units = cells.sizes[layer]
        neighbour = unit + 1 if unit < units else max(unit - 1, 1)
        return sum(products) + cells[f"b{layer}.{neighbour}"]


class ForgotWeights(Misconception):
    """Adds up what comes in, unweighed."""

    slug = "forgot-weights"

    def product(self, at: str, cells: Pass, weight: Scalar, value: Scalar) -> Scalar:
        return value


class AddedWeight(Misconception):
    """Adds weight and input instead of multiplying them."""

    slug = "added-weight"

    def product(self, at: str, cells: Pass, weight: Scalar, value: Scalar) -> Scalar:
        return weight + value


class DroppedMinus(Misconception):
    """Loses the minus sign of a weight."""

    slug = "dropped-minus"

    def product(self, at: str, cells: Pass, weight: Scalar, value: Scalar) -> Scalar:
        return value * (weight if positive(weight) else -weight)


class TransposedWeights(Misconception):
    """Reads the written rows of W as if they filled its transpose's shelf, column by column."""

    slug = "transposed-weights"

    def product(self, at: str, cells: Pass, weight: Scalar, value: Scalar) -> Scalar:
        layer, unit, source = place(at).at
        inputs, units = cells.sizes[layer - 1], cells.sizes[layer]
        row, column = divmod((source - 1) * units + unit - 1, inputs)
        return cells[f"w{layer}.{row + 1}.{column + 1}"] * value


class SwappedInputs(Misconception):
    """The first weight meets the last input, and so on."""

    slug = "swapped-inputs"

    def product(self, at: str, cells: Pass, weight: Scalar, value: Scalar) -> Scalar:
        layer, unit, source = place(at).at
        return cells[f"w{layer}.{unit}.{cells.sizes[layer - 1] + 1 - source}"] * value


class ForgotSquash(Misconception):
    slug = "forgot-squash"

    def squash(self, at: str, cells: Pass, z: Scalar) -> Scalar:
        return z


class SquashedOutput(Misconception):
    """Puts a ReLU after the last sum as well."""

    slug = "squashed-output"

    def squash(self, at: str, cells: Pass, z: Scalar) -> Scalar:
        layer = place(at).layer
        if layer == len(cells.sizes) - 1 and cells.squash(at) is SQUASHES["linear"]:
            return z if cells.on("z" + at[1:]) else 0
        return super().squash(at, cells, z)


class AbsoluteForRelu(Misconception):
    slug = "absolute-for-relu"

    def squash(self, at: str, cells: Pass, z: Scalar) -> Scalar:
        if cells.squash(at) is SQUASHES["relu"]:
            return z if cells.on("z" + at[1:]) else -z
        return super().squash(at, cells, z)


class BackwardRelu(Misconception):
    """Keeps the negatives."""

    slug = "backward-relu"

    def squash(self, at: str, cells: Pass, z: Scalar) -> Scalar:
        if cells.squash(at) is SQUASHES["relu"]:
            return 0 if cells.on("z" + at[1:]) else z
        return super().squash(at, cells, z)


class StepForRelu(Misconception):
    """Writes 1 for on, and loses the size."""

    slug = "step-for-relu"

    def squash(self, at: str, cells: Pass, z: Scalar) -> Scalar:
        if cells.squash(at) is SQUASHES["relu"]:
            return 1 if cells.on("z" + at[1:]) else 0
        return super().squash(at, cells, z)


class ReluBeforeBias(Misconception):
    """Squashes the products, then adds the bias."""

    slug = "relu-before-bias"

    def squash(self, at: str, cells: Pass, z: Scalar) -> Scalar:
        if cells.squash(at) is SQUASHES["relu"]:
            bias = cells["b" + at[1:]]
            products = z - bias
            return bias + (products if positive(products) else 0)
        return super().squash(at, cells, z)


FORWARD: tuple[Misconception, ...] = (
    ForgotBias(),
    SubtractedBias(),
    NeighboursBias(),
    ForgotWeights(),
    AddedWeight(),
    DroppedMinus(),
    TransposedWeights(),
    SwappedInputs(),
    ForgotSquash(),
    SquashedOutput(),
    AbsoluteForRelu(),
    BackwardRelu(),
    StepForRelu(),
    ReluBeforeBias(),
)
