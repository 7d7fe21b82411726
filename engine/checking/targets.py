"""What a question expects, read once: its shape, its trees or its region."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from engine.checking.regions import Region, is_region, region
from engine.question import Question
from engine.reading.canonical import canonical
from engine.reading.gate import Refused
from engine.reading.shapes import Reading, Shape
from engine.reading.tree import Node

_SENTENCES: Final = {
    "unreadable": "it cannot be read at position {position}: {detail!r}",
    "unknown-name": "it has a name that was not given: {detail!r}",
    "wrong-case": "the case of {detail!r} fits more than one name",
    "wrong-count": "its rows or brackets do not fit together",
    "wrong-kind": "it has no real value: {detail}",
    "division-by-zero": "it divides by zero",
    "too-big": "it is too big to be worked out",
    "ambiguous": "it can be read in two ways: {readings}",
}


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
    """Errors: `ValueError` for a target that cannot be read: an author's fault, not a learner's."""
    try:
        return _target(text, names, size)
    except Refused as refused:
        raise ValueError(fault(text, refused)) from None


def _target(text: str, names: tuple[str, ...], size: int | None) -> Target:
    if is_region(text):
        inside = region(text)
        return Target(Shape(None, size or inside.size), (), inside)
    reading: Reading = canonical(text, names)
    rows = tuple(tuple(entry[0] for entry in row) for row in reading.rows)
    return Target(reading.shape, rows)


def expected(question: Question) -> Target:
    return target(question.expect, question.names, question.size)


def fault(expect: str, refused: Refused) -> str:
    why = _SENTENCES[refused.kind].format(
        position=refused.position, detail=refused.detail, readings=" or ".join(refused.readings)
    )
    return f"the expected answer {expect!r} is no answer: {why}"
