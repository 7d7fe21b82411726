"""Trees to sympy's expressions: its parser reads their canonical text, nothing evaluated or run."""

from __future__ import annotations

import ast
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

from engine.reading.scope import FUNCTIONS, SEVERAL
from engine.reading.tree import Binary, Call, Euler, Name, Negative, Node, Number
from engine.reading.writing import write

_SMALL: Final = 100  # whole numbers that are made once


def expression(tree: Node, names: tuple[str, ...]) -> Any:
    """The tree as sympy's own parser reads its canonical text, nothing evaluated."""
    return parsed(spelled(tree, names))


def spelled(tree: Node, names: tuple[str, ...]) -> str:
    """Text of whole numbers (`n7` for a small one), `v0`, `v1`, … for the names, functions, signs.

    Nothing in it is of a learner's choosing but which of these stand where.
    """
    text = write(_spelled(tree, {name: f"v{index}" for index, name in enumerate(names)}))
    return text.replace("^", "**")


@lru_cache(maxsize=1)
def namespace() -> dict[str, Any]:
    import sympy

    functions = {name: sympy.Function(name) for name in set(FUNCTIONS.values()) - SEVERAL}
    symbols = {f"v{index}": sympy.Symbol(f"v{index}") for index in range(64)}
    nodes = {name: getattr(sympy, name) for name in ("Add", "Mul", "Pow", "Integer")}
    numbers = {f"n{number}": sympy.Integer(number) for number in range(_SMALL)}
    return {**functions, **symbols, **nodes, **numbers}


@lru_cache(maxsize=1024)
def parsed(text: str) -> Any:
    """What `parse_expr(text, evaluate=False)` gives, without compiling a line of it."""
    from sympy.parsing.sympy_parser import EvaluateFalseTransformer

    written = ast.parse(text, mode="eval").body
    return _built(EvaluateFalseTransformer().visit(written), namespace())


def _built(node: ast.expr, known: dict[str, Any]) -> Any:
    """The calls that sympy's transformer wrote, made one by one; errors: `ValueError`."""
    match node:
        case ast.Name(id=name):
            return known[name]
        case ast.Constant(value=int(number)):
            return known["Integer"](number)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_built(operand, known)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            parts = [_built(argument, known) for argument in arguments]
            return known[name](*parts, evaluate=False)
    raise ValueError(f"no expression: {ast.dump(node)}")


def _spelled(tree: Node, letters: dict[str, str]) -> Node:  # noqa: PLR0911  one return a kind
    match tree:
        case Number(value):
            return _spelled_number(value)
        case Name(name):
            return Name(letters[name])
        case Euler():
            return Call("exp", (Name("n1"),))
        case Negative(body):
            return Negative(_spelled(body, letters))
        case Binary("^", Euler(), right):
            return Call("exp", (_spelled(right, letters),))
        case Binary(operator, left, right):
            return Binary(operator, _spelled(left, letters), _spelled(right, letters))
        case Call(function, arguments):
            return Call(function, tuple(_spelled(each, letters) for each in arguments))


def _spelled_number(value: Fraction) -> Node:
    if value.denominator != 1:
        above, below = Fraction(value.numerator), Fraction(value.denominator)
        return Binary("/", _spelled_number(above), _spelled_number(below))
    return Name(f"n{value}") if 0 <= value < _SMALL else Number(value)
