"""One order of precedence for blanks, commas and brackets, by the shape that is expected."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from engine.reading import labels, splitting
from engine.reading.gate import Refused, Typed, admit
from engine.reading.parsing import parse
from engine.reading.readings import Entry, number, readings
from engine.reading.scope import SEVERAL, Scope, scope_of
from engine.reading.tokens import tokenize
from engine.reading.tree import Binary, Call, Euler, Node, Number
from engine.reading.writing import write


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
        return Reading(shape, ((number(typed, scope),),))
    unbarred = typed.plain.replace("|", " ")  # 2 −1 | 1: the bias stands behind a bar
    typed = labels.without_stop(Typed(unbarred, typed.places))
    if shape.rows is None:
        return Reading(shape, (_vector(typed, scope, shape.columns),))
    return _matrix(typed, scope, shape.rows, shape.columns)


def _vector(typed: Typed, scope: Scope, size: int) -> tuple[Entry, ...]:
    typed = splitting.bare(_without_name(typed))
    values = _softmax(typed, scope)
    if values:
        if len(values) != size:
            raise Refused("wrong-count", typed.place(0), str(len(values)))
        return values
    parts = labels.in_order(splitting.parts(typed, size))
    if len(parts) != size:
        raise Refused("wrong-count", typed.place(0), str(len(parts)))
    return tuple(readings(labels.unlabelled(part), scope) for part in parts)


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
