"""One order of precedence for blanks, commas and brackets, by the shape that is expected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from engine.reading import labels
from engine.reading.gate import Refused, Typed, admit
from engine.reading.letters import TRANSPOSED
from engine.reading.parsing import parse
from engine.reading.scope import SEVERAL, Scope, scope_of
from engine.reading.tokens import tokenize
from engine.reading.tree import Binary, Call, Euler, Node, Number
from engine.reading.writing import write

Entry = tuple[Node, ...]  # the readings of one number; where there are two, the plainer first
_OPENING: Final = "([{"
_CLOSING: Final = ")]}"
_SPACED: Final = re.compile(r"[-+−]?[1-9]\d{0,2}(?: \d{3})+")
_BLANKS: Final = " \u00a0"
_AROUND_EQUALS: Final = re.compile(r"[ \u00a0]*=[ \u00a0]*")


@dataclass(frozen=True, slots=True)
class Shape:
    """A number (both None), a vector of `columns`, or a matrix of `rows` by `columns`."""

    rows: int | None = None
    columns: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was typed, as rows of entries; a number is one row of one."""

    shape: Shape
    rows: tuple[tuple[Entry, ...], ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for row in self.rows for entry in row)

    def written(self) -> str:
        if self.shape.columns is None:
            return write(self.rows[0][0][0])
        texts = [", ".join(write(entry[0]) for entry in row) for row in self.rows]
        if self.shape.rows is None:
            return f"({texts[0]})"
        return "[" + ", ".join(f"[{text}]" for text in texts) + "]"


def read(text: str, names: tuple[str, ...] = (), shape: Shape = Shape()) -> Reading:
    """A learner's text in the shape that is expected. Errors: `Refused`, never another."""
    scope = scope_of(names)
    typed = labels.plain_words(admit(text), scope)
    if not typed.plain:
        raise Refused("unreadable", 0)
    if shape.columns is None:
        return Reading(shape, ((_number(typed, scope),),))
    typed = labels.without_stop(typed)
    if shape.rows is None:
        return Reading(shape, (_vector(typed, scope, shape.columns),))
    return _matrix(typed, scope, shape.rows, shape.columns)


def _number(typed: Typed, scope: Scope) -> Entry:
    parts = labels.members(labels.without_stop(typed))
    for part in parts[:-1]:
        if not labels.is_label(part):
            _scalar(part, scope)
    return _scalar(labels.unlabelled(typed), scope)


def _scalar(typed: Typed, scope: Scope, *, comma: bool = True) -> Entry:
    typed = labels.without_stop(typed)
    if comma and _SPACED.fullmatch(typed.plain):
        together = typed.plain.replace(" ", "")
        parted = f"({', '.join(typed.plain.split(' '))})"
        raise Refused("ambiguous", typed.place(0), typed.plain, (together, parted))
    try:
        trees = parse(tokenize(typed, scope, comma=comma))
    except Refused as refused:
        if refused.kind == "wrong-count":
            count = len([part for part in re.split(r"[;,\s]+", typed.plain) if part])
            raise Refused("wrong-count", refused.position, str(max(2, count))) from None
        raise
    if any(_has_several(tree) for tree in trees):
        raise Refused("wrong-kind", typed.place(0), "softmax")
    return trees


def _has_several(tree: Node) -> bool:
    if isinstance(tree, Binary):
        return _has_several(tree.left) or _has_several(tree.right)
    if isinstance(tree, Call):
        return tree.function in SEVERAL or any(map(_has_several, tree.arguments))
    return hasattr(tree, "body") and _has_several(tree.body)


def _vector(typed: Typed, scope: Scope, size: int) -> tuple[Entry, ...]:
    typed = _bare(_without_name(typed))
    spread = _softmax(typed, scope)
    if spread:
        if len(spread) != size:
            raise Refused("wrong-count", typed.place(0), str(len(spread)))
        return spread
    parts = _parts(typed, size)
    if len(parts) != size:
        raise Refused("wrong-count", typed.place(0), str(len(parts)))
    return tuple(_scalar(labels.unlabelled(part), scope) for part in parts)


def _parts(typed: Typed, size: int) -> list[Typed]:
    """The pieces of a vector: by `;` or lines; by blanks if that makes `size`; by commas."""
    by_lines = list(_split(typed, ";\n"))
    if len(by_lines) > 1:
        return by_lines
    close = _close_equals(typed)
    by_blanks = list(_split(close, _BLANKS, dropping=","))
    if len(by_blanks) == size:
        return by_blanks
    by_commas = list(_split(typed, ","))
    return by_commas if len(by_commas) > 1 or size == 1 else by_blanks


def _close_equals(typed: Typed) -> Typed:
    kept: list[int] = list(range(len(typed.plain)))
    for match in _AROUND_EQUALS.finditer(typed.plain):
        kept = [
            at for at in kept if not (match.start() <= at < match.end()) or typed.plain[at] == "="
        ]
    return Typed("".join(typed.plain[at] for at in kept), tuple(typed.places[at] for at in kept))


