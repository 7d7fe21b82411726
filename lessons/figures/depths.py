"""Depth: doors that shrink the blame, the time it costs, and what folding buys."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from itertools import accumulate, pairwise
from operator import mul

from lessons.figures.card import MARGIN, MIDDLE, RIGHT, TALL, Card
from lessons.figures.ink import (
    BLUE,
    GREEN,
    INK,
    LABEL,
    MINT,
    NUMBER,
    PAPER,
    SKY,
    Pen,
)
from lessons.figures.plot import Plot
from lessons.figures.recipe import Recipe
from lessons.figures.values import number, shown, vector, words

_WEDGE = 330  # the middle of the shrinking wedge


def doors(values: Mapping[str, str]) -> Card:
    """Blame on its way back: a wedge that every sigmoid narrows, beside ReLUs that are on."""
    slopes = vector(values, "slopes")
    if not 1 <= len(slopes) <= 6 or not all(0 < s <= 1 for s in slopes):
        raise ValueError("slopes are one to six numbers above 0 and at most 1")
    left = list(accumulate(slopes, mul, initial=Fraction(1)))
    card = Card(values["title"], TALL)
    card.text(_WEDGE, 190, values["sigmoid"], LABEL.tinted(BLUE).heavy)
    card.text(900, 190, values["relu"], LABEL.tinted(GREEN).heavy)
    pitch = 1030 / len(slopes)
    ys = [250 + pitch * row for row in range(len(left))]
    halves = [max(250 * float(blame), 3) for blame in left]
    for (y0, y1), (wide, narrow) in zip(pairwise(ys), pairwise(halves), strict=True):
        sides = ((_WEDGE - wide, y0), (_WEDGE + wide, y0), (_WEDGE + narrow, y1))
        card.shape([*sides, (_WEDGE - narrow, y1)], SKY, Pen(BLUE, 3))
    card.box((870, ys[0]), (60, ys[-1] - ys[0]), MINT, Pen(GREEN, 3), radius=0)
    for row, (y, half, blame) in enumerate(zip(ys, halves, left, strict=True)):
        if row:
            card.stroke([(MARGIN, y), (_WEDGE - half - 10, y)], Pen(INK, 8))
            card.stroke([(_WEDGE + half + 10, y), (580, y)], Pen(INK, 8))
        card.text(820, y, str(blame), NUMBER.right.heavy.tinted(BLUE).fitted(str(blame), 220))
        card.text(RIGHT - 20, y, "1", NUMBER.heavy.tinted(GREEN))
    return card


def steps_to_loss(values: Mapping[str, str]) -> Card:
    """Steps to one training loss, on a scale where each factor of ten is as long as the last."""
    depths, slow, fast = (vector(values, key) for key in ("depths", "sigmoid", "relu"))
    longest, most = math.log10(max(slow + fast)), number(values, "most")
    card = Card(values["title"])
    for row, (depth, steps) in enumerate(zip(depths, zip(slow, fast, strict=True), strict=True)):
        y = 180 + 255 * row
        card.text(MARGIN, y + 14, f"{shown(depth)} {values['layers']}", LABEL.left.sized(44))
        for bar, (taken, name) in enumerate(zip(steps, ("sigmoid", "ReLU"), strict=True)):
            top = y + 50 + 86 * bar
            length = max(700 * math.log10(taken) / longest, 8)
            fill, pen = (MINT, Pen(GREEN, 4)) if bar else (BLUE, None)
            card.box((MARGIN, top), (length, 72), fill, pen, radius=8)
            ink = GREEN if bar else BLUE
            style = NUMBER.left.heavy.tinted(ink).sized(52)
            told = shown(taken) if taken < most else f"{values['over']} {shown(most)}"
            card.text(MARGIN + length + 24, top + 36, told, style)
            inside = LABEL.left.tinted(GREEN if bar else PAPER).heavy
            card.text(MARGIN + 24, top + 36, name, inside)
    footer = words(values, "footer")
    card.lines(MIDDLE, 1026 - 62 * (len(footer) - 1), footer, LABEL.sized(44))
    return card


def tent(x: float) -> float:
    return 2 * max(x, 0) - 4 * max(x - 0.5, 0)


def folding(values: Mapping[str, str]) -> Card:
    """The tent map fed into itself: two more units, twice the pieces."""
    card = Card(values["title"], TALL)
    for row in range(3):
        folds = row + 1
        plot = Plot((MARGIN, 260 + 365 * row), (RIGHT - MARGIN, 240), (0, 1), (0, 1))
        y = 212 + 365 * row
        card.text(MARGIN, y, f"{2 * folds} {values['units']}", NUMBER.left.heavy.sized(48))
        card.text(
            RIGHT, y, f"{2**folds} {values['pieces']}", NUMBER.right.tinted(BLUE).heavy.sized(48)
        )
        plot.floor(card, [(0, "0"), (1, "1")] if row == 2 else ())
        corners = []
        for corner in range(2**folds + 1):
            height = corner / 2**folds
            for _ in range(folds):
                height = tent(height)
            corners.append((corner / 2**folds, height))
        card.stroke(plot.path(corners), Pen(BLUE, 8))
    return card


RECIPES = {
    "doors": Recipe(
        doors,
        {
            "title": "Blame through six doors",
            "sigmoid": "sigmoid",
            "relu": "ReLU, on",
            "slopes": "1/4, 1/4, 1/4, 1/4, 1/4, 1/4",
        },
    ),
    "steps-to-loss": Recipe(
        steps_to_loss,
        {
            "title": "Steps to the same loss",
            "layers": "hidden layers",
            "footer": "",
            "over": ">",
            "most": "3000",
        },
        {"depths": "2, 4, 6", "sigmoid": "96, 305, 2873", "relu": "14, 12, 14"},
    ),
    "folding": Recipe(folding, {"title": "Depth folds", "units": "units", "pieces": "pieces"}),
}
