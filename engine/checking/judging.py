"""A typed answer to a verdict."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from engine.checking import arrays, rounding, slips
from engine.checking.comparing import admissible
from engine.checking.entries import Found, judge
from engine.checking.targets import Target, expected, target
from engine.question import Question, Verdict
from engine.reading.gate import Refused
from engine.reading.shapes import Reading, Shape, read
from engine.reading.tree import Node
from engine.reading.values import names_in, rational

_WORST = ("exact", "other-form", "not-simplified", "rounded", "truncated", "last-digit")


def check(question: Question, text: str) -> Verdict:
    """The verdict on a typed answer; never raises, whatever was typed.

    Errors: `ValueError` for a question that itself cannot be read, which lint finds first.
    """
    right = expected(question)
    try:
        reading = read(text, question.names, right.shape)
    except Refused as refused:
        return _ungraded(refused)
    try:
        if right.region is not None:
            return _in_region(question, reading, right)
        return _beside(question, reading, right)
    except Refused as refused:
        return replace(_ungraded(refused), read_as=reading.written())


def _ungraded(refused: Refused) -> Verdict:
    return Verdict(
        "ungraded",
        refused.kind,
        position=refused.position,
        readings=refused.readings,
        detail=refused.detail,
    )


def _in_region(question: Question, reading: Reading, right: Target) -> Verdict:
    assert right.region is not None
    for trees in _ways(reading):
        for tree in trees:
            if names := names_in(tree):
                raise Refused("wrong-kind", None, min(names))
            admissible(tree, ())
        inside = right.region.holds(trees)
        if inside is None:
            return Verdict("undecided", "undecided", _taken(reading.shape, trees).written())
        if inside:
            return Verdict("right", "exact", _taken(reading.shape, trees).written())
    trees = next(iter(_ways(reading)))
    return _wrong(question, (reading.shape, trees), right, reading.written())


def _ways(reading: Reading) -> list[tuple[Node, ...]]:
    """The plainer reading of every entry, and the other of every entry that has another."""
    most = max(len(entry) for entry in reading.entries)
    return [
        tuple(entry[min(way, len(entry) - 1)] for entry in reading.entries) for way in range(most)
    ]


def _beside(question: Question, reading: Reading, right: Target) -> Verdict:
    if reading.shape != right.shape:
        return _turned(question, reading, right)
    found = [
        judge(entry, tree, question.names, question.places)
        for entry, tree in zip(reading.entries, right.entries, strict=True)
    ]
    taken = _taken(reading.shape, tuple(each.tree for each in found))
    kinds = {each.kind for each in found}
    if all(each.right for each in found):
        worst = max(found, key=lambda each: _WORST.index(each.kind))
        return Verdict("right", worst.kind, taken.written(), detail=worst.detail)
    if "undecided" in kinds and not kinds & {"different"}:
        return Verdict("undecided", "undecided", taken.written())
    return _not_right(question, taken, right, found)


def _taken(shape: Shape, trees: tuple[Node, ...]) -> Reading:
    """The reading that was judged, where there was more than one."""
    wide = shape.columns or 1
    entries = [(tree,) for tree in trees]
    rows = tuple(tuple(entries[at : at + wide]) for at in range(0, len(entries), wide))
    return Reading(shape, rows)


def _turned(question: Question, reading: Reading, right: Target) -> Verdict:
    """A matrix typed with rows for columns."""
    trees = _ways(reading)[0]
    partly = arrays.partly(question, reading.shape, trees, right, [])
    if partly:
        return Verdict("partial", partly[0], reading.written(), detail=partly[1])
    named = slips.named(question, (reading.shape, trees), right)
    if named:
        return Verdict("wrong", "misconception", reading.written(), named)
    count = f"{reading.shape.rows} rows"
    return Verdict("ungraded", "wrong-count", reading.written(), detail=count)


def _not_right(question: Question, reading: Reading, right: Target, found: list[Found]) -> Verdict:
    """In this order: rounded, following, a named slip, nearly right, partly right, wrong."""
    written = reading.written()
    places = arrays.wrong_places(found, reading.shape) if reading.shape.columns else ()
    if near := _near(found, ("rounded", "truncated")):
        return Verdict("near", near, written, entries=places)
    typed = (reading.shape, tuple(each.tree for each in found))
    if explained := _explained(question, typed, right, written):
        return explained
    near = _near(found, ("rounded", "truncated", "last-digit")) or _stepwise(question, right, found)
    if near:
        return Verdict("near", near, written, entries=places)
    if partly := arrays.partly(question, *typed, right, found):
        return Verdict("partial", partly[0], written, entries=places, detail=partly[1])
    if any(each.kind == "undecided" for each in found):
        return Verdict("undecided", "undecided", written)
    return Verdict("wrong", "unexplained", written)


def _explained(
    question: Question, typed: slips.Typed, right: Target, written: str
) -> Verdict | None:
    """What follows from the learner's own earlier numbers, or one slip that is proved."""
    if question.follows is not None:
        following = target(question.follows, question.names, question.size)
        if slips.matches(question, typed, following):
            return Verdict("partial", "follows", written)
    named = slips.named(question, typed, right)
    return Verdict("wrong", "misconception", written, named) if named else None


def _near(found: list[Found], kinds: tuple[str, ...]) -> str:
    """The worst of the near kinds, where every entry is right or near in one of these ways."""
    near = [each.kind for each in found if not each.right]
    if not all(kind in kinds for kind in near):
        return ""
    return max(near, key=_WORST.index)


def _stepwise(question: Question, right: Target, found: list[Found]) -> Literal["", "intermediate"]:
    """Whether rounding on the way explains every entry that is off."""
    if question.places is None:
        return ""
    for each, tree in zip(found, right.entries, strict=True):
        if each.right or each.near:
            continue
        value = None if names_in(tree) else rational(each.tree)
        given = rounding.decimal_places(each.tree) or 0
        if value is None or not rounding.from_rounded_steps(value, given, tree):
            return ""
    return "intermediate"


def _wrong(
    question: Question,
    typed: tuple[Shape, tuple[Node, ...]],
    right: Target,
    written: str,
) -> Verdict:
    named = slips.named(question, typed, right)
    if named:
        return Verdict("wrong", "misconception", written, named)
    return Verdict("wrong", "unexplained", written)
