"""Trees to values: rationals at once, and all others by way of sympy's parser."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

from engine.reading.gate import BITS, POWER, Refused
from engine.reading.tree import Binary, Call, Euler, Name, Negative, Node, Number
from engine.reading.writing import write

FUNCTIONS: Final = (
    "sigmoid", "relu", "max", "exp", "ln", "log2", "tanh", "sqrt", "step", "sigmoid2",
)  # fmt: skip
_SMALL: Final = 100  # whole numbers that need not be parsed


def bits(value: Fraction) -> int:
    return value.numerator.bit_length() + value.denominator.bit_length()


def rational(tree: Node) -> Fraction | None:
    """The value of a tree of plain arithmetic; None where it has names or other functions.

    The size of each step is predicted before it is taken. Errors: `Refused`.
    """
    match tree:
        case Number(value):
            return value
        case Negative(body):
            value_of = rational(body)
            return None if value_of is None else -value_of
        case Binary(operator, left, right):
            first, second = rational(left), rational(right)
            if first is None or second is None:
                return None
            return _combined(operator, first, second)
        case Call(function, arguments):
            return _called(function, arguments)
        case _:
            return None


def _combined(operator: str, left: Fraction, right: Fraction) -> Fraction | None:
    if operator == "^":
        return _power(left, right)
    if bits(left) + bits(right) > BITS:
        raise Refused("too-big", None, operator)
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            if right == 0:
                raise Refused("division-by-zero")
            return left / right


def _power(base: Fraction, exponent: Fraction) -> Fraction | None:
    if exponent.denominator != 1:
        return None
    if abs(exponent) > POWER or bits(base) * abs(exponent) > BITS:
        raise Refused("too-big", None, "^")
    if base == 0 and exponent < 0:
        raise Refused("division-by-zero")
    return base ** int(exponent)


def _called(function: str, arguments: tuple[Node, ...]) -> Fraction | None:
    if function not in ("relu", "max", "step"):
        return None
    values = [rational(argument) for argument in arguments]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    match function:
        case "relu":
            return max(known[0], Fraction(0))
        case "step":
            return Fraction(1 if known[0] > 0 else 0)
        case _:
            return max(known)


def names_in(tree: Node) -> frozenset[str]:
    match tree:
        case Name(name):
            return frozenset((name,))
        case Negative(body):
            return names_in(body)
        case Binary(_, left, right):
            return names_in(left) | names_in(right)
        case Call(_, arguments):
            return frozenset[str]().union(*map(names_in, arguments))
        case _:
            return frozenset()


def expression(tree: Node, names: tuple[str, ...]) -> Any:
    """The tree as sympy's own parser reads its canonical text, nothing evaluated.

    The text holds whole numbers (`n7` for a small one, known to the namespace), `v0`, `v1`, …
    for the names, known functions and signs: nothing that a learner chose the letters of.
    """
    text = write(_spelled(tree, {name: f"v{index}" for index, name in enumerate(names)}))
    return _parsed(text.replace("^", "**"))


@lru_cache(maxsize=1)
def _namespace() -> dict[str, Any]:
    import sympy

    functions = {name: sympy.Function(name) for name in FUNCTIONS}
    symbols = {f"v{index}": sympy.Symbol(f"v{index}") for index in range(64)}
    nodes = {name: getattr(sympy, name) for name in ("Add", "Mul", "Pow", "Integer")}
    numbers = {f"n{number}": sympy.Integer(number) for number in range(_SMALL)}
    return {"__builtins__": {}, **functions, **symbols, **nodes, **numbers}


@lru_cache(maxsize=1024)
def _parsed(text: str) -> Any:
    from sympy.parsing.sympy_parser import auto_number, parse_expr

    return parse_expr(
        text,
        local_dict={},
        global_dict=_namespace(),
        transformations=(auto_number,),
        evaluate=False,
    )


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
