"""Where learners slip: the attempts by exercise, counted; whose they were is not asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import sqlalchemy as sa

from bot.storage.people import is_attempt
from bot.storage.tables import attempt

RIGHT = "right"
UNEXPLAINED = "unexplained"


@dataclass(slots=True)
class Slipping:
    """One exercise of a lesson: how many answers, how many of them right, which slips."""

    lesson: str
    exercise: str
    answers: int = 0
    right: int = 0
    slips: Counter[str] = field(default_factory=Counter)


def slipping(connection: sa.Connection) -> list[Slipping]:
    """Every exercise that was answered, in no order."""
    columns = (attempt.c.lesson, attempt.c.exercise, attempt.c.family, attempt.c.slip)
    counted = sa.select(*columns, sa.func.count()).where(is_attempt).group_by(*columns)
    found: dict[tuple[str, str], Slipping] = {}
    for lesson, exercise, family, slip, times in connection.execute(counted):
        row = found.setdefault((lesson, exercise), Slipping(lesson, exercise))
        row.answers += times
        if family == RIGHT:
            row.right += times
        else:
            row.slips[slip or (UNEXPLAINED if family == "wrong" else family)] += times
    return list(found.values())
