"""Formulas as the engine reads them: drawn numbers put in, symbols and σ left standing."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from lessons.formulas.formula import Formula, FormulaError, Values, evaluate
from lessons.formulas.functions import INEXACT, Value, truth

ATOM = re.compile(r"\w+(\([^()]*\))?")
SIGNS: Mapping[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scope:
    """What a formula's names stand for: numbers, other formulas, or themselves."""

    values: Values
    let: Mapping[str, Formula] = field(default_factory=dict)
    symbols: frozenset[str] = frozenset()


def plain(value: Value) -> str:
    """`-3/2`, `(1, 0)`, `[[1, 2], [3, 4]]`, words as they are."""
    match value:
        case bool():
            return "true" if value else "false"
        case tuple():
            entries = ", ".join(plain(entry) for entry in value)
            is_matrix = value and isinstance(value[0], tuple)
            in_matrix = f"[{', '.join(_row(entry) for entry in value)}]"
            return in_matrix if is_matrix else f"({entries})"
        case _:
            return str(value)


def _row(value: Value) -> str:
    return f"[{plain(value)[1:-1]}]"


def canonical(formula: Formula, scope: Scope) -> str:
    """Raises FormulaError."""
    try:
        return _text(formula.tree, scope)
    except ZeroDivisionError:
        raise FormulaError(f"{formula.text}: division by zero") from None
    except (TypeError, ArithmeticError, IndexError) as error:
        raise FormulaError(f"{formula.text}: {error}") from None


def _stays(node: ast.AST, scope: Scope) -> bool:
    """Whether something in it has no exact number: a symbol, or a function like σ."""
    return any(
        name in scope.symbols
        or name in INEXACT
        or (name in scope.let and _stays(scope.let[name].tree, scope))
        for name in _names(node)
    )


@lru_cache(maxsize=65536)
def _names(node: ast.AST) -> frozenset[str]:
    return frozenset(part.id for part in ast.walk(node) if isinstance(part, ast.Name))


def _text(node: ast.expr, scope: Scope) -> str:  # noqa: PLR0911 - a return a case
    if not _stays(node, scope):
        return plain(evaluate(node, scope.values))
    match node:
        case ast.Name(id=name):
            return name if name in scope.symbols else _text(scope.let[name].tree, scope)
        case ast.Tuple(elts=items) | ast.List(elts=items):
            return f"({', '.join(_text(item, scope) for item in items)})"
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return f"{name}({', '.join(_text(item, scope) for item in arguments)})"
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _times("-1", _text(operand, scope))
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return _text(body if truth(evaluate(test, scope.values)) else orelse, scope)
        case ast.BinOp(left=left, op=operator, right=right):
            return _operation(operator, _text(left, scope), _text(right, scope))
        case _:
            return _region(node, scope)


def _region(node: ast.expr, scope: Scope) -> str:
    match node:
        case ast.Compare(left=left, ops=operators, comparators=others):
            text = _text(left, scope)
            for operator, other in zip(operators, others, strict=True):
                text += f" {SIGNS[type(operator)]} {_text(other, scope)}"
            return text
        case ast.BoolOp(op=operator, values=parts):
            word = " and " if isinstance(operator, ast.And) else " or "
            return word.join(_joined(part, scope) for part in parts)
        case _:
            raise FormulaError(f"{ast.unparse(node)} cannot hold a symbol")


def _joined(part: ast.expr, scope: Scope) -> str:
    text = _text(part, scope)
    return f"({text})" if isinstance(part, ast.BoolOp) else text


def _operation(operator: ast.operator, left: str, right: str) -> str:
    match operator:
        case ast.Add():
            return _plus(left, right)
        case ast.Sub():
            return _plus(left, _times("-1", right))
        case ast.Mult():
            return _times(left, right)
        case ast.Div():
            return f"{_wrapped(left)}/{_wrapped(right)}"
        case ast.Pow():
            return f"{_wrapped(left)}**{_wrapped(right)}"
        case _:
            raise FormulaError(f"{type(operator).__name__} cannot hold a symbol")


def _plus(left: str, right: str) -> str:
    if left == "0":
        return right
    if right == "0":
        return left
    return f"{left} - {right[1:]}" if right.startswith("-") else f"{left} + {right}"


def _times(left: str, right: str) -> str:
    if "0" in (left, right):
        return "0"
    if left == "1":
        return right
    if right == "1":
        return left
    if _is_negated(left) and left != "-1":
        return _times("-1", _times(left[1:], right))
    if left == "-1":
        return right[1:] if _is_negated(right) else f"-{_wrapped(right, '*/')}"
    return f"{_wrapped(left, '*/')}*{_wrapped(right)}"


def _is_negated(text: str) -> bool:
    return text.startswith("-") and ATOM.fullmatch(text[1:]) is not None


def _wrapped(text: str, also: str = "") -> str:
    """In parentheses unless it is one thing; a bare product may stand where `also` allows it."""
    if ATOM.fullmatch(text):
        return text
    factors = re.split(f"[{re.escape(also)}]", text) if also else [text]
    is_safe = all(ATOM.fullmatch(factor) for factor in factors)
    return text if is_safe else f"({text})"
