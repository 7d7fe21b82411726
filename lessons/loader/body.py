"""The body of a lesson file: beats between lines of `---`, with `@figure` and `@ask` under them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from lessons.course import Beat, Exercise, Figure, Step
from lessons.loader.source import Source

RULE = "---"


@dataclass(frozen=True, slots=True)
class Part:
    """What stands between two rules: perhaps a message, its figure, then the questions."""

    text: str
    figures: tuple[str, ...]
    asks: tuple[str, ...]
    line: int


def parts(source: Source, body: str, first_line: int) -> tuple[Part, ...]:
    rows = body.splitlines()
    starts = [-1, *(i for i, row in enumerate(rows) if row.strip() == RULE), len(rows)]
    blocks = pairwise(starts)
    found = (_part(source, rows[a + 1 : b], first_line + a + 1) for a, b in blocks)
    return tuple(part for part in found if part.text or part.asks)


def _part(source: Source, rows: list[str], line: int) -> Part:
    text: list[str] = []
    marked: dict[str, list[str]] = {"@figure": [], "@ask": []}
    for offset, row in enumerate(rows):
        mark, _, name = row.partition(" ")
        if mark in marked and name.strip():
            marked[mark].append(name.strip())
        elif row.startswith("@"):
            source.fault(f"{row}: a mark is @ask NAME or @figure NAME", line + offset)
        else:
            text.append(row)
    figures, asks = tuple(marked["@figure"]), tuple(marked["@ask"])
    return Part("\n".join(text).strip(), figures, asks, line)


def steps(
    source: Source,
    found: tuple[Part, ...],
    exercises: Mapping[str, Exercise],
    figures: Mapping[str, Figure],
) -> Iterator[Step]:
    """The beats and the core exercises; what they name and nobody declared is a fault."""
    for part in found:
        for name in (*part.figures[1:], *(n for n in part.figures if n not in figures)):
            source.fault(f"@figure {name}: one figure a beat, declared in the head", part.line)
        if part.text:
            figure = next((figures[name] for name in part.figures if name in figures), None)
            yield Beat(part.text, figure)
        elif part.figures:
            source.fault("a figure stands under a beat", part.line)
        for name in part.asks:
            if name in exercises:
                yield replace(exercises[name], role="core")
            else:
                line = source.line(f"@ask {name}", part.line)
                source.fault(f"@ask {name}: no such exercise in the head", line)


def same_marks(mine: tuple[Part, ...], other: tuple[Part, ...]) -> bool:
    """Whether two bodies tell the same story: the same figures and questions at the same places."""
    bare = [[replace(part, text=str(bool(part.text)), line=0) for part in p] for p in (mine, other)]
    return bare[0] == bare[1]
