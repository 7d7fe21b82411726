"""Drop 12: two ReLU units can do XOR; how often training from a random start finds them."""

from __future__ import annotations

import numpy as np

from lessons.design.rows import Floats
from lessons.design.training import Adam

INPUTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)
TARGETS = np.array([0, 1, 1, 0], float)
WIDTHS = (2, 3, 4, 6, 8, 16)
STARTS = 2000
STEPS = 3000
RATE = 0.02


def success(width: int, starts: int = STARTS, steps: int = STEPS, seed: int = 0) -> float:
    """The share of He starts from which full-batch Adam gets all four rows right."""
    chance = np.random.default_rng(seed)
    parameters = [
        chance.normal(0, 1, (starts, width, 2)),
        np.zeros((starts, width)),
        chance.normal(0, np.sqrt(2 / width), (starts, width)),
        np.zeros(starts),
    ]
    adam = Adam(RATE, parameters)
    for _ in range(steps):
        adam.step(_slopes(parameters))
    totals, _, _ = _forward(parameters)
    return float(((totals > 0) == (TARGETS > 0)).all(1).mean())


def _forward(parameters: list[Floats]) -> tuple[Floats, Floats, Floats]:
    weights, biases, outgoing, bias = parameters
    sums = np.einsum("smi,ni->snm", weights, INPUTS) + biases[:, None, :]
    hidden = np.maximum(sums, 0)
    return np.einsum("snm,sm->sn", hidden, outgoing) + bias[:, None], hidden, sums


def _slopes(parameters: list[Floats]) -> list[Floats]:
    totals, hidden, sums = _forward(parameters)
    blame = (1 / (1 + np.exp(-np.clip(totals, -50, 50))) - TARGETS) / len(TARGETS)
    passed = blame[:, :, None] * parameters[2][:, None, :] * (sums > 0)
    return [
        np.einsum("snm,ni->smi", passed, INPUTS),
        passed.sum(1),
        np.einsum("sn,snm->sm", blame, hidden),
        blame.sum(1),
    ]
