"""An exercise and its numbers make the question that is asked, with what each slip would answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product as pairs
from typing import TypeAlias

from engine.question import Question
from lessons.course import Asked, Choice, Design, Exercise, Option, Order
from lessons.formulas import Formula, Values, formula
from lessons.functions import Value
from lessons.kinds import CellsAsked, ChoiceAsked, DesignAsked, FormulaAsked, OrderAsked
from lessons.notation import Scope, canonical
from lessons.templates import fill
from lessons.traced import cells_question

Mark: TypeAlias = Value | tuple[Value, ...]  # what tells two answers apart

# At these points symbols are tried: equal at all of them is taken for a tie, never for a proof.
SAMPLES = tuple(Fraction(n) for n in (-7, 11, 2, -13, 29, 0, 5))
GRID = tuple(Fraction(n, 2) for n in range(-41, 42))
SMALL_GRID = tuple(Fraction(n) for n in range(-9, 10))


def asked(exercise: Exercise, scope: Scope, order: Sequence[str]) -> Asked | None:
    """What is asked with these numbers; None when a slip would give the right answer."""
    match exercise.kind:
        case CellsAsked() as cells:
            return cells_question(exercise, cells, scope)
        case FormulaAsked() as declared:
            return _formula(exercise, declared, scope)
        case ChoiceAsked() as choice:
            return Choice(tuple(_option(choice, name, scope.values) for name in order))
        case OrderAsked() as tiles:
            shown = tuple(Option(name, fill(tiles.tiles[name], scope.values)) for name in order)
            return Order(shown, tiles.right, tiles.slips)
        case DesignAsked(table):
            return Design(table)


def names_to_shuffle(exercise: Exercise) -> tuple[str, ...]:
    match exercise.kind:
        case ChoiceAsked(options=options):
            return tuple(options)
        case OrderAsked(tiles=tiles):
            return tuple(tiles)
        case _:
            return ()


def _option(choice: ChoiceAsked, name: str, values: Values) -> Option:
    key = str(formula(choice.means[name]).value(values)) if name in choice.means else name
    return Option(key, fill(choice.options[name], values))


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


def unknowns(declared: FormulaAsked) -> tuple[str, ...]:
    """The names that stand for what the learner types."""
    if not declared.region:
        return declared.names
    return tuple(f"u{i}" for i in range(1, (declared.size or 0) + 1)) or ("u",)


def marks(declared: FormulaAsked, scope: Scope) -> dict[str, Mark]:
    """What tells the right answer ("") and the slips apart: their values, or values at samples."""
    named = {"": declared.answer, **declared.slips}
    return {slug: _mark(formula(text), declared, scope) for slug, text in named.items()}


def _mark(asked: Formula, declared: FormulaAsked, scope: Scope) -> Mark:
    symbols = unknowns(declared)
    if not symbols:
        value = asked.value(scope.values)
        return _rounded(value, declared.places)
    return tuple(_at(asked, dict(point), scope) for point in _points(symbols, declared.region))


def _rounded(value: Value, places: int | None) -> Value:
    if places is None or not isinstance(value, Fraction):
        return value
    return formula(f"round(value, {places})").value({"value": value})


def _at(asked: Formula, point: Mapping[str, Value], scope: Scope) -> Value:
    values = {**scope.values, **point}
    for name, meaning in scope.let.items():
        if name not in values:
            values[name] = meaning.value(values)
    return asked.value(values)


def _points(symbols: Sequence[str], region: bool) -> Iterator[Iterator[tuple[str, Value]]]:
    if region:
        grid = GRID if len(symbols) == 1 else SMALL_GRID
        for point in pairs(grid, repeat=len(symbols)):
            yield iter(list(zip(symbols, point, strict=True)))
        return
    for shift in range(len(SAMPLES)):
        turned = SAMPLES[shift:] + SAMPLES[:shift]
        yield iter(list(zip(symbols, turned, strict=False)))


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
