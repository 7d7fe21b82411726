"""Drops 11 and 13: equal budgets wide and deep, and ladders of widths, with their brakes."""

from __future__ import annotations

import numpy as np

from lessons.design.architecture import Architecture
from lessons.design.comparing import boring_scores, net_scores
from lessons.design.scores import Scores
from lessons.design.tables import TABLES

SEEDS = 5
LIGHT, HEAVY = 0.001, 0.03  # L2
LADDER = (1, 2, 4, 8, 16, 32, 64, 128, 256)
OPINIONS = (6, 20, 64)
BY_HEART = (1, 4, 16, 64)
WINE_LADDER = (1, 2, 4, 16, 128)
TWINS = ((25,), (12, 12))


def scores(table: str, hidden: tuple[int, ...], l2: float, *, stopping: bool = True) -> Scores:
    """Five folds; each fold's score is the mean over SEEDS starts."""
    facts = TABLES[table]
    loss = {"yes/no": "bce", "kinds": "ce", "number": "mse"}[facts.task]
    widths = (facts.columns, *hidden, facts.kinds)
    design = Architecture(widths, "relu", facts.output, loss, l2, early_stopping=stopping)
    folds = [net_scores(design, facts, seed)[0].folds for seed in range(SEEDS)]
    return Scores(tuple(float(fold) for fold in np.mean(folds, axis=0)))


def linear(table: str) -> Scores:
    return boring_scores(TABLES[table], "linear")


def learned_by_heart(table: str, width: int) -> tuple[float, float]:
    """The error on the rows learned from and on rows kept aside, trained to the end: no brakes.

    In the quantity's own units; the mean over five folds of SEEDS starts.
    """
    facts = TABLES[table]
    design = Architecture((facts.columns, width, 1), "relu", "linear", "mse")
    last: dict[tuple[int, int], tuple[float, float]] = {}

    for seed in range(SEEDS):

        def told(fold: int, _epoch: int, training: float, aside: float, seed: int = seed) -> None:
            last[seed, fold] = (training, aside)

        net_scores(design, facts, seed, told)
    spread = facts.read()[1].std()  # the loss is half a square of standardised errors
    both = spread * np.sqrt(2 * np.array(list(last.values()))).mean(0)
    return float(both[0]), float(both[1])
