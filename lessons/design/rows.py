"""The rows of the studio's tables: four ship with scikit-learn, three are made from a seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]


def _tumours() -> tuple[Floats, Floats]:
    """1 is malignant: scikit-learn's own coding is the other way round."""
    from sklearn.datasets import load_breast_cancer

    data = load_breast_cancer()
    return data.data, 1.0 - data.target


def _wine() -> tuple[Floats, Floats]:
    from sklearn.datasets import load_wine

    data = load_wine()
    return data.data, data.target.astype(float)


def _diabetes() -> tuple[Floats, Floats]:
    """Unscaled: the default columns were scaled with the whole table's mean."""
    from sklearn.datasets import load_diabetes

    data = load_diabetes(scaled=False)
    return data.data, data.target


def _diabetes_high() -> tuple[Floats, Floats]:
    """Sex becomes two columns; yes is above the median."""
    rows, target = _diabetes()
    sex = rows[:, 1]
    encoded = np.column_stack([rows[:, 0], sex == 1, sex == 2, rows[:, 2:]]).astype(float)
    return encoded, (target > np.median(target)).astype(float)


def _staircase() -> tuple[Floats, Floats]:
    """Four columns act in steps, twenty are useless."""
    chance = np.random.default_rng(0)
    rows = chance.uniform(-1, 1, (2000, 24))
    first, second, third, fourth = rows[:, :4].T
    height = (
        2 * (first > 0.3)
        - 3 * ((second > -0.2) & (second < 0.4))
        + 2 * ((third > 0) & (first < -0.2))
        + 1.5 * (fourth > 0.6)
    )
    return rows, (height + chance.normal(0, 0.5, 2000) > np.median(height)).astype(float)


def _smooth() -> tuple[Floats, Floats]:
    """A smooth function of directions that lie across the columns."""
    chance = np.random.default_rng(0)
    rows = chance.normal(size=(2000, 8))
    directions = rows @ (chance.normal(size=(3, 8)) / np.sqrt(8)).T
    height = np.sin(1.5 * directions[:, 0]) * 2 + directions[:, 1] * directions[:, 2]
    return rows, (height + chance.normal(0, 0.2, 2000) > 0).astype(float)


def _ring() -> tuple[Floats, Floats]:
    """Inside a circle or outside it, three rows in a hundred told wrongly."""
    chance = np.random.default_rng(0)
    rows = chance.normal(size=(600, 2)) * 1.2
    inside = (rows**2).sum(1) < 1.6
    mistold = chance.random(600) < 0.03
    return rows, (inside ^ mistold).astype(float)


READERS: Mapping[str, Callable[[], tuple[Floats, Floats]]] = {
    "tumours": cache(_tumours),
    "wine": cache(_wine),
    "diabetes": cache(_diabetes),
    "diabetes-high": cache(_diabetes_high),
    "staircase": cache(_staircase),
    "smooth": cache(_smooth),
    "ring": cache(_ring),
}
