"""The small language of lesson files: exact formulas over drawn numbers, nothing else."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from lessons.functions import FUNCTIONS, OPERATORS, Value, same_kind, truth

NODES = (
    ast.Expression, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call,
    ast.Name, ast.Load, ast.Constant, ast.Tuple, ast.List, ast.Subscript,
    ast.operator, ast.unaryop, ast.boolop, ast.cmpop,
)  # fmt: skip
COMPARISONS: Mapping[type[ast.cmpop], Callable[[Value, Value], bool]] = {
    ast.Eq: lambda a, b: a == b,
    ast.NotEq: lambda a, b: a != b,
    ast.Lt: lambda a, b: same_kind(a) < same_kind(b),
    ast.LtE: lambda a, b: same_kind(a) <= same_kind(b),
    ast.Gt: lambda a, b: same_kind(a) > same_kind(b),
    ast.GtE: lambda a, b: same_kind(a) >= same_kind(b),
    ast.In: lambda a, b: isinstance(b, tuple) and a in b,
    ast.NotIn: lambda a, b: isinstance(b, tuple) and a not in b,
}
LONGEST = 600

Values: TypeAlias = Mapping[str, Value]


class FormulaError(ValueError):
    """The formula cannot be read, or has no value: the message says why, for its author."""


@dataclass(frozen=True, slots=True)
class Formula:
    text: str
    tree: ast.expr
    names: frozenset[str]  # those that need a value: functions are not among them

    def value(self, values: Values) -> Value:
        """Exact; raises FormulaError for an unknown name or a division by zero."""
        try:
            return evaluate(self.tree, values)
        except ZeroDivisionError:
            raise FormulaError(f"{self.text}: division by zero") from None
        except (TypeError, ArithmeticError, IndexError) as error:
            raise FormulaError(f"{self.text}: {error}") from None


@lru_cache(maxsize=4096)
def formula(text: str) -> Formula:
    """Reads a formula; raises FormulaError."""
    if len(text) > LONGEST:
        raise FormulaError(f"a formula of {len(text)} characters; at most {LONGEST}")
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError):
        raise FormulaError(f"{text}: not a formula") from None
    for node in ast.walk(tree):
        _admit(node, text)
    return Formula(text, tree.body, frozenset(_free_names(tree)))


def _admit(node: ast.AST, text: str) -> None:
    if not isinstance(node, NODES):
        raise FormulaError(f"{text}: {type(node).__name__} has no place in a formula")
    if isinstance(node, ast.Constant) and not isinstance(node.value, int | str):
        raise FormulaError(f"{text}: write {node.value!r} as a fraction")
    if isinstance(node, ast.operator) and type(node) not in OPERATORS:
        raise FormulaError(f"{text}: unknown operator {type(node).__name__}")
    if isinstance(node, ast.Call) and not _is_known(node):
        raise FormulaError(f"{text}: functions are {', '.join(sorted(FUNCTIONS))}")


def _is_known(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id in FUNCTIONS and not call.keywords


def words(asked: Formula) -> frozenset[str]:
    """The words that a formula may give."""
    nodes = (node.value for node in ast.walk(asked.tree) if isinstance(node, ast.Constant))
    return frozenset(value for value in nodes if isinstance(value, str)) - {"right"}


def _free_names(tree: ast.AST) -> Iterator[str]:
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and id(node) not in called:
            yield node.id


def evaluate(node: ast.expr, values: Values) -> Value:  # noqa: PLR0911 - a return a case
    """The value of a tree that `formula` admitted."""
    match node:
        case ast.Constant(value=bool() | int() as number):
            return number if isinstance(number, bool) else Fraction(number)
        case ast.Constant(value=str() as word):
            return word
        case ast.Name(id=name):
            return _lookup(name, values)
        case ast.Tuple(elts=items) | ast.List(elts=items):
            return tuple(evaluate(item, values) for item in items)
        case ast.Subscript(value=base, slice=index):
            return _pick(evaluate(base, values), evaluate(index, values))
        case ast.BinOp(left=left, op=operator, right=right):
            return OPERATORS[type(operator)](evaluate(left, values), evaluate(right, values))
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _call(name, *(evaluate(argument, values) for argument in arguments))
        case _:
            return _decide(node, values)


def _call(name: str, *arguments: Value) -> Value:
    value: Value = FUNCTIONS[name](*arguments)
    return value


def _decide(node: ast.expr, values: Values) -> Value:
    match node:
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return OPERATORS[ast.Mult](Fraction(-1), evaluate(operand, values))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return not truth(evaluate(operand, values))
        case ast.UnaryOp(operand=operand):
            return evaluate(operand, values)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return evaluate(body if truth(evaluate(test, values)) else orelse, values)
        case ast.BoolOp(op=operator, values=parts):
            fold = all if isinstance(operator, ast.And) else any
            return fold(truth(evaluate(part, values)) for part in parts)
        case ast.Compare(left=left, ops=operators, comparators=others):
            sides = [left, *others]
            return all(
                COMPARISONS[type(op)](evaluate(a, values), evaluate(b, values))
                for op, a, b in zip(operators, sides, sides[1:], strict=False)
            )
        case _:
            raise TypeError(f"{type(node).__name__} has no place in a formula")


def _lookup(name: str, values: Values) -> Value:
    try:
        return values[name]
    except KeyError:
        raise FormulaError(f"{name} is nowhere drawn") from None


def _pick(base: Value, index: Value) -> Value:
    if not isinstance(base, tuple) or not isinstance(index, Fraction) or index < 1:
        raise FormulaError("only entries of a vector can be picked, from 1")
    return base[int(index) - 1]
