"""A verdict as plain data, and a question from a plain expectation: what a command needs."""

from __future__ import annotations

from typing import Any

from engine.checking.comparing import admissible
from engine.checking.regions import is_region
from engine.checking.targets import fault, target
from engine.question import Question, Verdict
from engine.reading.canonical import canonical
from engine.reading.gate import Refused
from engine.reading.writing import write


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """`{"verdict": family, "kind": …, "read_as": …}` and whatever other fields are filled."""
    plain: dict[str, Any] = {"verdict": verdict.family, "kind": verdict.kind}
    if verdict.read_as is not None:
        plain["read_as"] = verdict.read_as
    if verdict.misconceptions:
        plain["misconceptions"] = list(verdict.misconceptions)
    if verdict.entries:
        plain["entries"] = [list(entry) for entry in verdict.entries]
    if verdict.position is not None:
        plain["position"] = verdict.position
    if verdict.readings:
        plain["readings"] = list(verdict.readings)
    if verdict.detail:
        plain["detail"] = verdict.detail
    return plain


def expectation(expect: str, names: tuple[str, ...] = (), places: int | None = None) -> Question:
    """A question without slips. Errors: `ValueError`, saying what is wrong with `expect`."""
    question = Question(expect, tuple(names), places)
    try:
        right = target(expect, question.names)
        _refuse_two_readings(expect, question.names)
        for tree in right.entries:
            admissible(tree, question.names)
    except Refused as refused:
        raise ValueError(fault(expect, refused)) from None
    if places is not None and not 0 <= places <= 30:
        raise ValueError(f"{places} decimal places cannot be asked for: 0 to 30 can")
    return question


def _refuse_two_readings(expect: str, names: tuple[str, ...]) -> None:
    for entry in () if is_region(expect) else canonical(expect, names).entries:
        if len(entry) > 1:
            raise Refused("ambiguous", None, expect, tuple(map(write, entry)))
