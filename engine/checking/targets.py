"""What a question expects, read once: its shape, its trees or its region."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from engine.checking.regions import Region, is_region, region
from engine.question import Question
from engine.reading.shapes import Reading, Shape, canonical
from engine.reading.tree import Node


@dataclass(frozen=True, slots=True)
class Target:
    """Rows of trees in canonical notation (a number is one row of one), or a region."""

    shape: Shape
    rows: tuple[tuple[Node, ...], ...] = ()
    region: Region | None = None

    @property
    def entries(self) -> tuple[Node, ...]:
        return tuple(tree for row in self.rows for tree in row)


@lru_cache(maxsize=4096)
def target(text: str, names: tuple[str, ...] = (), size: int | None = None) -> Target:
    """Errors: `Refused` for a target that cannot be read."""
    if is_region(text):
        inside = region(text)
        return Target(Shape(None, size or inside.size), (), inside)
    reading: Reading = canonical(text, names)
    rows = tuple(tuple(entry[0] for entry in row) for row in reading.rows)
    return Target(reading.shape, rows)


def expected(question: Question) -> Target:
    return target(question.expect, question.names, question.size)
