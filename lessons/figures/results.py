"""Cards about the learner: a pass worked out alone, and the way so far with what is remembered."""

from __future__ import annotations

from collections.abc import Mapping

from lessons.figures.card import MARGIN, MIDDLE, RIGHT, TALL, Card, Point
from lessons.figures.ink import (
    BLUE,
    GREEN,
    INK,
    LABEL,
    MINT,
    MONO,
    NUMBER,
    PAPER,
    QUIET,
    RUST,
    SAND,
    THIN,
    Pen,
)
from lessons.figures.recipe import Recipe
from lessons.figures.values import number, vector, words

ROW = 126  # pixels a line
LONGEST = 18  # letters of a typed line that fit beside its mark
BAR = (100, 18)  # of one drop's memory
INKS = {"right": GREEN, "follows": BLUE, "slip": RUST, "left": QUIET}


def unaided_card(values: Mapping[str, str]) -> Card:
    """Line by line what was typed, and in words and colour what came of it."""
    names, typed = words(values, "names"), words(values, "typed")
    outcomes, marks = words(values, "outcomes"), words(values, "marks")
    card = Card(values["title"], TALL)
    rows = zip(names, typed, outcomes, marks, strict=True)
    for place, (name, answer, outcome, mark) in enumerate(rows):
        y = 206 + ROW * place
        ink = INKS.get(outcome, QUIET)
        card.text(MARGIN, y, name, MONO.left.heavy.tinted(BLUE).sized(52))
        shown = answer if len(answer) <= LONGEST else answer[: LONGEST - 1] + "…"
        card.text(200, y, shown, MONO.left.sized(48).fitted(shown, 520))
        card.text(RIGHT, y, mark, LABEL.right.heavy.tinted(ink))
        card.stroke([(MARGIN, y + ROW / 2), (RIGHT, y + ROW / 2)], THIN)
    fill, ink = (MINT, GREEN) if set(outcomes) <= {"right", "follows"} else (SAND, RUST)
    card.box((MARGIN, 1010), (RIGHT - MARGIN, 160), fill)
    card.text(MIDDLE, 1090, values["verdict"], NUMBER.heavy.tinted(ink).sized(64))
    card.text(MARGIN, 1250, values["date"], LABEL.left.sized(44))
    return card


def way(values: Mapping[str, str]) -> Card:
    """The path, a row of drops a phase; under each drop done, how well it is remembered."""
    done = int(number(values, "done"))
    sizes = [int(size) for size in vector(values, "drops")]
    memory = [min(max(float(one), 0.0), 1.0) for one in vector(values, "memory")]
    card = Card(values["title"], TALL)
    drop, pitch = 0, 1020 / len(sizes)
    for row, (size, name) in enumerate(zip(sizes, words(values, "phases"), strict=True)):
        y = 180 + pitch * row
        card.text(MARGIN, y, name, LABEL.left.tinted(INK))
        apart = min(150.0, (RIGHT - MARGIN - 104) / max(1, size - 1))
        card.stroke([(132, y + 98), (132 + apart * (size - 1), y + 98)], Pen(QUIET))
        for place in range(size):
            at = (132 + apart * place, y + 98)
            _drop(card, at, drop + 1, done)
            if drop < min(done, len(memory)):
                _remembered(card, at, memory[drop])
            drop += 1
    card.text(MARGIN, 1270, values["days"], LABEL.left.sized(44))
    return card


def _drop(card: Card, at: Point, drop: int, done: int) -> None:
    x, y = at
    if drop <= done:
        card.disc(at, 50, GREEN)
        card.stroke([(x - 22, y + 2), (x - 6, y + 18), (x + 24, y - 16)], Pen(PAPER, 9))
        return
    is_next = drop == done + 1
    card.disc(at, 50, PAPER, Pen(BLUE, 8) if is_next else Pen(QUIET, 4))
    style = NUMBER.sized(46)
    card.text(x, y, str(drop), style.heavy.tinted(BLUE) if is_next else style.tinted(QUIET))


def _remembered(card: Card, at: Point, share: float) -> None:
    """A bar under the drop, full when all of it would be remembered now."""
    x, y = at[0] - BAR[0] / 2, at[1] + 68
    card.box((x, y), BAR, PAPER, Pen(GREEN, 3), 8)
    if share > 0.1:
        card.box((x, y), (BAR[0] * share, BAR[1]), GREEN, None, 8)


RECIPES = {
    "unaided-card": Recipe(
        unaided_card,
        {"title": "A whole pass, unaided", "date": ""},
        {
            "names": "z | h | ŷ | L | δ | w′",
            "typed": "(6, 2, −4) | (6, 2, 0) | −6 | 9/2 | (6, −3, 0) | 2.7",
            "outcomes": "right | right | slip | follows | follows | left",
            "marks": "right | right | a slip | follows | follows | passed over",
            "verdict": "4 of 6 lines",
        },
    ),
    "way": Recipe(
        way,
        {
            "title": "The way so far",
            "drops": "4, 5, 4, 1",
            "phases": (
                "A Neuron Is Just Arithmetic | Forward Pass by Hand | "
                "Activations, Depth, and Width | Design a Tabular Architecture"
            ),
            "days": "",
        },
        {"done": "5", "memory": "0.95, 0.9, 0.8, 0.97, 1"},
    ),
}
