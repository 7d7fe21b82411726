"""What a drawn exercise takes for right and for wrong, as its author wants to read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from engine.question import Question
from lessons.course import Choice, Design, Drawn, Exercise, Order, Training
from lessons.decimals import shown
from lessons.formulas.formula import FormulaError, formula
from lessons.formulas.functions import Value
from lessons.formulas.templates import form

COMPARISON = re.compile(r"[<>]|[=!]=")
SIGNS = (("<=", "≤"), (">=", "≥"), ("!=", "≠"), ("==", "="))
RIGHT = "right"


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """`answer` is empty where these numbers do not show the slip."""

    answer: str
    slug: str
    words: str  # empty where the lesson has none


def right_answer(drawn: Drawn) -> str:
    match drawn.asked:
        case Question() as asked:
            return typed(asked.expect, asked.places)
        case Choice(options):
            right = (option.text for option in options if option.key == RIGHT)
            return next(right, "any of them: it is noted, not judged")
        case Order(right=right):
            return ", or ".join(_tiles(drawn.asked, order) for order in right)
        case Design(table):
            return f"any architecture that fits the table {table}"
        case Training():
            return "nothing is answered: the design is trained"
        case _:
            assert_never(drawn.asked)


def wrong_answers(exercise: Exercise, drawn: Drawn) -> tuple[WrongAnswer, ...]:
    """Every slip that shows, in the order of the question; then those that do not."""
    found = tuple(
        WrongAnswer(answer, slug, drawn.feedback.get(slug, "")) for slug, answer in _slips(drawn)
    )
    seen = {wrong.slug for wrong in found} | {RIGHT}
    declared = dict.fromkeys((*drawn.feedback, *getattr(exercise.kind, "slips", ())))
    hidden = (slug for slug in declared if slug not in seen)
    return (*found, *(WrongAnswer("", slug, drawn.feedback.get(slug, "")) for slug in hidden))


def _slips(drawn: Drawn) -> Iterator[tuple[str, str]]:
    match drawn.asked:
        case Question(slips=slips, places=places):
            yield from ((slug, typed(text, places)) for slug, text in slips.items())
        case Choice(options):
            yield from ((option.key, option.text) for option in options if option.key != RIGHT)
        case Order(slips=orders) as asked:
            for slug, found in orders.items():
                yield slug, ", or ".join(_tiles(asked, order) for order in found)
        case Design() | Training():
            return
        case _:
            assert_never(drawn.asked)


def typed(canonical: str, places: int | None = None) -> str:
    """A target as a learner would type it; a region as what must hold."""
    if COMPARISON.search(canonical):
        text = shown(canonical)
        for mark, sign in SIGNS:
            text = text.replace(mark, sign)
        return f"any with {text}"
    if places is not None:
        try:
            return _rounded(formula(canonical).value({}), places)
        except FormulaError:
            return f"{shown(canonical)} to {places} places"
    return shown(canonical)


def _rounded(value: Value, places: int) -> str:
    if isinstance(value, tuple):
        return f"({', '.join(_rounded(entry, places) for entry in value)})"
    return form(f".{places}")(value)


def _tiles(asked: Order, order: tuple[str, ...]) -> str:
    texts = {tile.key: tile.text for tile in asked.tiles}
    return " → ".join(texts[key] for key in order)
