"""Drop 9: one step from row A at several rates, and what it does to the other rows."""

from __future__ import annotations

from fractions import Fraction

from engine import Network, trace

KITCHEN = Network.of(
    ([[-2, 3], [-2, -1], [2, -2]], [4, 3, -1], "relu"), ([[1, 3, -2]], [5], "linear")
)
ROW_A = ((2, 1), 1)  # riders and orders; minutes late
ROWS = (ROW_A, ((0, 1), 20), ((3, 1), -1))
RATES = ("1/200", "1/100", "1/50", "1/25", "1/20", "1/10")
RATE = "1/50"


def before() -> Fraction:
    """Row A's loss."""
    return _loss(KITCHEN, *ROW_A)


def after_a_step(rate: str) -> Fraction:
    """Row A's loss when all numbers have stepped by row A's gradients."""
    return _loss(_stepped(rate), *ROW_A)


def mean_after_a_step() -> Fraction:
    """The mean over the rows, after row A's step."""
    return mean_loss(_stepped(RATE))


def mean_after_an_averaged_step() -> Fraction:
    """The mean over the rows, after a step by the mean of their gradients."""
    steps = [trace(KITCHEN, x, (t,), RATE).updated().parameters for x, t in ROWS]
    mean = {at: sum(step[at] for step in steps) / len(ROWS) for at in KITCHEN.parameters}
    return mean_loss(KITCHEN.with_parameters(mean))


def mean_loss(network: Network) -> Fraction:
    return sum((_loss(network, x, t) for x, t in ROWS), Fraction(0)) / len(ROWS)


def _stepped(rate: str) -> Network:
    inputs, target = ROW_A
    return trace(KITCHEN, inputs, (target,), rate).updated()


def _loss(network: Network, inputs: tuple[int, int], target: int) -> Fraction:
    return Fraction(trace(network, inputs, (target,)).value("L"))
