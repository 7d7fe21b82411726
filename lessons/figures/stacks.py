"""Networks as widths: the conveyor, a learner's blueprint, two designs of one price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from lessons.figures.card import MARGIN, MIDDLE, RIGHT, TALL, Card
from lessons.figures.ink import (
    BLUE,
    BOLD,
    GREEN,
    INK,
    LABEL,
    MINT,
    MIST,
    MONO,
    NUMBER,
    PAPER,
    QUIET,
    SKY,
    Pen,
)
from lessons.figures.recipe import Recipe
from lessons.figures.values import widths

BADGE = LABEL.tinted(GREEN).heavy


def price(before: int, after: int) -> int:
    """What it costs to go from one width to the next: weights and biases."""
    return (before + 1) * after


def _total(sizes: Sequence[int]) -> int:
    return sum(price(a, b) for a, b in pairwise(sizes))


def stack(values: Mapping[str, str]) -> Card:
    """A conveyor from the inputs down, what each step costs beside it, the sum at the foot."""
    sizes = widths(values, "widths")
    if len(sizes) > 5:
        raise ValueError("widths of five layers at most fit on the conveyor")
    card = Card(values["title"], TALL)
    pitch = (1180 - 170) / len(sizes)
    last = len(sizes) - 1
    for row, width in enumerate(sizes):
        y = 170 + pitch * row
        key = "inputs" if row == 0 else "units" if row < last else "output"
        card.box((290, y), (500, 116), SKY if 0 < row < last else MIST, Pen(INK, 4))
        card.text(MIDDLE, y + 58, f"{width} {values[key]}", NUMBER.heavy.sized(52))
    for row, (before, after) in enumerate(pairwise(sizes)):
        top, middle = 170 + pitch * row + 122, 170 + pitch * row + (pitch + 116) / 2
        card.arrow((MIDDLE, top), (MIDDLE, top + pitch - 130), Pen(INK, 10))
        card.text(610, middle, f"({before} + 1) × {after}", LABEL.left.sized(44))
        card.text(RIGHT, middle, str(price(before, after)), MONO.right.heavy)
        if row < last - 1:
            card.box((270, middle - 36), (190, 72), PAPER, Pen(BLUE, 4), radius=36)
            card.text(365, middle, values["squash"], LABEL.tinted(BLUE).heavy)
    _sum(card, values["total"], str(_total(sizes)))
    return card


def blueprint(values: Mapping[str, str]) -> Card:
    """Bars as long as the square root of the width; many layers are cut short in the middle."""
    sizes = widths(values, "widths")
    cut = len(sizes) > 6
    shown: list[int | None] = [*sizes[:3], None, *sizes[-2:]] if cut else [*sizes]
    card = Card(values["title"], TALL)
    design = "-".join("…" if width is None else str(width) for width in shown)
    card.text(MARGIN, 178, design, MONO.left.fitted(design, RIGHT - MARGIN))
    pitch = (1010 - 290) / max(len(shown) - 1, 3)
    longest = max(sizes) ** 0.5
    for row, width in enumerate(shown):
        y = 290 + pitch * row
        if width is None:
            card.text(400, y, "⋮", NUMBER.heavy)
            continue
        _layer(card, y, width, 600 * width**0.5 / longest, last=row == len(shown) - 1)
        if row and (above := shown[row - 1]) is not None:
            card.arrow((400, y - pitch + 48), (400, y - 46), Pen(INK, 6))
            card.text(RIGHT, y - pitch / 2, f"{price(above, width):,}", MONO.right.sized(52))
            if row < len(shown) - 1:
                card.text(430, y - pitch / 2, values["squash"], LABEL.left.tinted(BLUE))
    beside = 430 + max(600 * sizes[-1] ** 0.5 / longest, 130) / 2
    card.text(beside, 290 + pitch * (len(shown) - 1), values["output"], BADGE.left)
    card.box((MARGIN, 1092), (RIGHT - MARGIN, 76), MINT, radius=38)
    card.text(MIDDLE, 1130, values["loss"], BADGE)
    _sum(card, values["total"], f"{_total(sizes):,}")
    return card


def _sum(card: Card, word: str, total: str) -> None:
    """The price at the foot, under its rule."""
    card.stroke([(MARGIN, 1204), (RIGHT, 1204)], BOLD)
    card.text(MARGIN, 1268, word, LABEL.left.tinted(INK))
    card.text(RIGHT, 1268, total, MONO.right.heavy.sized(72))


def _layer(card: Card, y: float, width: int, length: float, *, last: bool) -> None:
    length = max(length, 130)
    ink, fill = (GREEN, MINT) if last else (INK, SKY)
    card.box((400 - length / 2, y - 40), (length, 80), fill, Pen(ink, 4), radius=40)
    card.text(400, y, str(width), NUMBER.heavy.tinted(ink).sized(48))


def twins_price(values: Mapping[str, str]) -> Card:
    """Two receipts, one total."""
    card = Card(values["title"])
    for row, key in enumerate(("wide", "deep")):
        sizes = widths(values, key)
        y = 180 + 430 * row
        card.box((MARGIN, y), (RIGHT - MARGIN, 380), SKY if row == 0 else MINT)
        ink = BLUE if row == 0 else GREEN
        card.text(MARGIN + 50, y + 80, values[key], MONO.left.heavy.tinted(ink).sized(68))
        parts = " + ".join(str(price(a, b)) for a, b in pairwise(sizes))
        card.text(MARGIN + 50, y + 190, parts, MONO.left.fitted(parts, 820))
        card.stroke([(MARGIN + 50, y + 248), (RIGHT - 50, y + 248)], Pen(QUIET, 4))
        card.text(MARGIN + 50, y + 312, values["total"], LABEL.left.tinted(INK))
        card.text(RIGHT - 50, y + 312, str(_total(sizes)), MONO.right.heavy.sized(72))
    return card


RECIPES = {
    "stack": Recipe(
        stack,
        {
            "title": "The conveyor",
            "inputs": "inputs",
            "units": "units",
            "output": "output",
            "squash": "ReLU",
            "total": "numbers to learn",
        },
        {"widths": "4-3-2-1"},
    ),
    "blueprint": Recipe(
        blueprint,
        {"title": "Your blueprint", "total": "numbers to learn"},
        {
            "widths": "30-16-8-1",
            "squash": "ReLU",
            "output": "sigmoid",
            "loss": "loss: binary cross-entropy",
        },
    ),
    "twins-price": Recipe(
        twins_price,
        {"title": "Same price, two designs", "total": "numbers to learn"},
        {"wide": "10-25-1", "deep": "10-12-12-1"},
    ),
}
