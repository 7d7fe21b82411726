"""Exercises over cells of a trace: the engine's question, and the pass told line by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from engine.question import Question
from lessons.course import Exercise
from lessons.formulas import FormulaError, formula
from lessons.functions import Value, number, vector
from lessons.kinds import CellsAsked
from lessons.notation import Scope, canonical
from lessons.telling import lines
from lessons.templates import fill

if TYPE_CHECKING:
    from engine.network import Network


def cells_question(exercise: Exercise, asked: CellsAsked, scope: Scope) -> Question | None:
    """The engine's question with the lesson's own slips; None when a slip cannot be told apart.

    The engine is asked for those misconceptions for which the lesson has words.
    """
    from engine import MISCONCEPTIONS
    from engine.asking import ask

    known = {slug for slug in exercise.feedback if slug in MISCONCEPTIONS} - asked.slips.keys()
    asked_cells = _cells(asked, scope)
    cells = asked_cells if len(asked_cells) > 1 else asked_cells[0]
    terms = _terms(asked, scope)
    question = ask(*_pass(asked, scope), cells, slips=sorted(known), **terms)
    if known - question.slips.keys() - set(exercise.may_tie):
        return None
    own = {slug: canonical(formula(text), scope) for slug, text in asked.slips.items()}
    return _merged(question, own, exercise.may_tie)


def _merged(
    question: Question, own: Mapping[str, str], may_tie: tuple[str, ...]
) -> Question | None:
    told = {_value(question.expect)}
    slips: dict[str, str] = {}
    for slug, text in {**own, **question.slips}.items():
        if _value(text) not in told:
            told.add(_value(text))
            slips[slug] = text
        elif slug not in may_tie:
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


def _cells(asked: CellsAsked, scope: Scope) -> tuple[str, ...]:
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
    return lines(trace(network, inputs, **terms), _cells(asked, scope))
