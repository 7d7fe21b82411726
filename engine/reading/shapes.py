"""One order of precedence for blanks, commas and brackets, by the shape that is expected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from engine.reading import labels, splitting
from engine.reading.gate import TARGET, Refused, Typed, admit
from engine.reading.parsing import parse
from engine.reading.scope import SEVERAL, Scope, scope_of
from engine.reading.tokens import tokenize
from engine.reading.tree import Binary, Call, Euler, Negative, Node, Number, within
from engine.reading.values import names_in, rational
from engine.reading.writing import write

Entry = tuple[Node, ...]  # the readings of one number; where there are two, the plainer first
_NEXT: Final = re.compile(r"[\d.)%½][ \u00a0]+[A-Za-z]\w*$")
_SPACED: Final = re.compile(r"[-+−]?[1-9]\d{0,2}(?: \d{3})+")


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
    unbarred = typed.plain.replace("|", " ")  # 2 −1 | 1: the bias stands behind a bar
    typed = labels.without_stop(Typed(unbarred, typed.places))
    if shape.rows is None:
        return Reading(shape, (_vector(typed, scope, shape.columns),))
    return _matrix(typed, scope, shape.rows, shape.columns)


def _number(typed: Typed, scope: Scope) -> Entry:
    if not set("=<>!") & set(typed.plain):
        return _scalar(typed, scope)
    parts = labels.members(labels.without_stop(typed))
    named = _is_named(parts[:-1], scope)
    answer = _scalar(labels.unlabelled(typed), scope)
    if named and not names_in(answer[0]) and not labels.is_lone(parts[-1]):
        raise Refused("wrong-kind", parts[-1].place(0), "=")
    return answer


def _is_named(parts: list[Typed], scope: Scope) -> bool:
    """Whether one of the earlier members of a chain is a formula in names of the question.

    Formulas in other names may stand first, as labels do: z = w·x + b = 2·3 + 1 = 7.
    """
    named, worked = False, False
    for part in parts:
        if labels.is_label(part):
            continue
        try:
            named = bool(names_in(_scalar(part, scope)[0])) or named
            worked = True
        except Refused as refused:
            stranger = refused.kind in ("unknown-name", "wrong-case")
            if worked or not stranger or set(part.plain) & set(",;\n"):
                raise
            if part is not parts[0] and not _is_formula(part, scope):
                raise
    return named


def _is_formula(part: Typed, scope: Scope) -> bool:
    """Whether it is one in whatever names; `1 y`, between two equals signs, is the end of x = 1."""
    if _NEXT.search(part.plain):
        return False
    try:
        _scalar(part, Scope((*scope.names, *re.findall(r"[A-Za-z]\w*", part.plain))))
    except Refused:
        return False
    return True


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
    return (*trees, *_thousands(trees[0]), *_restated(typed, scope, comma=comma))


def _thousands(tree: Node) -> Entry:
    """1.281 where the point parts thousands, as a second reading."""
    if isinstance(tree, Negative):
        return tuple(Negative(each) for each in _thousands(tree.body))
    if isinstance(tree, Number) and tree.places == 3 and 1 <= tree.value < 1000:
        return (Number(tree.value * 1000),)
    return ()


def _restated(typed: Typed, scope: Scope, *, comma: bool) -> Entry:
    """7 (6+1), as a second reading: a number, and in brackets the same once more."""
    opening = typed.plain.rfind(" (")
    if opening < 1 or not typed.plain.endswith(")"):
        return ()
    halves = (typed.cut(0, opening), typed.cut(opening + 2, len(typed.plain) - 1))
    try:
        one, other = (parse(tokenize(half, scope, comma=comma))[0] for half in halves)
        value = rational(one)
        return (one,) if value is not None and value == rational(other) else ()
    except Refused:
        return ()


def _has_several(tree: Node) -> bool:
    return any(isinstance(node, Call) and node.function in SEVERAL for node in within(tree))


def _vector(typed: Typed, scope: Scope, size: int) -> tuple[Entry, ...]:
    typed = splitting.bare(_without_name(typed))
    spread = _softmax(typed, scope)
    if spread:
        if len(spread) != size:
            raise Refused("wrong-count", typed.place(0), str(len(spread)))
        return spread
    parts = labels.in_order(splitting.parts(typed, size))
    if len(parts) != size:
        raise Refused("wrong-count", typed.place(0), str(len(parts)))
    return tuple(_scalar(labels.unlabelled(part), scope) for part in parts)


def _without_name(typed: Typed) -> Typed:
    """H = (1, 0, 2): without what stands before the last equals sign, where that is names only."""
    *names, last = labels.members(typed) or [typed]
    named = all(map(labels.is_label, names)) or (len(names) == 1 and labels.is_list(names[0]))
    return last if named else typed


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
    lines = labels.in_order(splitting.rows(typed))
    for high, wide in ((rows, columns), (columns, rows)):
        if len(lines) == high:
            read_rows = tuple(_vector(line, scope, wide) for line in lines)
            return Reading(Shape(high, wide), read_rows)
    raise Refused("wrong-count", typed.place(0), f"{len(lines)} rows")


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
