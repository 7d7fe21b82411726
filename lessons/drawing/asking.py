"""An exercise and its numbers make the question that is asked, with what each slip would answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import product as pairs
from typing import TypeAlias

from engine.question import Question
from lessons.course import Asked, Choice, Design, Exercise, Option, Order, Training
from lessons.drawing.traced import cells_question
from lessons.formulas.formula import Formula, FormulaError, Values, formula
from lessons.formulas.functions import Value
from lessons.formulas.notation import Scope, canonical
from lessons.formulas.templates import fill
from lessons.kinds import (
    CellsAsked,
    ChoiceAsked,
    DesignAsked,
    FormulaAsked,
    OrderAsked,
    TrainingAsked,
)

Mark: TypeAlias = Value | tuple[Value, ...]  # what tells two answers apart

# At these points symbols are tried: equal at all of them is taken for a tie, never for a proof.
NUMBER = re.compile(r"-?\d+(?:/\d+)?")
SAMPLES = tuple(Fraction(n) for n in (-7, 11, 2, -13, 29, 0, 5))
SMALL_GRID = tuple(Fraction(n) for n in range(-9, 10))
POLE = "pole"  # where a formula divides by zero
AROUND = (Fraction(-1, 4), Fraction(0), Fraction(1, 4))  # of every end of an interval


def asked(exercise: Exercise, scope: Scope, order: Sequence[str]) -> Asked | None:
    """What is asked with these numbers; None when a slip would give the right answer."""
    match exercise.kind:
        case CellsAsked() as cells:
            return cells_question(exercise, cells, scope)
        case FormulaAsked() as declared:
            return _formula(exercise, declared, scope)
        case ChoiceAsked() as choice:
            return Choice(tuple(_option(exercise, choice, name, scope.values) for name in order))
        case OrderAsked() as tiles:
            put = partial(fill, values=scope.values, language=exercise.language)
            shown = tuple(Option(name, put(tiles.tiles[name])) for name in order)
            return Order(shown, tiles.right, tiles.slips)
        case DesignAsked(table):
            return Design(table)
        case TrainingAsked():
            return Training()


def names_to_shuffle(exercise: Exercise) -> tuple[str, ...]:
    match exercise.kind:
        case ChoiceAsked(options=options):
            return tuple(options)
        case OrderAsked(tiles=tiles):
            return tuple(tiles)
        case _:
            return ()


def _option(exercise: Exercise, choice: ChoiceAsked, name: str, values: Values) -> Option:
    key = str(formula(choice.means[name]).value(values)) if name in choice.means else name
    return Option(key, fill(choice.options[name], values, exercise.language))


def _formula(exercise: Exercise, declared: FormulaAsked, scope: Scope) -> Question | None:
    scope = replace(scope, symbols=scope.symbols | set(unknowns(declared)))
    slips = kept(marks(declared, scope), exercise.may_tie)
    if slips is None:
        return None
    return Question(
        expect=canonical(formula(declared.answer), scope),
        names=declared.names,
        places=declared.places,
        slips={slug: canonical(formula(declared.slips[slug]), scope) for slug in slips},
        size=declared.size,
    )


def step_before(exercise: Exercise, scope: Scope) -> Question | None:
    """What the one step before the exercise shall give."""
    if not exercise.before_answer:
        return None
    names = exercise.kind.names if isinstance(exercise.kind, FormulaAsked) else ()
    scope = replace(scope, symbols=scope.symbols | set(names))
    return Question(canonical(formula(exercise.before_answer), scope), names=names)


def unknowns(declared: FormulaAsked) -> tuple[str, ...]:
    """The names that stand for what the learner types."""
    if not declared.region:
        return declared.names
    return tuple(f"u{i}" for i in range(1, (declared.size or 0) + 1)) or ("u",)


def marks(declared: FormulaAsked, scope: Scope) -> dict[str, Mark]:
    """What tells the right answer ("") and the slips apart: their values, or values at samples."""
    named = {"": declared.answer, **declared.slips}
    symbols = unknowns(declared)
    if not symbols:
        exact = {slug: formula(text).value(scope.values) for slug, text in named.items()}
        return {slug: _rounded(value, declared.places) for slug, value in exact.items()}
    asked = {slug: formula(text) for slug, text in named.items()}
    points = _points(symbols, _ends(named, scope) if declared.region else ())
    rows = [[_at(part, point) for part in asked.values()] for point in _filled(points, scope)]
    return dict(zip(asked, zip(*rows, strict=True), strict=True))


def _at(part: Formula, point: Values) -> Value:
    """Its value there; two formulas may well have their poles at different points."""
    try:
        return part.value(point)
    except FormulaError as error:
        if "division by zero" in str(error):
            return POLE
        raise


def _rounded(value: Value, places: int | None) -> Value:
    if places is None or not isinstance(value, Fraction):
        return value
    return formula(f"round(value, {places})").value({"value": value})


def _filled(points: Iterable[Mapping[str, Value]], scope: Scope) -> Iterator[Values]:
    """At each point, what follows from it as well."""
    for point in points:
        values = {**scope.values, **point}
        for name, meaning in scope.let.items():
            if name not in values:
                values[name] = meaning.value(values)
        yield values


def _ends(regions: Mapping[str, str], scope: Scope) -> tuple[Fraction, ...]:
    """Every number that stands in the regions: where an interval can begin or end."""
    texts = " ".join(canonical(formula(text), scope) for text in regions.values())
    return tuple(Fraction(text) for text in set(NUMBER.findall(texts)))


def _points(symbols: Sequence[str], ends: Sequence[Fraction]) -> Iterator[Mapping[str, Value]]:
    """For regions: about every end. For formulas: where symbols stand far apart."""
    if len(symbols) == 1 and ends:
        yield from ({symbols[0]: end + by} for end in ends for by in AROUND)
    elif ends:
        grid = pairs(SMALL_GRID, repeat=len(symbols))
        yield from (dict(zip(symbols, point, strict=True)) for point in grid)
    else:
        for shift in range(len(SAMPLES)):
            turned = SAMPLES[shift:] + SAMPLES[:shift]
            yield dict(zip(symbols, turned, strict=False))


def kept(found: Mapping[str, Mark], may_tie: Sequence[str]) -> tuple[str, ...] | None:
    """The slips that can be told apart; None when one that must be cannot."""
    told: dict[str, Mark] = {"": found[""]}
    for slug in sorted((slug for slug in found if slug), key=lambda slug: slug in may_tie):
        if not any(_same(found[slug], mark) for mark in told.values()):
            told[slug] = found[slug]
        elif slug not in may_tie:
            return None
    return tuple(slug for slug in found if slug in told and slug)


def _same(a: Mark, b: Mark) -> bool:
    """Equal; two regions, which are rows of true and false, already when they meet."""
    if _is_region(a) and _is_region(b):
        return any(x and y for x, y in zip(a, b, strict=True))  # type: ignore[arg-type]
    return a == b


def _is_region(mark: Mark) -> bool:
    return isinstance(mark, tuple) and bool(mark) and all(isinstance(x, bool) for x in mark)
