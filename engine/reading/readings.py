"""One number or formula as it was typed: its readings, the plainer one first."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from engine.reading import labels
from engine.reading.gate import Refused, Typed
from engine.reading.parsing import parse
from engine.reading.scope import SEVERAL, Scope
from engine.reading.tokens import tokenize
from engine.reading.tree import Call, Negative, Node, Number, within
from engine.reading.values import names_in, rational

Entry: TypeAlias = tuple[Node, ...]
_NEXT: Final = re.compile(r"[\d.)%½][ \u00a0]+[A-Za-z]\w*$")
_SPACED: Final = re.compile(r"[-+−]?[1-9]\d{0,2}(?: \d{3})+")


def number(typed: Typed, scope: Scope) -> Entry:
    """What stands at the end of a chain of equations, or alone."""
    if not set("=<>!") & set(typed.plain):
        return readings(typed, scope)
    parts = labels.members(labels.without_stop(typed))
    named = _is_named(parts[:-1], scope)
    answer = readings(labels.unlabelled(typed), scope)
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
            named = bool(names_in(readings(part, scope)[0])) or named
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
        readings(part, Scope((*scope.names, *re.findall(r"[A-Za-z]\w*", part.plain))))
    except Refused:
        return False
    return True


def readings(typed: Typed, scope: Scope) -> Entry:
    typed = labels.without_stop(typed)
    if _SPACED.fullmatch(typed.plain):
        together = typed.plain.replace(" ", "")
        parted = f"({', '.join(typed.plain.split(' '))})"
        raise Refused("ambiguous", typed.place(0), typed.plain, (together, parted))
    try:
        trees = parse(tokenize(typed, scope, comma=True))
    except Refused as refused:
        if refused.kind == "wrong-count":
            count = len([part for part in re.split(r"[;,\s]+", typed.plain) if part])
            raise Refused("wrong-count", refused.position, str(max(2, count))) from None
        raise
    if any(_has_several(tree) for tree in trees):
        raise Refused("wrong-kind", typed.place(0), "softmax")
    return (*trees, *_thousands(trees[0]), *_restated(typed, scope))


def _thousands(tree: Node) -> Entry:
    """1.281 where the point parts thousands, as a second reading."""
    if isinstance(tree, Negative):
        return tuple(Negative(each) for each in _thousands(tree.body))
    if isinstance(tree, Number) and tree.places == 3 and 1 <= tree.value < 1000:
        return (Number(tree.value * 1000),)
    return ()


def _restated(typed: Typed, scope: Scope) -> Entry:
    """7 (6+1), as a second reading: a number, and in brackets the same once more."""
    opening = typed.plain.rfind(" (")
    if opening < 1 or not typed.plain.endswith(")"):
        return ()
    halves = (typed.cut(0, opening), typed.cut(opening + 2, len(typed.plain) - 1))
    try:
        one, other = (parse(tokenize(half, scope, comma=True))[0] for half in halves)
        value = rational(one)
        return (one,) if value is not None and value == rational(other) else ()
    except Refused:
        return ()


def _has_several(tree: Node) -> bool:
    return any(isinstance(node, Call) and node.function in SEVERAL for node in within(tree))
