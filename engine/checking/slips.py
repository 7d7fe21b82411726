"""Which misconception a wrong answer shows: only one that is proved, and alone in being so."""

from __future__ import annotations

from collections.abc import Sequence

from engine.checking.comparing import same
from engine.checking.entries import equals
from engine.checking.targets import Target, target
from engine.question import Question
from engine.reading.gate import Refused
from engine.reading.shapes import Shape
from engine.reading.tree import Node
from engine.reading.values import names_in

Typed = tuple[Shape, tuple[Node, ...]]


def named(question: Question, typed: Typed, right: Target) -> tuple[str, ...]:
    """The slugs of the one slip that gives the typed answer; empty where none, or several, do.

    A slip must be proved equal to what was typed, and proved different from what is right.
    One slip goes before two made together ("a+b"), and two slips are named only where no one is.
    """
    single: list[str] = []
    double: list[str] = []
    for slug, text in question.slips.items():
        wrong = target(text, question.names, question.size)
        if matches(question, typed, wrong) and _differs(question, wrong, right):
            (double if "+" in slug else single).append(slug)
    found = single or double
    return tuple(found[0].split("+")) if len(found) == 1 else ()


def matches(question: Question, typed: Typed, wrong: Target) -> bool:
    """Whether the typed answer is proved to be this one, exactly or correctly rounded."""
    try:
        return _matches(question, typed, wrong)
    except Refused:  # the slip has no value here: it divides by zero, say
        return False


def _matches(question: Question, typed: Typed, wrong: Target) -> bool:
    shape, trees = typed
    if wrong.region is not None:
        sized = wrong.shape.columns is None or wrong.shape.columns == len(trees)
        return sized and not any(map(names_in, trees)) and bool(wrong.region.holds(trees))
    if shape != wrong.shape:
        return False
    pairs = zip(trees, wrong.entries, strict=True)
    return all(equals(tree, other, question.names, question.places) for tree, other in pairs)


def _differs(question: Question, wrong: Target, right: Target) -> bool:
    if wrong.region is not None or right.region is not None:
        return True  # the typed answer itself is proved not to be right
    if wrong.shape != right.shape:
        return True
    pairs: Sequence[tuple[Node, Node]] = list(zip(wrong.entries, right.entries, strict=True))
    return any(same(one, other, question.names) is False for one, other in pairs)
