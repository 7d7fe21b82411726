"""Cards to keep: a table at a glance, the way so far, a proof that anyone can run again."""

from __future__ import annotations

from collections.abc import Mapping

from lessons.figures.card import MARGIN, MIDDLE, RIGHT, TALL, Card, Point
from lessons.figures.ink import BLUE, GREEN, INK, LABEL, MINT, MONO, NUMBER, PAPER, QUIET, Pen
from lessons.figures.recipe import Recipe
from lessons.figures.values import number, vector, words


def table_card(values: Mapping[str, str]) -> Card:
    """A table at a glance: its size, its question, its oddity, the score to beat."""
    card = Card(values["title"])
    for x, key in ((MARGIN, "rows"), (560, "columns")):
        card.text(x, 230, values[key], NUMBER.left.heavy.sized(96))
        card.text(x, 320, values[f"{key}_name"], LABEL.left)
    card.stroke([(MARGIN, 384), (RIGHT, 384)], Pen(INK, 5))
    for y, key in ((436, "target"), (626, "odd")):
        card.text(MARGIN, y, values[f"{key}_name"], LABEL.left)
        card.lines(MARGIN, y + 56, words(values, key), LABEL.left.tinted(INK).sized(44))
    card.box((MARGIN, 830), (RIGHT - MARGIN, 180), MINT)
    card.text(MARGIN + 40, 880, values["baseline_name"], LABEL.left.tinted(GREEN))
    style = NUMBER.left.heavy.tinted(GREEN)
    card.text(MARGIN + 40, 954, values["baseline"], style.fitted(values["baseline"], 840))
    return card


def progress(values: Mapping[str, str]) -> Card:
    """The path: a row of drops for each phase, done ones filled, the next one ringed."""
    done = int(number(values, "done"))
    sizes = [int(size) for size in vector(values, "drops")]
    names = words(values, "phases")
    card = Card(values["title"])
    drop, pitch = 0, 880 / len(sizes)
    for row, (size, name) in enumerate(zip(sizes, names, strict=True)):
        y = 180 + pitch * row
        card.text(MARGIN, y, name, LABEL.left.tinted(INK))
        card.stroke([(MARGIN + 52, y + 98), (MARGIN + 52 + 150 * (size - 1), y + 98)], Pen(QUIET))
        for place in range(size):
            drop += 1
            _drop(card, (MARGIN + 52 + 150 * place, y + 98), drop, done)
    return card


def _drop(card: Card, at: Point, drop: int, done: int) -> None:
    if drop <= done:
        card.disc(at, 50, GREEN)
        x, y = at
        tick = [(x - 22, y + 2), (x - 6, y + 18), (x + 24, y - 16)]
        card.stroke(tick, Pen(PAPER, 9))
        return
    is_next = drop == done + 1
    card.disc(at, 50, PAPER, Pen(BLUE, 8) if is_next else Pen(QUIET, 4))
    style = NUMBER.sized(46)
    card.text(*at, str(drop), style.heavy.tinted(BLUE) if is_next else style.tinted(QUIET))


def proof_card(values: Mapping[str, str]) -> Card:
    """What was designed, what it scored beside the boring model, and the code that re-runs it."""
    card = Card(values["title"], TALL)
    for y, key in ((190, "table"), (324, "design")):
        card.text(MARGIN, y, values[f"{key}_name"], LABEL.left)
    style = NUMBER.heavy.left.fitted(values["table"], RIGHT - MARGIN)
    card.text(MARGIN, 250, values["table"], style)
    card.lines(MARGIN, 384, words(values, "design"), MONO.left.sized(44))
    card.stroke([(MARGIN, 560), (RIGHT, 560)], Pen(INK, 5))
    for y, key, ink in ((622, "net", BLUE), (712, "baseline", INK), (802, "boosting", INK)):
        card.text(MARGIN, y, values[f"{key}_name"], LABEL.left.tinted(ink))
        card.text(RIGHT, y, values[key], MONO.right.tinted(ink).sized(52).fitted(values[key], 600))
    card.box((MARGIN, 866), (RIGHT - MARGIN, 190), MINT)
    card.lines(MIDDLE, 930, words(values, "verdict"), LABEL.heavy.tinted(GREEN).sized(44))
    card.text(MARGIN, 1120, values["code_name"], LABEL.left)
    style = MONO.left.heavy.sized(72).fitted(values["code"], RIGHT - MARGIN)
    card.text(MARGIN, 1206, values["code"], style)
    card.text(MARGIN, 1288, values["date"], LABEL.left.sized(44))
    return card


RECIPES = {
    "progress": Recipe(
        progress,
        {
            "title": "The way so far",
            "drops": "4, 5, 4, 1",
            "phases": (
                "A Neuron Is Just Arithmetic | Forward Pass by Hand | "
                "Activations, Depth, and Width | Design a Tabular Architecture"
            ),
        },
        {"done": "5"},
    ),
    "proof-card": Recipe(
        proof_card,
        {
            "title": "Proof of a design",
            "table_name": "table",
            "design_name": "design",
            "net_name": "my network",
            "baseline_name": "boring model",
            "boosting_name": "boosting",
            "code_name": "run it again",
            "date": "",
        },
        {
            "table": "diabetes-high, 442 rows",
            "design": "11-8-1 relu, sigmoid out, bce, | l2=0.03, es",
            "net": "0.501 ± 0.063",
            "baseline": "0.495 ± 0.070",
            "boosting": "0.596 ± 0.063",
            "verdict": "Ship the boring model: | a tie, with 12 numbers, not 105.",
            "code": "/proof 10ZB3DEBG6HVP",
        },
    ),
    "table-card": Recipe(
        table_card,
        {
            "rows_name": "rows",
            "columns_name": "columns",
            "target_name": "the question",
            "odd_name": "one odd thing",
            "baseline_name": "the boring model to beat",
        },
        {
            "title": "Tumours",
            "rows": "569",
            "columns": "30",
            "target": "malignant? yes in 212 of 569",
            "odd": "scikit-learn's own labels say | 0 for malignant",
            "baseline": "97.9 % right",
        },
    ),
}