def _split(typed: Typed, marks: str, dropping: str = "") -> Iterator[Typed]:
    """Cut at marks outside brackets; empty pieces are left out."""
    depth, start = 0, 0
    for index, letter in enumerate(typed.plain + marks[0]):
        depth += (letter in _OPENING) - (letter in _CLOSING)
        if letter in marks and (depth <= 0 or index == len(typed.plain)):
            piece = typed.cut(start, index).strip(" \n\u00a0" + dropping)
            if piece.plain:
                yield piece
            start = index + 1


def _without_name(typed: Typed) -> Typed:
    """H = (1, 0, 2): the name before the only equals sign."""
    parts = labels.members(typed)
    if len(parts) == 2 and labels.is_label(parts[0]):
        return parts[1]
    if len(parts) == 1:
        return parts[0]
    return typed


def _bare(typed: Typed) -> Typed:
    """Without the brackets around the whole, and without a sign of transposition."""
    typed = typed.strip()
    for mark in (TRANSPOSED, "^T", "^(t)"):
        if typed.plain.endswith(mark) and typed.plain[: -len(mark)].endswith(tuple(_CLOSING)):
            typed = typed.cut(0, len(typed.plain) - len(mark))
    while typed.plain[:1] in tuple(_OPENING) and _closing(typed.plain) == len(typed.plain) - 1:
        typed = typed.cut(1, len(typed.plain) - 1).strip()
    return typed


def _closing(text: str) -> int:
    depth = 0
    for index, letter in enumerate(text):
        depth += (letter in _OPENING) - (letter in _CLOSING)
        if depth == 0:
            return index
    return -1


def _softmax(typed: Typed, scope: Scope) -> tuple[Entry, ...]:
    if not typed.plain.lower().startswith("softmax"):
        return ()
    trees = parse(tokenize(typed, scope, comma=True))
    return spread(trees[0])


def spread(tree: Node) -> tuple[Entry, ...]:
    """softmax(a, b) as its values, e^a/(e^a + e^b) and the other; nothing for other trees."""
    if not (isinstance(tree, Call) and tree.function in SEVERAL):
        return ()
    base: Node = Euler() if tree.function == "softmax" else Number(Fraction(2))
    powers = [Binary("^", base, argument) for argument in tree.arguments]
    total: Node = powers[0]
    for power in powers[1:]:
        total = Binary("+", total, power)
    return tuple((Binary("/", power, total),) for power in powers)


def _matrix(typed: Typed, scope: Scope, rows: int, columns: int) -> Reading:
    """Rows by lines or `;` or inner brackets; read as r by c, or turned over as c by r."""
    typed = _without_name(typed)
    lines = _rows(typed)
    for high, wide in ((rows, columns), (columns, rows)):
        if len(lines) == high:
            read_rows = tuple(_vector(line, scope, wide) for line in lines)
            return Reading(Shape(high, wide), read_rows)
    raise Refused("wrong-count", typed.place(0), f"{len(lines)} rows")


def _rows(typed: Typed) -> list[Typed]:
    typed = typed.strip()
    if typed.plain[:1] in tuple(_OPENING) and _closing(typed.plain) == len(typed.plain) - 1:
        typed = typed.cut(1, len(typed.plain) - 1).strip()
    by_lines = list(_split(typed, ";\n"))
    if len(by_lines) > 1:
        return by_lines
    groups = list(_split(typed, ", \u00a0"))
    if all(group.plain[0] in _OPENING for group in groups):
        return groups
    return by_lines


def canonical(text: str, names: tuple[str, ...] = ()) -> Reading:
    """A target in canonical notation: `1/2`, `(1, 0, 2)`, `[[1, 2], [3, 4]]`, `2*r - o + 3`.

    Its own brackets give its shape; a comma only ever parts, a point is the decimal mark.
    Errors: `Refused`.
    """
    scope, typed = scope_of(names), admit(text).strip()
    if typed.plain.lower().startswith("softmax"):
        entries = spread(_exact(typed, scope)[0])
        return Reading(Shape(None, len(entries)), (entries,))
    inner = _bare(typed)
    groups = list(_split(inner, ",;"))
    if inner.plain == typed.plain or len(groups) < 2:
        return Reading(Shape(), ((_exact(typed, scope),),))
    if all(_bare(group).plain != group.plain for group in groups):
        rows = [list(_split(_bare(group), ",")) for group in groups]
        if len({len(row) for row in rows}) > 1:
            raise Refused("wrong-count", typed.place(0), "rows of different lengths")
        shape = Shape(len(rows), len(rows[0]))
        return Reading(shape, tuple(tuple(_exact(part, scope) for part in row) for row in rows))
    vector = tuple(_exact(group, scope) for group in groups)
    return Reading(Shape(None, len(vector)), (vector,))


def _exact(typed: Typed, scope: Scope) -> Entry:
    return parse(tokenize(typed, scope, comma=False))
