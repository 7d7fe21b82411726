"""Drop 10: how large gradients are at the start, and how many steps six sigmoid layers need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

import numpy as np

from lessons.design.architecture import Architecture
from lessons.design.rows import Floats
from lessons.design.tables import TABLES
from lessons.design.training import Adam, Fit, Rows, forward, gradients, loss_and_blame

WIDTH = 16
SEEDS = 10
ENOUGH = 0.1  # the training loss at which a run has arrived
MOST_STEPS = 3000
DESCENT_RATE = 0.5
ADAM_RATE = 0.005
SPREADS = {"he": (2, 0), "glorot": (2, 1)}  # variance 2/in, 2/(in + out)
TINY = 0.01


@dataclass(frozen=True, slots=True)
class Row:
    """Medians over SEEDS starts; steps are None when half of the runs never arrived."""

    squash: str
    layers: int
    start: str
    first: float
    last_hidden: float
    descent: int | None
    descent_missing: int
    adam: int | None
    adam_missing: int


def tumours() -> Rows:
    rows, targets = TABLES["tumours"].read()
    return Rows((rows - rows.mean(0)) / rows.std(0), targets)


def begin(design: Architecture, start: str, seed: int) -> Fit:
    chance = np.random.default_rng(seed)
    weights, biases = [], []
    for below, above in zip(design.widths, design.widths[1:], strict=False):
        hidden = SPREADS.get(start)
        spread = np.sqrt(hidden[0] / (below + hidden[1] * above)) if hidden else TINY
        last = above == 1
        spread = np.sqrt(2 / (below + above)) if last else spread
        weights.append(chance.normal(0, spread, (above, below)))
        biases.append(np.zeros(above))
    return Fit(weights, biases)


def sizes_at_start(design: Architecture, start: str, rows: Rows) -> tuple[float, float]:
    """Lengths of the gradients of the first and the last hidden layer's weights, medians."""
    lengths = []
    for seed in range(SEEDS):
        of_weights, _ = gradients(design, begin(design, start, seed), rows)
        lengths.append([float(np.linalg.norm(one)) for one in of_weights])
    middle = np.median(np.array(lengths), axis=0)
    return float(middle[0]), float(middle[-2])


class Descent:
    """Plain gradient descent over the whole table."""

    def __init__(self, rate: float, parameters: list[Floats]) -> None:
        self.rate = rate
        self.parameters = parameters

    def step(self, slopes: list[Floats]) -> None:
        for number, slope in enumerate(slopes):
            self.parameters[number][...] -= self.rate * slope


def steps_to_enough(design: Architecture, fit: Fit, rows: Rows, *, adam: bool) -> int | None:
    parameters = fit.weights + fit.biases
    optimiser = Adam(ADAM_RATE, parameters) if adam else Descent(DESCENT_RATE, parameters)
    for step in range(1, MOST_STEPS + 1):
        of_weights, of_biases = gradients(design, fit, rows)
        optimiser.step(of_weights + of_biases)
        totals = forward(fit, design.hidden, rows.inputs)[0][-1]
        if loss_and_blame(design.loss, totals, rows.targets)[0] < ENOUGH:
            return step
    return None


def arrivals(design: Architecture, start: str, rows: Rows, *, adam: bool) -> tuple[int | None, int]:
    """The median number of steps, and how many runs never arrived."""
    steps = [
        steps_to_enough(design, begin(design, start, seed), rows, adam=adam)
        for seed in range(SEEDS)
    ]
    missing = steps.count(None)
    middle = median(MOST_STEPS + 1 if step is None else step for step in steps)
    return (None if 2 * missing >= SEEDS else round(middle)), missing


def measure() -> Iterator[Row]:
    rows = tumours()
    cases = [(layers, squash, start) for layers in (2, 4, 6) for squash, start in (
        ("sigmoid", "glorot"), ("tanh", "glorot"), ("relu", "he"), ("relu", "tiny"),
    )]  # fmt: skip
    for layers, squash, start in cases:
        widths = (rows.inputs.shape[1], *[WIDTH] * layers, 1)
        design = Architecture(widths, squash, "sigmoid", "bce")
        first, last_hidden = sizes_at_start(design, start, rows)
        descent = arrivals(design, start, rows, adam=False)
        adam = arrivals(design, start, rows, adam=True)
        yield Row(squash, layers, start, first, last_hidden, *descent, *adam)
