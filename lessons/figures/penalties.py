"""The loss: a bowl with balls, a step down it, a surprise, good and bad rates."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

from lessons.figures.card import MARGIN, RIGHT, Card
from lessons.figures.ink import (
    BLUE,
    GREEN,
    INK,
    LABEL,
    NUMBER,
    PAPER,
    RUST,
    THIN,
    Pen,
)
from lessons.figures.plot import Plot
from lessons.figures.recipe import Recipe
from lessons.figures.values import mixed, number, shown, vector, words


def bowl(values: Mapping[str, str]) -> Card:
    """½e², a ball for each row of the batch, and the mean as a level."""
    errors = vector(values, "e")
    penalties = [e * e / 2 for e in errors]
    mean = sum(penalties, start=Fraction(0)) / len(penalties)
    card = Card(values["title"])
    plot = _bowl(card, max(map(abs, errors)))
    plot.floor(card, [(float(e), shown(e)) for e in sorted(set(errors))])
    plot.level(card, float(mean), Pen(GREEN, 5).dashed)
    words_ = f"{values['mean']} {shown(mean)}"
    card.text(MARGIN, plot.y(float(mean)) - 44, words_, NUMBER.left.heavy.tinted(GREEN).sized(48))
    for e, penalty, name in zip(errors, penalties, words(values, "names"), strict=True):
        x, y = plot.at(float(e), float(penalty))
        card.disc((x, y), 26, RUST, Pen(PAPER, 4))
        style = NUMBER.heavy.tinted(RUST)
        inside = 2 * abs(e) > max(map(abs, errors))
        if inside == (e >= 0):
            card.text(x - 48, y - 30, f"{name} {shown(penalty)}", style.right)
        else:
            card.text(x + 52, y - 30, f"{name} {shown(penalty)}", style.left)
    return card


def _bowl(card: Card, reach: Fraction) -> Plot:
    wide = 1.5 * float(reach or 1)
    deep = 0.55 * wide * wide / 2
    plot = Plot((MARGIN, 190), (RIGHT - MARGIN, 720), (-wide, wide), (0, deep))
    edge = (2 * deep) ** 0.5
    card.stroke(plot.curve(lambda e: e * e / 2, (-edge, edge)), Pen(BLUE, 8))
    return plot


def bowl_step(values: Mapping[str, str]) -> Card:
    """One step down the bowl: where it was, how steep it is there, where it is now."""
    before, after = number(values, "before"), number(values, "after")
    if before in (0, after):
        raise ValueError("a step starts where the slope is not 0, and moves")
    e0, e1 = float(before), float(after)
    low, high = min(e0, e1, 0), max(e0, e1, 0)
    pad, deep = 0.16 * (high - low), max(e0 * e0, e1 * e1) / 2
    card = Card(values["title"])
    span = (low - pad, high + pad)
    plot = Plot((MARGIN, 230), (RIGHT - MARGIN, 690), span, (0, 1.2 * deep))
    edge = (2.4 * deep) ** 0.5
    card.stroke(
        plot.curve(lambda e: e * e / 2, (max(span[0], -edge), min(span[1], edge))), Pen(BLUE, 8)
    )
    plot.floor(card, [(float(e), shown(e)) for e in (before, after)])
    _steepness(card, plot, before, values["slope"])
    _balls(card, plot, before, after)
    away = 90 if e1 < e0 else -90
    card.arrow((plot.x(e0) - away, 968), (plot.x(e1) + away, 968), Pen(RUST, 8))
    card.text((plot.x(e0) + plot.x(e1)) / 2, 1016, values["step"], LABEL.tinted(RUST))
    return card


def _steepness(card: Card, plot: Plot, before: Fraction, word: str) -> None:
    """The tangent where the step begins, and how steep it is."""
    e0 = float(before)
    card.stroke(plot.path([(e0, e0 * e0 / 2), (e0 / 2, 0)]), Pen(INK, 5).dashed)
    x, y = plot.at(0.72 * e0, 0.22 * e0 * e0)
    side = LABEL.tinted(INK).sized(48).heavy
    outward = 40 if e0 > 0 else -40
    text = f"{word} {shown(before)}"
    card.text(x + outward, y + 40, text, side.left if e0 > 0 else side.right)


def _balls(card: Card, plot: Plot, before: Fraction, after: Fraction) -> None:
    """Hollow where it was, filled where it is, each with its loss on the inner side."""
    style = NUMBER.heavy.tinted(RUST)
    inward = -1 if before > 0 else 1
    x, y = plot.at(float(before), float(before * before / 2))
    card.disc((x, y), 28, PAPER, Pen(RUST, 6).dashed)
    beside = style.right if before > 0 else style.left
    card.text(x + 52 * inward, y - 10, f"L = {shown(before * before / 2)}", beside)
    x, y = plot.at(float(after), float(after * after / 2))
    card.disc((x, y), 28, RUST, Pen(PAPER, 4))
    card.text(
        min(max(x + 70 * inward, 280), 800), y - 110, f"L = {shown(after * after / 2)}", style
    )


def surprise(values: Mapping[str, str]) -> Card:
    """−ln p for probabilities given to what happened."""
    chances = vector(values, "p")
    if not all(0 < p <= 1 for p in chances):
        raise ValueError("p are probabilities above 0 and at most 1")
    heights = [-math.log(p) for p in chances]
    card = Card(values["title"])
    plot = Plot((MARGIN, 240), (RIGHT - MARGIN, 640), (-0.5, len(chances) - 0.5), (0, max(heights)))
    half = 0.3 * plot.size[0] / len(chances)
    for column, (p, height) in enumerate(zip(chances, heights, strict=True)):
        x, y = plot.at(column, height)
        card.box((x - half, y), (2 * half, plot.y(0) - y), BLUE, radius=0)
        card.text(x, y - 44, f"{height:.2f}", NUMBER.heavy.tinted(BLUE).sized(52))
        card.text(x, plot.y(0) + 56, mixed(p), NUMBER.sized(64))
    plot.floor(card, (), Pen(INK, 5))
    card.text(540, 1006, values["axis"], LABEL)
    return card


def steps_by_rate(values: Mapping[str, str]) -> Card:
    """The loss after one step for each rate; what leaves the window is an arrow with its number."""
    rates, losses = vector(values, "rates"), vector(values, "losses")
    start = number(values, "start")
    window = float(start) * 1.3
    card = Card(values["title"])
    plot = Plot((300, 250), (540, 740), (0, window), (0, 1))
    best = min(losses)
    card.text(MARGIN, 200, values["rate"], LABEL.left)
    card.text(plot.x(float(start)), 200, f"{values['before']} {shown(start)}", LABEL.sized(44))
    card.stroke([(plot.x(float(start)), 236), (plot.x(float(start)), 1010)], THIN.dashed)
    pitch = 760 / len(rates)
    for row, (rate, loss) in enumerate(zip(rates, losses, strict=True)):
        y = 240 + pitch * (row + 0.5)
        ink = GREEN if loss == best else RUST if loss > start else BLUE
        card.text(MARGIN, y, shown(rate), NUMBER.left.sized(52))
        end = plot.x(min(float(loss), window))
        if loss > window:
            card.arrow((plot.x(0), y), (end + 20, y), Pen(ink, 12))
        else:
            card.stroke([(plot.x(0), y), (end, y)], Pen(ink, 12))
            card.disc((end, y), 22, ink)
        card.text(RIGHT, y, shown(loss), NUMBER.right.heavy.tinted(ink).sized(52))
    return card


RECIPES = {
    "bowl": Recipe(
        bowl,
        {"title": "Every miss rolls up the bowl", "mean": "mean", "names": "A | B | C"},
        {"e": "5, -2, 1"},
    ),
    "bowl-step": Recipe(
        bowl_step,
        {"title": "One step down", "slope": "slope", "step": "one step"},
        {"before": "5", "after": "0.96"},
    ),
    "surprise": Recipe(
        surprise,
        {
            "title": "How surprised: −ln p",
            "p": "1/8, 1/4, 1/2, 3/4, 7/8",
            "axis": "p given to what happened",
        },
    ),
    "steps-by-rate": Recipe(
        steps_by_rate,
        {"title": "The loss after one step", "rate": "rate", "before": "before"},
        {
            "rates": "0.005, 0.01, 0.02, 0.04, 0.05, 0.1",
            "losses": "7.915, 4.396, 0.461, 4.381, 11.883, 98",
            "start": "12.5",
        },
    ),
}
