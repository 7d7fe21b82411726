"""A design beside the boring models, on the same five folds."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from lessons.design.architecture import Architecture
from lessons.design.rows import Floats
from lessons.design.scores import FOLDS, Scores
from lessons.design.tables import Table
from lessons.design.training import Fit, Rows, forward, loss_and_blame, train

VALIDATION = 0.2  # of a fold's training rows, kept aside to watch the loss


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
        fold = _fold(table, here, there, seed)
        fit = train(design, fold.learn, fold.watch, seed, partial(told, number))
        totals = forward(fit, design.hidden, fold.score.inputs)[0][-1]
        fits.append(fit)
        scores.append(_score(table, totals * fold.unit + fold.middle, fold.score.targets))
    return Scores(tuple(scores)), fits[0]


@dataclass(frozen=True, slots=True)
class _Fold:
    """The rows to learn from, those to watch, and the ones to score on, as the net reads them."""

    learn: Rows
    watch: Rows
    score: Rows
    middle: float  # of a quantity's own units
    unit: float


def _fold(table: Table, here: Any, there: Any, seed: int) -> _Fold:
    """Everything is standardised by what the net learns from, and by nothing else."""
    from sklearn.model_selection import train_test_split

    rows, targets = table.read()
    number = table.task == "number"
    strata = None if number else targets[here]
    learn, watch = train_test_split(here, test_size=VALIDATION, random_state=seed, stratify=strata)
    mean, spread = rows[learn].mean(0), rows[learn].std(0)
    scaled = (rows - mean) / np.where(spread > 0, spread, 1)
    middle, unit = (targets[learn].mean(), targets[learn].std()) if number else (0.0, 1.0)
    wanted = (targets - middle) / unit
    return _Fold(
        Rows(scaled[learn], wanted[learn]),
        Rows(scaled[watch], wanted[watch]),
        Rows(scaled[there], targets[there]),
        middle,
        unit,
    )


def bar(design: Architecture, table: Table, seed: int = 0) -> float:
    """The straight line's loss on the rows that the first fold's curve is watched on."""
    here, there = split(table)[0]
    fold = _fold(table, here, there, seed)
    line = boring_models(table)["linear"].fit(fold.learn.inputs, fold.learn.targets)
    said = line.predict if table.task == "number" else line.decision_function
    totals = said(fold.watch.inputs)
    shaped = totals if totals.ndim == 2 else totals[:, None]
    return loss_and_blame(design.loss, shaped, fold.watch.targets)[0]


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
