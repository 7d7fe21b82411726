"""Whether two trees have one value: proved equal, proved different, or not decided."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Any

from engine.balls import precision
from engine.checking import signs
from engine.checking.algebra import Field, Restart
from engine.checking.elements import Element, Undecided
from engine.checking.enclosing import PRECISIONS, Unbounded, enclose
from engine.checking.terms import same_terms
from engine.reading.gate import Refused
from engine.reading.sizes import predict
from engine.reading.symbols import expression
from engine.reading.tree import Binary, Node
from engine.reading.values import names_in, rational

_ROUNDS = 4  # finer roots of powers of e, at most
_SAMPLES = (Fraction(3, 7), Fraction(-5, 3), Fraction(11, 5), Fraction(-1, 9), Fraction(17, 13))
_REACHES = (1, 50)  # the far ones lie beyond the corner of relu(r − 2·o + 5) as well


def admissible(tree: Node, names: tuple[str, ...]) -> None:
    """Errors: `Refused` for a tree that is too big, divides by zero or has no real value."""
    predict(tree)
    if rational(tree) is None:
        try:
            _begun(tree, names, frozenset())
        except Undecided:
            return


@lru_cache(maxsize=2048)
def same(left: Node, right: Node, names: tuple[str, ...]) -> bool | None:
    """True and False are proofs; None is neither. Errors: `Refused` for what `left` is."""
    quick = _quick(left, right)
    if quick is not None:
        return quick
    try:
        field, one, other = _pair(left, right, names)
        difference = one.above * other.below - other.above * one.below
        if not field.folded(difference):
            return True
        if field.free:
            return False
    except Undecided:
        pass
    except Refused as refused:
        if refused.kind != "too-big":
            raise
    return False if _apart(Binary("-", left, right)) else None


def _quick(left: Node, right: Node) -> bool | None:
    """What plain numbers, the order of terms or bounds alone can prove."""
    if left == right:
        return True
    first, second = rational(left), rational(right)
    if first is not None and second is not None:
        return first == second
    if same_terms(left, right):
        return True
    if first is not None and not names_in(right) and _apart(Binary("-", left, right)):
        return False
    return None


def ratio(left: Node, right: Node, names: tuple[str, ...]) -> Fraction | None:
    """The number that left is of right, where it is proved to be one number."""
    try:
        field, one, other = _pair(left, right, names)
        above, below = one.above * other.below, other.above * one.below
        if not field.folded(above) or not field.folded(below):
            return None
        scale = above.leading_coefficient() / below.leading_coefficient()
        alike = not field.folded(above - below * scale)
        return Fraction(int(scale.p), int(scale.q)) if alike else None
    except (Undecided, Refused):
        return None


def _apart(difference: Node) -> bool:
    """Whether balls keep the difference from zero somewhere; agreement there proves nothing."""
    for at in _points(tuple(sorted(names_in(difference)))):
        for bits in PRECISIONS[:3]:
            with precision(bits):
                try:
                    ball = enclose(difference, at)
                except Unbounded:
                    continue
                if not ball.contains(0):
                    return True
    return False


def _points(names: tuple[str, ...]) -> Iterator[dict[str, Fraction]]:
    if not names:
        yield {}
        return
    for reach, shift in product(_REACHES, range(len(_SAMPLES))):
        yield {
            name: reach * _SAMPLES[(shift + index) % len(_SAMPLES)] + Fraction(index, 19)
            for index, name in enumerate(names)
        }


def _pair(left: Node, right: Node, names: tuple[str, ...]) -> tuple[Field, Element, Element]:
    """Both as elements of one field, which begins with what `right` needs."""
    roots: dict[Any, int] = {}
    for _ in range(_ROUNDS):
        known, other = _begun(right, names, frozenset(roots.items()))
        field = known.copy()
        try:
            return field, _element(expression(left, names), field), other
        except Restart:
            roots = field.roots
    raise Undecided


@lru_cache(maxsize=1024)
def _begun(
    tree: Node, names: tuple[str, ...], roots: frozenset[tuple[Any, int]]
) -> tuple[Field, Element]:
    """A field in which the tree has been read: a target is worked out once, not once an answer."""
    found = dict(roots)
    for _ in range(_ROUNDS):
        field = Field(found)
        try:
            return field, _element(expression(tree, names), field)
        except Restart:
            continue
    raise Undecided


def _element(expr: Any, field: Field) -> Element:
    """What sympy parsed, as an element of the field."""
    if expr.is_Rational:
        return field.number(Fraction(int(expr.p), int(expr.q)))
    if expr.is_Symbol:
        return field.name(expr.name)
    if expr.is_Add or expr.is_Mul:
        parts = [_element(each, field) for each in expr.args]
        result = parts[0]
        for part in parts[1:]:
            result = result + part if expr.is_Add else result * part
        return result
    if expr.is_Pow:
        return _power(_element(expr.base, field), _element(expr.exp, field), field)
    return _called(expr.func.__name__, [_element(each, field) for each in expr.args], field)


def _power(base: Element, exponent: Element, field: Field) -> Element:
    value = exponent.constant
    if value is not None and value.denominator == 1:
        if abs(value) > 64:
            raise Refused("too-big", None, "^")
        return field.power(base, int(value))
    if value is not None and value.denominator == 2 and abs(value) <= 64:
        return field.power(field.sqrt(base), int(2 * value))
    return field.exp(exponent * field.ln(base))


def _called(  # noqa: PLR0911  one return a kind
    function: str, arguments: list[Element], field: Field
) -> Element:
    value, one = arguments[0], field.number(Fraction(1))
    match function:
        case "exp":
            return field.exp(value)
        case "sigmoid":
            raised = field.exp(value)
            return field.divide(raised, raised + one)
        case "tanh":
            raised = field.exp(value + value)
            return field.divide(raised - one, raised + one)
        case "sigmoid2":
            raised = _power(field.number(Fraction(2)), value, field)
            return field.divide(raised, raised + one)
        case "ln":
            return field.ln(value)
        case "log2":
            return field.divide(field.ln(value), field.ln(field.number(Fraction(2))))
        case "sqrt":
            return field.sqrt(value)
    return _bent(function, arguments, field)


def _bent(function: str, arguments: list[Element], field: Field) -> Element:
    """Functions with a corner or a jump: by the sign of what they act on, where that is known."""
    value, zero = arguments[0], field.number(Fraction(0))
    if function == "max":
        for other in arguments[1:]:
            value = other + _bent("relu", [value - other], field)
        return value
    sign = _sign(value, field)
    if function == "step":
        if sign is None:
            return field.opaque("step", value)
        return field.number(Fraction(1 if sign > 0 else 0))
    if sign is None:
        return field.relu(value)
    return value if sign > 0 else zero


def _sign(value: Element, field: Field) -> int | None:
    if not field.folded(value.above):
        return 0
    constant = value.constant
    if constant is not None:
        return 1 if constant > 0 else -1
    return signs.sign(value, field)
