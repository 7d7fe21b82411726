"""The sign of an element without names, from rigorous bounds."""

from __future__ import annotations

from typing import Any

import flint

from engine.balls import precision
from engine.checking.algebra import Field
from engine.checking.elements import Element
from engine.checking.enclosing import PRECISIONS, Unbounded


def sign(element: Element, field: Field) -> int | None:
    """-1 or 1 of an element that is not zero; None where bounds do not tell."""
    for bits in PRECISIONS:
        with precision(bits):
            try:
                ball = _quotient(element, field)
            except Unbounded:
                return None
            if ball.is_finite() and not ball.contains(0):
                return 1 if ball > 0 else -1
    return None


def _quotient(element: Element, field: Field) -> Any:
    return _enclosed(element.above, field) / _enclosed(element.below, field)


def _enclosed(polynomial: Any, field: Field) -> Any:
    total = flint.arb(0)
    for monomial, coefficient in polynomial.to_dict().items():
        product = flint.arb(coefficient)
        for index, power in enumerate(map(int, monomial)):
            if power:
                product *= _generator(index, field) ** power
        total += product
    return total


def _generator(index: int, field: Field) -> Any:
    kind, meant = field.meant[index]
    if kind not in ("exp", "ln", "sqrt"):
        raise Unbounded
    inner = _quotient(meant, field)
    if kind == "exp":
        return inner.exp()
    if not inner > 0:
        raise Unbounded
    return inner.log() if kind == "ln" else inner.sqrt()
