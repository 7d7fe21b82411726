"""A small trainer in full view: He start, Adam, L2, and early stopping on validation loss."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from lessons.design.architecture import Architecture
from lessons.design.rows import Floats

BATCH = 32
PATIENCE = 30
SMALLEST_GAIN = 1e-5


@dataclass(slots=True)
class Fit:
    """What training left: parameters kept, and the losses of every epoch."""

    weights: list[Floats]
    biases: list[Floats]
    training: list[float] = field(default_factory=list)
    validation: list[float] = field(default_factory=list)
    kept: int = 0  # the epoch whose parameters are kept, from 0


class Cancelled(Exception):  # noqa: N818 - nothing went wrong: somebody changed their mind
    """Whoever was shown the progress does not want to go on."""


@dataclass(frozen=True, slots=True)
class Rows:
    inputs: Floats  # rows × columns, standardised
    targets: Floats  # rows: 0/1, the number of the kind, or the standardised quantity


def start(design: Architecture, seed: int) -> Fit:
    """He et al. 2015 for ReLU (variance 2/in), Glorot & Bengio 2010 otherwise (2/(in + out))."""
    chance = np.random.default_rng(seed)
    weights, biases = [], []
    sizes = list(zip(design.widths, design.widths[1:], strict=False))
    for number, (below, above) in enumerate(sizes):
        bent = design.hidden == "relu" and number < len(sizes) - 1
        spread = np.sqrt(2 / below if bent else 2 / (below + above))
        weights.append(chance.normal(0, spread, (above, below)))
        biases.append(np.zeros(above))
    return Fit(weights, biases)


def squash(kind: str, total: Floats) -> Floats:
    if kind == "relu":
        return np.maximum(total, 0)
    if kind == "tanh":
        return np.tanh(total)
    return 1 / (1 + np.exp(-np.clip(total, -50, 50))) if kind == "sigmoid" else total


def slope(kind: str, total: Floats, squashed: Floats) -> Floats:
    if kind == "relu":
        return (total > 0).astype(float)
    if kind == "tanh":
        return 1 - squashed**2
    return squashed * (1 - squashed) if kind == "sigmoid" else np.ones_like(total)


def forward(fit: Fit, kind: str, inputs: Floats) -> tuple[list[Floats], list[Floats]]:
    """Totals of every layer, and what every layer reads, the inputs first."""
    totals: list[Floats] = []
    reads = [inputs]
    last = len(fit.weights) - 1
    for layer, (weight, bias) in enumerate(zip(fit.weights, fit.biases, strict=True)):
        totals.append(reads[-1] @ weight.T + bias)
        reads.append(totals[-1] if layer == last else squash(kind, totals[-1]))
    return totals, reads


def loss_and_blame(loss: str, totals: Floats, targets: Floats) -> tuple[float, Floats]:
    """Mean loss over the rows and its slope at the last totals: p − y for bce and ce."""
    rows = len(targets)
    if loss == "ce":
        shifted = totals - totals.max(1, keepdims=True)
        given = np.exp(shifted) / np.exp(shifted).sum(1, keepdims=True)
        truth = np.eye(totals.shape[1])[targets.astype(int)]
        return float(-np.mean(np.log((given * truth).sum(1) + 1e-15))), (given - truth) / rows
    total = totals[:, 0]
    if loss == "bce":
        value = np.mean(np.logaddexp(0, total) - total * targets)
        return float(value), ((squash("sigmoid", total) - targets) / rows)[:, None]
    error = total - targets
    if loss == "mae":
        return float(np.mean(np.abs(error))), (np.sign(error) / rows)[:, None]
    return float(np.mean(error**2) / 2), (error / rows)[:, None]


def gradients(design: Architecture, fit: Fit, rows: Rows) -> tuple[list[Floats], list[Floats]]:
    """Of every weight (with its L2 pull) and every bias, in one sweep back."""
    totals, reads = forward(fit, design.hidden, rows.inputs)
    _, blame = loss_and_blame(design.loss, totals[-1], rows.targets)
    of_weights: list[Floats] = []
    of_biases: list[Floats] = []
    for layer in range(len(fit.weights) - 1, -1, -1):
        of_weights.insert(0, blame.T @ reads[layer] + design.l2 * fit.weights[layer])
        of_biases.insert(0, blame.sum(0))
        if layer:
            passed = blame @ fit.weights[layer]
            blame = passed * slope(design.hidden, totals[layer - 1], reads[layer])
    return of_weights, of_biases


class Adam:
    """Kingma & Ba 2015, with their constants."""

    def __init__(self, rate: float, parameters: list[Floats]) -> None:
        self.rate = rate
        self.parameters = parameters
        self.means = [np.zeros_like(one) for one in parameters]
        self.squares = [np.zeros_like(one) for one in parameters]
        self.steps = 0

    def step(self, slopes: list[Floats]) -> None:
        self.steps += 1
        for number, slope_here in enumerate(slopes):
            mean, square = self.means[number], self.squares[number]
            mean[...] = 0.9 * mean + 0.1 * slope_here
            square[...] = 0.999 * square + 0.001 * slope_here**2
            unbiased = np.sqrt(square / (1 - 0.999**self.steps)) + 1e-8
            self.parameters[number][...] -= self.rate * mean / (1 - 0.9**self.steps) / unbiased


def _epoch(design: Architecture, fit: Fit, adam: Adam, rows: Rows, order: Floats) -> None:
    for begin in range(0, len(order), BATCH):
        some = order[begin : begin + BATCH].astype(int)
        of_weights, of_biases = gradients(design, fit, Rows(rows.inputs[some], rows.targets[some]))
        adam.step(of_weights + of_biases)


def _loss(design: Architecture, fit: Fit, rows: Rows) -> float:
    return loss_and_blame(
        design.loss, forward(fit, design.hidden, rows.inputs)[0][-1], rows.targets
    )[0]


def train(
    design: Architecture,
    training: Rows,
    validation: Rows,
    seed: int = 0,
    told: Callable[[int, float, float], None] = lambda _epoch, _training, _validation: None,
) -> Fit:
    """Trains to the last epoch, or with early stopping until PATIENCE epochs bring no gain.

    `told` hears every epoch with both losses and may raise Cancelled.
    """
    fit = start(design, seed)
    adam = Adam(design.rate, fit.weights + fit.biases)
    chance = np.random.default_rng(seed + 1)
    best, kept = np.inf, [one.copy() for one in adam.parameters]
    for epoch in range(design.epochs):
        _epoch(design, fit, adam, training, chance.permutation(len(training.inputs)).astype(float))
        fit.training.append(_loss(design, fit, training))
        fit.validation.append(_loss(design, fit, validation))
        told(epoch, fit.training[-1], fit.validation[-1])
        if not design.early_stopping:
            fit.kept = epoch
        elif fit.validation[-1] < best - SMALLEST_GAIN:
            best, fit.kept = fit.validation[-1], epoch
            kept = [one.copy() for one in adam.parameters]
        elif epoch - fit.kept >= PATIENCE:
            break
    if design.early_stopping:
        for one, good in zip(adam.parameters, kept, strict=True):
            one[...] = good
    return fit
