"""The small language of lesson files: exact formulas over drawn numbers, nothing else."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from lessons.formulas.functions import FUNCTIONS, OPERATORS, Value, same_kind, truth

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
Meaning: TypeAlias = Callable[[Values], Value]


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


def evaluate(node: ast.expr, values: Values) -> Value:
    """The value of a tree that `formula` admitted."""
    return _meaning(node)(values)


@lru_cache(maxsize=65536)
def _meaning(node: ast.expr) -> Meaning:
    """The tree as a function of the names' values: trees are walked once, not at every draw."""
    match node:
        case ast.Constant(value=bool() | str() as known):
            return lambda _: known
        case ast.Constant(value=int() as number):
            whole = Fraction(number)
            return lambda _: whole
        case ast.Name(id=name):
            return lambda values: _lookup(name, values)
        case ast.Tuple(elts=items) | ast.List(elts=items):
            parts = tuple(map(_meaning, items))
            return lambda values: tuple(part(values) for part in parts)
        case ast.Subscript(value=base, slice=index):
            entries, place = _meaning(base), _meaning(index)
            return lambda values: _pick(entries(values), place(values))
        case _:
            return _operation(node)


def _operation(node: ast.expr) -> Meaning:
    match node:
        case ast.BinOp(left=left, op=operator, right=right):
            return _call(OPERATORS[type(operator)], left, right)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _call(FUNCTIONS[name], *arguments)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            inner, times = _meaning(operand), OPERATORS[ast.Mult]
            return lambda values: times(Fraction(-1), inner(values))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            inner = _meaning(operand)
            return lambda values: not truth(inner(values))
        case ast.UnaryOp(operand=operand):
            return _meaning(operand)
        case _:
            return _decision(node)


def _call(function: Callable[..., Value], *arguments: ast.expr) -> Meaning:
    parts = tuple(map(_meaning, arguments))
    return lambda values: function(*(part(values) for part in parts))


def _decision(node: ast.expr) -> Meaning:
    match node:
        case ast.IfExp(test=test, body=body, orelse=orelse):
            decides, yes, no = _meaning(test), _meaning(body), _meaning(orelse)
            return lambda values: (yes if truth(decides(values)) else no)(values)
        case ast.BoolOp(op=operator, values=nodes):
            fold = all if isinstance(operator, ast.And) else any
            parts = tuple(map(_meaning, nodes))
            return lambda values: fold(truth(part(values)) for part in parts)
        case ast.Compare(left=left, ops=operators, comparators=others):
            sides = tuple(map(_meaning, (left, *others)))
            tests = (COMPARISONS[type(operator)] for operator in operators)
            pairs = tuple(zip(tests, sides, sides[1:], strict=False))
            return lambda values: all(holds(a(values), b(values)) for holds, a, b in pairs)
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
