"""Scores of a model on five folds, and when a difference between two models means something."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean, stdev

from lessons.design.tables import Table

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Scores:
    """Of every fold: accuracy for yes/no and kinds, root mean squared error for a number."""

    folds: tuple[float, ...]

    @property
    def mean(self) -> float:
        return fmean(self.folds)

    @property
    def spread(self) -> float:
        return stdev(self.folds)


def gain(table: Table, net: Scores, boring: Scores) -> Scores:
    """Fold by fold, how much better the net is; for errors, smaller is better."""
    sign = -1 if table.task == "number" else 1
    pairs = zip(net.folds, boring.folds, strict=True)
    return Scores(tuple(sign * (ours - theirs) for ours, theirs in pairs))


def net_wins(difference: Scores) -> bool:
    """Only a mean paired difference beyond its own spread is worth a bigger model."""
    return difference.mean > difference.spread
