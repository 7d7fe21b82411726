"""Follow-through: what is right when an earlier value of the learner's own is taken as given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from engine.question import Question
from lessons.course import Drawn, Lesson
from lessons.drawing.exercise import scope_of
from lessons.drawing.traced import cells_of, followed, same_pass
from lessons.formulas.formula import FormulaError, formula
from lessons.formulas.functions import Value
from lessons.formulas.notation import Scope
from lessons.kinds import CellsAsked

DECIMAL = re.compile(r"\d+\.\d+")


def follow(lesson: Lesson, drawn: Drawn, earlier: Drawn, read_as: str) -> Drawn:
    """The exercise, its question telling also what follows from the answer to an earlier one.

    `read_as` is the earlier answer in canonical notation. Where the two ask about different
    passes, or the answer was not of numbers, the exercise stays as it is.
    """
    return follow_all(lesson, drawn, [(earlier, read_as)])


def follow_all(lesson: Lesson, drawn: Drawn, earlier: Sequence[tuple[Drawn, str]]) -> Drawn:
    """The same for several earlier answers, all of them taken as given."""
    now, question = _situation(lesson, drawn), drawn.asked
    if now is None or not isinstance(question, Question):
        return drawn
    claims: dict[str, Fraction] = {}
    for one, read_as in earlier:
        before = _situation(lesson, one)
        if before is not None and same_pass(*now, *before):
            claims |= _claims(cells_of(*before), read_as)
    if not claims:
        return drawn
    return replace(drawn, asked=replace(question, follows=followed(*now, claims)))


def _situation(lesson: Lesson, drawn: Drawn) -> tuple[CellsAsked, Scope] | None:
    exercise = lesson.exercises.get(drawn.exercise)
    if exercise is None or not isinstance(exercise.kind, CellsAsked):
        return None
    values = {name: Fraction(text) for name, text in drawn.values.items()}
    return exercise.kind, scope_of(exercise, lesson.shared.get(exercise.uses), values)


def _claims(cells: tuple[str, ...], read_as: str) -> dict[str, Fraction]:
    """The numbers typed, by address; empty when they are not as many as the cells."""
    try:
        value = formula(DECIMAL.sub(lambda found: f"({Fraction(found[0])})", read_as)).value({})
    except FormulaError:
        return {}
    entries: tuple[Value, ...] = value if isinstance(value, tuple) else (value,)
    numbers = [entry for entry in entries if isinstance(entry, Fraction)]
    return dict(zip(cells, numbers, strict=True)) if len(numbers) == len(cells) else {}
