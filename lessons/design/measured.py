"""Boring models measured once: too slow for every training, or wanted before any.

`dropwise lessons evidence` prints them afresh; a test compares.
"""

from __future__ import annotations

from collections.abc import Mapping

from lessons.design.scores import Scores

LINE: Mapping[str, Scores] = {
    "tumours": Scores((0.9561, 0.9737, 0.9825, 1, 0.9823)),
    "wine": Scores((1, 0.9722, 0.9722, 0.9714, 1)),
    "diabetes": Scores((58.5172, 53.767, 54.448, 53.4316, 52.4721)),
    "diabetes-high": Scores((0.6517, 0.8315, 0.7614, 0.7159, 0.7727)),
    "staircase": Scores((0.5875, 0.5925, 0.59, 0.595, 0.57)),
    "smooth": Scores((0.915, 0.91, 0.8925, 0.905, 0.8875)),
    "ring": Scores((0.55, 0.55, 0.525, 0.55, 0.5417)),
}

TUNED: Mapping[str, Scores] = {  # boosting, two choices of two values by 3 folds inside each
    "tumours": Scores((0.9474, 0.9912, 0.9737, 0.9561, 0.9735)),
    "wine": Scores((0.9722, 0.9722, 1.0, 0.9714, 0.9714)),
    "diabetes": Scores((62.7531, 52.4827, 52.7506, 57.8067, 56.7706)),
    "diabetes-high": Scores((0.6517, 0.8202, 0.7386, 0.7386, 0.7045)),
    "staircase": Scores((0.86, 0.8425, 0.875, 0.855, 0.86)),
    "smooth": Scores((0.93, 0.9125, 0.9025, 0.9125, 0.895)),
    "ring": Scores((0.95, 0.9167, 0.9167, 0.9083, 0.9333)),
}
