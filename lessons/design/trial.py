"""A design tried: what five folds said of it, of a straight line and of boosted trees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from lessons.design.architecture import Architecture
from lessons.design.tables import Table

Told: TypeAlias = Callable[[int, int, float, float], None]  # fold, epoch, training, validation


@dataclass(frozen=True, slots=True)
class Trial:
    """Scores fold by fold, and the first fold's losses by epoch."""

    net: tuple[float, ...]
    line: tuple[float, ...]
    boosting: tuple[float, ...]
    training: tuple[float, ...]
    validation: tuple[float, ...]
    kept: int  # the epoch whose parameters were kept, from 1
    bar: float  # the line's loss on the rows of `validation`


def tried(design: Architecture, table: Table, seed: int, told: Told) -> Trial:
    """The same design, table and seed make the same trial; `told` hears every epoch."""
    from lessons.design.comparing import bar, boring_scores, net_scores

    net, fit = net_scores(design, table, seed, told)
    return Trial(
        net.folds,
        boring_scores(table, "linear").folds,
        boring_scores(table, "boosting").folds,
        tuple(fit.training),
        tuple(fit.validation),
        fit.kept + 1,
        bar(design, table, seed),
    )
