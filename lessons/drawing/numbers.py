"""Numbers for an exercise: drawn stage by stage from a seed until every condition holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import TypeVar

from lessons import pencilled
from lessons.formulas.formula import Formula, FormulaError, Values, formula
from lessons.formulas.functions import Value, truth
from lessons.formulas.ranges import numbers
from lessons.kinds import Draw

RETRIES = 30  # of one number, before all are drawn anew
TRIES = 3_000

Fit = TypeVar("Fit")


class UndrawableError(ValueError):
    """No numbers were found that meet the conditions: the lesson is at fault."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One number to draw, and what can be worked out and checked once it is there."""

    name: str
    numbers: tuple[Fraction, ...]
    let: tuple[tuple[str, Formula], ...]
    require: tuple[Formula, ...]


def drawn(
    draw: Draw,
    base: Values,
    random: Random,
    fits: Callable[[Values], Fit],
    tries: int = TRIES,
) -> tuple[Values, Fit]:
    """Numbers that meet every condition, and what `fits` made of them: nothing asks for others.

    Raises UndrawableError, FormulaError.
    """
    stages = tuple(_stages(draw, frozenset({*base, *draw.names} - draw.ranges.keys())))
    for _ in range(tries):
        values = _attempt(stages, {**base, **_pencilled(draw, random)}, random)
        if values is not None and (fit := fits(values)):
            return values, fit
    raise UndrawableError(f"no numbers found in {tries} tries")


def worked_out(let: Mapping[str, str], values: Values) -> dict[str, Value]:
    """The values with all that follows from them; what holds a symbol is left out."""
    known = dict(values)
    for name, text in let.items():
        if formula(text).names <= known.keys():
            known[name] = formula(text).value(known)
    return known


def _stages(draw: Draw, given: frozenset[str]) -> Iterator[Stage]:
    """The first stage draws nothing: it checks what is given."""
    known, let, require = set(given), dict(draw.let), list(draw.require)
    for name, text in {"": "0", **draw.ranges}.items():
        known.add(name)
        ready = tuple(_now_known(let, known))
        checks = tuple(formula(text) for text in require if formula(text).names <= known)
        require = [text for text in require if not formula(text).names <= known]
        yield Stage(name, numbers(text), ready, checks)


def _pencilled(draw: Draw, random: Random) -> Values:
    return pencilled.numbers(draw.pencil, str(random.getrandbits(64))) if draw.pencil else {}


def _now_known(let: dict[str, str], known: set[str]) -> Iterator[tuple[str, Formula]]:
    for name in tuple(let):
        if formula(let[name]).names <= known:
            yield name, formula(let.pop(name))
            known.add(name)


def _attempt(stages: tuple[Stage, ...], base: Values, random: Random) -> Values | None:
    values = dict(base)
    for stage in stages:
        tries = min(RETRIES, 2 * len(stage.numbers) - 1)
        if not any(_passes(stage, values, random) for _ in range(tries)):
            return None
    values.pop("")
    return values


def _passes(stage: Stage, values: dict[str, Value], random: Random) -> bool:
    values[stage.name] = random.choice(stage.numbers)
    try:
        for name, meaning in stage.let:
            values[name] = meaning.value(values)
        return all(truth(check.value(values)) for check in stage.require)
    except FormulaError as error:
        if "division by zero" in str(error):
            return False
        raise
