"""Slips in the error and the loss."""

# ruff: noqa: ARG002 - all rules of one kind share one signature

from __future__ import annotations

from engine import scalars
from engine.losses import LOSSES
from engine.misconceptions.bending import Misconception
from engine.rules import Pass
from engine.scalars import Scalar

_SQUARES = (LOSSES["half-squared"], LOSSES["squared"], LOSSES["mean-squared"])


class TargetMinusOutput(Misconception):
    """Takes the error the other way round."""

    slug = "target-minus-output"

    def error(self, at: str, cells: Pass, a: Scalar, t: Scalar) -> Scalar:
        return t - a


class AddedTarget(Misconception):
    slug = "added-target"

    def error(self, at: str, cells: Pass, a: Scalar, t: Scalar) -> Scalar:
        return a + t


class ForgotSquare(Misconception):
    """Leaves the square out of the loss, and keeps its factor."""

    slug = "forgot-square"

    def unit_loss(self, at: str, cells: Pass, e: Scalar, a: Scalar, t: Scalar) -> Scalar:
        if cells.loss not in _SQUARES:
            return super().unit_loss(at, cells, e, a, t)
        return scalars.over(e, 2) if cells.loss is LOSSES["half-squared"] else e


class ForgotHalf(Misconception):
    slug = "forgot-half"

    def unit_loss(self, at: str, cells: Pass, e: Scalar, a: Scalar, t: Scalar) -> Scalar:
        if cells.loss is LOSSES["half-squared"]:
            return e * e
        return super().unit_loss(at, cells, e, a, t)


class AbsoluteForSquare(Misconception):
    slug = "absolute-for-square"

    def unit_loss(self, at: str, cells: Pass, e: Scalar, a: Scalar, t: Scalar) -> Scalar:
        if cells.loss not in _SQUARES:
            return super().unit_loss(at, cells, e, a, t)
        return e if scalars.positive(e) else -e


class ExtraTwo(Misconception):
    """The slope of e² where the loss is ½e², or one 2 more than that."""

    slug = "extra-two"

    def loss_slope(self, at: str, cells: Pass, e: Scalar, a: Scalar, t: Scalar) -> Scalar:
        return 2 * super().loss_slope(at, cells, e, a, t)


class MissingTwo(Misconception):
    """The 2 of the square does not come down, or the half is kept."""

    slug = "missing-two"

    def loss_slope(self, at: str, cells: Pass, e: Scalar, a: Scalar, t: Scalar) -> Scalar:
        return scalars.over(super().loss_slope(at, cells, e, a, t), 2)


class LossForSlope(Misconception):
    """Passes the loss itself back."""

    slug = "loss-for-slope"

    def loss_slope(self, at: str, cells: Pass, e: Scalar, a: Scalar, t: Scalar) -> Scalar:
        return cells.rules.unit_loss("L" + at.rpartition(".")[2], cells, e, a, t)


class ForgotError(Misconception):
    """Starts the way back from 1."""

    slug = "forgot-error"

    def loss_slope(self, at: str, cells: Pass, e: Scalar, a: Scalar, t: Scalar) -> Scalar:
        return 1


LOSS: tuple[Misconception, ...] = (
    TargetMinusOutput(),
    AddedTarget(),
    ForgotSquare(),
    ForgotHalf(),
    AbsoluteForSquare(),
    ExtraTwo(),
    MissingTwo(),
    LossForSlope(),
    ForgotError(),
)
