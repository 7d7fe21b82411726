"""Exercises over cells of a trace: the engine's question, and the pass told line by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from engine.question import Question
from lessons.course import Exercise
from lessons.drawing.telling import lines
from lessons.formulas.formula import FormulaError, formula
from lessons.formulas.functions import Value, number, vector
from lessons.formulas.notation import Scope, canonical
from lessons.formulas.templates import fill
from lessons.kinds import CellsAsked

if TYPE_CHECKING:
    from engine.network import Network


def cells_question(exercise: Exercise, asked: CellsAsked, scope: Scope) -> Question | None:
    """The engine's question with the lesson's own slips; None when a slip cannot be told apart.

    The engine is asked for those misconceptions for which the lesson has words.
    """
    from engine import MISCONCEPTIONS
    from engine.asking import ask

    known = {slug for slug in exercise.feedback if slug in MISCONCEPTIONS} - asked.slips.keys()
    cells = cells_of(asked, scope)
    wanted = cells if len(cells) > 1 else cells[0]
    terms = _terms(asked, scope)
    ties = set(exercise.may_tie)
    # Slips that may tie are asked for apart, so that none of them can hide one that must be told.
    question = ask(*_pass(asked, scope), wanted, slips=sorted(known - ties), **terms)
    if known - ties - question.slips.keys():
        return None
    more = ask(*_pass(asked, scope), wanted, slips=sorted(known & ties), **terms).slips
    own = {slug: canonical(formula(text), scope) for slug, text in asked.slips.items()}
    return _merged(question, {**question.slips, **own, **more}, ties)


def _merged(question: Question, found: Mapping[str, str], ties: set[str]) -> Question | None:
    told = {_value(question.expect)}
    slips: dict[str, str] = {}
    for slug in sorted(found, key=lambda slug: slug in ties):
        if _value(found[slug]) not in told:
            told.add(_value(found[slug]))
            slips[slug] = found[slug]
        elif slug not in ties:
            return None
    return replace(question, slips=slips)


def _value(text: str) -> Value:
    """Exact; what the little language cannot read is compared as it is written."""
    try:
        return formula(text).value({})
    except FormulaError:
        return text


def _pass(asked: CellsAsked, scope: Scope) -> tuple[Network, tuple[Fraction, ...]]:
    from engine import Network

    layers = (
        (
            [vector(row) for row in vector(formula(layer.weights).value(scope.values))],
            _numbers(layer.biases, scope),
            layer.activation,
        )
        for layer in asked.layers
    )
    return Network.of(*layers), _numbers(asked.inputs, scope)


def cells_of(asked: CellsAsked, scope: Scope) -> tuple[str, ...]:
    """The addresses, with drawn numbers in their holes: `z1.{total}`."""
    return tuple(fill(cell, scope.values) for cell in asked.cells)


def _terms(asked: CellsAsked, scope: Scope) -> dict[str, Any]:
    """Target, rate and loss, where the exercise has them."""
    terms: dict[str, Any] = {"loss": asked.loss}
    if asked.target:
        terms["target"] = _numbers(asked.target, scope)
    if asked.rate:
        terms["rate"] = number(formula(asked.rate).value(scope.values))
    return terms


def _numbers(text: str, scope: Scope) -> tuple[Fraction, ...]:
    return tuple(number(entry) for entry in vector(formula(text).value(scope.values)))


def told(asked: CellsAsked, scope: Scope) -> tuple[str, ...]:
    """The pass up to the asked cells, a line a cell, in the order of writing."""
    from engine import trace

    network, inputs = _pass(asked, scope)
    terms = _terms(asked, scope)
    terms.pop("loss") if not asked.target else None
    return lines(trace(network, inputs, **terms), cells_of(asked, scope))


def same_pass(one: CellsAsked, mine: Scope, other: CellsAsked, theirs: Scope) -> bool:
    """Whether two exercises ask about the same network and the same row."""
    return bool(_pass(one, mine) == _pass(other, theirs))


def followed(asked: CellsAsked, scope: Scope, claims: Mapping[str, Fraction]) -> str | None:
    """What the asked cells hold when these cells are taken as given; None when nothing changes."""
    from engine.asking import ask

    cells = cells_of(asked, scope)
    wanted = cells if len(cells) > 1 else cells[0]
    terms = _terms(asked, scope)
    return ask(*_pass(asked, scope), wanted, slips=(), claims=claims, **terms).follows
