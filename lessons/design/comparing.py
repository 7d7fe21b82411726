"""A design beside the boring models, on the same five folds: scores, differences, a verdict."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from lessons.design.architecture import Architecture
from lessons.design.rows import Floats
from lessons.design.tables import Table
from lessons.design.training import Fit, Rows, forward, train

FOLDS = 5
VALIDATION = 0.2  # of a fold's training rows, kept aside to watch the loss


@dataclass(frozen=True, slots=True)
class Scores:
    """Of every fold: accuracy for yes/no and kinds, root mean squared error for a number."""

    folds: tuple[float, ...]

    @property
    def mean(self) -> float:
        return float(np.mean(self.folds))

    @property
    def spread(self) -> float:
        return float(np.std(self.folds, ddof=1))


def split(table: Table, seed: int = 0) -> list[tuple[Any, Any]]:
    from sklearn.model_selection import KFold, StratifiedKFold

    rows, targets = table.read()
    kind = KFold if table.task == "number" else StratifiedKFold
    return list(kind(FOLDS, shuffle=True, random_state=seed).split(rows, targets))


def net_scores(
    design: Architecture,
    table: Table,
    seed: int = 0,
    told: Callable[[int, int, float, float], None] = lambda *_: None,
) -> tuple[Scores, Fit]:
    """The design on every fold, and the first fold's fit for its curve; `told` hears each epoch."""
    scores: list[float] = []
    fits: list[Fit] = []
    for number, (here, there) in enumerate(split(table)):
        fit, score = _one_fold(design, table, here, there, seed=seed, told=partial(told, number))
        fits.append(fit)
        scores.append(score)
    return Scores(tuple(scores)), fits[0]


def _one_fold(
    design: Architecture,
    table: Table,
    here: Any,
    there: Any,
    *,
    seed: int,
    told: Callable[[int, float, float], None],
) -> tuple[Fit, float]:
    from sklearn.model_selection import train_test_split

    rows, targets = table.read()
    strata = None if table.task == "number" else targets[here]
    learn, watch = train_test_split(here, test_size=VALIDATION, random_state=seed, stratify=strata)
    mean, spread = rows[learn].mean(0), rows[learn].std(0)
    scaled = (rows - mean) / np.where(spread > 0, spread, 1)
    middle, unit = (
        (targets[learn].mean(), targets[learn].std()) if table.task == "number" else (0.0, 1.0)
    )
    wanted = (targets - middle) / unit
    fit = train(
        design, Rows(scaled[learn], wanted[learn]), Rows(scaled[watch], wanted[watch]), seed, told
    )
    totals = forward(fit, design.hidden, scaled[there])[0][-1]
    return fit, _score(table, totals * unit + middle, targets[there])


def _score(table: Table, totals: Floats, truth: Floats) -> float:
    if table.task == "number":
        return float(np.sqrt(np.mean((totals[:, 0] - truth) ** 2)))
    said = totals.argmax(1) if table.task == "kinds" else totals[:, 0] > 0
    return float(np.mean(said == truth))


def boring_models(table: Table) -> dict[str, Any]:
    """The models a design must beat, with scikit-learn's defaults; boosting is tuned as well."""
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
    from sklearn.linear_model import LinearRegression, LogisticRegression
    from sklearn.model_selection import GridSearchCV
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    number = table.task == "number"
    boosting = HistGradientBoostingRegressor if number else HistGradientBoostingClassifier
    line = LinearRegression() if number else LogisticRegression(max_iter=5000)
    choices = {"learning_rate": [0.03, 0.1], "max_leaf_nodes": [4, 15]}
    return {
        "linear": make_pipeline(StandardScaler(), line),
        "boosting": boosting(random_state=0),
        "boosting-tuned": GridSearchCV(boosting(random_state=0), choices, cv=3),
    }


def boring_scores(table: Table, name: str) -> Scores:
    rows, targets = table.read()
    scores = []
    for here, there in split(table):
        model = boring_models(table)[name]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # convergence notes are no news to a learner
            said = model.fit(rows[here], targets[here]).predict(rows[there])
        error = float(np.sqrt(np.mean((said - targets[there]) ** 2)))
        scores.append(error if table.task == "number" else float(np.mean(said == targets[there])))
    return Scores(tuple(scores))


def gain(table: Table, net: Scores, boring: Scores) -> Scores:
    """Fold by fold, how much better the net is; for errors, smaller is better."""
    sign = -1 if table.task == "number" else 1
    pairs = zip(net.folds, boring.folds, strict=True)
    return Scores(tuple(sign * (ours - theirs) for ours, theirs in pairs))


def net_wins(difference: Scores) -> bool:
    """Only a mean paired difference beyond its own spread is worth a bigger model."""
    return difference.mean > difference.spread
