"""Two curves: what was trained on and what was held out, by width and by epoch."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from lessons.figures.card import MARGIN, MIDDLE, RIGHT, Card
from lessons.figures.ink import BLUE, GREEN, LABEL, NUMBER, PAPER, RUST, Pen
from lessons.figures.plot import Plot
from lessons.figures.recipe import Recipe
from lessons.figures.values import number, rounded, shown, vector


def width_curve(values: Mapping[str, str]) -> Card:
    """Width against training and validation: what is learned by heart keeps falling."""
    sizes = vector(values, "widths")
    training, held_out = vector(values, "training"), vector(values, "validation")
    card = Card(values["title"])
    heights = [float(v) for v in training + held_out]
    plot = _window((math.log(sizes[0]), math.log(sizes[-1])), heights)
    plot.floor(card, [(math.log(size), shown(size)) for size in sizes])
    card.text(MIDDLE, 1024, values["axis"], LABEL)
    xs = [math.log(size) for size in sizes]
    _both(card, plot, xs, values)
    return card


def loss_curve(values: Mapping[str, str]) -> Card:
    """Loss by epoch for both halves of the data, the bar to beat, the epoch that was kept."""
    training, held_out = vector(values, "training"), vector(values, "validation")
    kept, bar = int(number(values, "kept")), float(number(values, "baseline"))
    if not 1 <= kept <= len(held_out):
        raise ValueError("kept is an epoch, counted from 1")
    card = Card(values["title"])
    heights = [float(v) for v in training + held_out] + [bar]
    plot = _window((1, max(len(held_out), 2)), heights)
    plot.level(card, bar, Pen(GREEN, 5).dashed)
    words_ = f"{values['baseline_name']} {rounded(number(values, 'baseline'))}"
    card.text(MARGIN, 176, words_, NUMBER.left.heavy.tinted(GREEN).sized(44))
    words_ = f"{values['kept_name']} {rounded(held_out[kept - 1])}"
    card.text(RIGHT, 176, words_, NUMBER.right.heavy.tinted(RUST).sized(44))
    first = [(1, "1")] if plot.x(kept) - plot.x(1) > 80 else []
    plot.floor(card, [*first, (kept, str(kept))])
    card.text(MIDDLE, 1024, values["axis"], LABEL)
    epochs = [float(epoch + 1) for epoch in range(len(held_out))]
    _both(card, plot, epochs, values)
    at = plot.at(kept, float(held_out[kept - 1]))
    card.stroke([at, (at[0], plot.y(plot.up[0]))], Pen(RUST, 4).dotted)
    card.disc(at, 24, PAPER, Pen(RUST, 6))
    return card


def _window(across: tuple[float, float], heights: Sequence[float]) -> Plot:
    low, high = min(heights), max(heights)
    pad = 0.08 * (high - low or 1)
    return Plot((MARGIN, 240), (640, 670), across, (low - pad, high + pad))


def _both(card: Card, plot: Plot, xs: Sequence[float], values: Mapping[str, str]) -> None:
    """Training dashed, held out whole; name and last value at the ends, never on one another."""
    ends = []
    for key, ink in (("training", BLUE), ("validation", RUST)):
        line = vector(values, key)
        points = plot.path(zip(xs, map(float, line), strict=True))
        card.stroke(points, Pen(ink, 7) if key == "validation" else Pen(ink, 7).dashed)
        ends.append((points[-1][1], values[f"{key}_name"], rounded(line[-1]), ink))
    ends.sort()
    (y0, *_), (y1, *_) = ends
    x, y0 = plot.x(xs[-1]) + 28, min(max(y0, 280), 730)
    for y, (_, name, value, ink) in zip((y0, min(max(y1, y0 + 120), 850)), ends, strict=True):
        card.text(x, y - 26, name, LABEL.left.tinted(ink))
        card.text(x, y + 26, value, NUMBER.left.heavy.tinted(ink).sized(48))


RECIPES = {
    "width-curve": Recipe(
        width_curve,
        {
            "title": "Wider: learned by heart",
            "training_name": "training",
            "validation_name": "held out",
            "axis": "hidden units",
        },
        {
            "widths": "1, 4, 16, 64, 256",
            "training": "53.6, 50.7, 45.1, 35.4, 33.4",
            "validation": "55.1, 55.8, 58.6, 64.1, 64.8",
        },
    ),
    "loss-curve": Recipe(
        loss_curve,
        {
            "training_name": "training",
            "validation_name": "held out",
            "baseline_name": "to beat:",
            "kept_name": "kept:",
            "axis": "epoch",
        },
        {
            "title": "A tie with the boring model",
            "training": "0.651, 0.616, 0.587, 0.563, 0.542, 0.524, 0.510, 0.497, 0.487, 0.478, "
            "0.470, 0.463, 0.456, 0.451, 0.446, 0.441, 0.437, 0.434, 0.430, 0.427",
            "validation": "0.665, 0.639, 0.618, 0.600, 0.586, 0.575, 0.568, 0.564, 0.563, 0.563, "
            "0.565, 0.567, 0.570, 0.573, 0.576, 0.580, 0.584, 0.587, 0.590, 0.593",
            "kept": "9",
            "baseline": "0.579",
        },
    ),
}
