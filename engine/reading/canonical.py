"""What is expected, in canonical notation: written by lessons and the engine, never by learners."""

from __future__ import annotations

from engine.reading import splitting
from engine.reading.gate import TARGET, Refused, Typed, admit
from engine.reading.parsing import parse
from engine.reading.readings import Entry
from engine.reading.scope import Scope, scope_of
from engine.reading.shapes import Reading, Shape, spread
from engine.reading.tokens import tokenize


def canonical(text: str, names: tuple[str, ...] = ()) -> Reading:
    """A target in canonical notation: `1/2`, `(1, 0, 2)`, `[[1, 2], [3, 4]]`, `2*r - o + 3`.

    Its own brackets give its shape; a comma only ever parts, a point is the decimal mark.
    Errors: `Refused`.
    """
    scope, typed = scope_of(names), admit(text, TARGET).strip()
    if typed.plain.lower().startswith("softmax"):
        entries = spread(_exact(typed, scope)[0])
        return Reading(Shape(None, len(entries)), (entries,))
    inner = splitting.bare(typed)
    groups = list(splitting.split(inner, ",;"))
    if inner.plain == typed.plain or len(groups) < 2:
        return Reading(Shape(), ((_exact(typed, scope),),))
    if all(splitting.bare(group).plain != group.plain for group in groups):
        rows = [list(splitting.split(splitting.bare(group), ",")) for group in groups]
        if len({len(row) for row in rows}) > 1:
            raise Refused("wrong-count", typed.place(0), "rows of different lengths")
        shape = Shape(len(rows), len(rows[0]))
        return Reading(shape, tuple(tuple(_exact(part, scope) for part in row) for row in rows))
    vector = tuple(_exact(group, scope) for group in groups)
    return Reading(Shape(None, len(vector)), (vector,))


def _exact(typed: Typed, scope: Scope) -> Entry:
    return parse(tokenize(typed, scope, comma=False, most=TARGET.tokens), TARGET.depth)
