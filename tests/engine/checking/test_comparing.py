"""Exact comparison: beside sympy.cancel, and on identities that no sample can prove."""

from fractions import Fraction

import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sympy.parsing.sympy_parser import auto_number, parse_expr

from engine.checking.comparing import ratio, same
from engine.checking.enclosing import enclose
from engine.reading import Refused
from engine.reading.canonical import canonical
from engine.reading.scope import FUNCTIONS, SEVERAL
from engine.reading.sizes import predict
from engine.reading.symbols import expression, namespace, parsed, spelled
from engine.reading.tree import Binary, Number
from engine.reading.values import rational
from engine.reading.writing import write
from tests.engine.reading.trees import NAMES, RATIONAL_TREES, TREES


def tree(text, names=()):
    return canonical(text, names).entries[0][0]


@given(TREES)
@settings(max_examples=200, deadline=None)
def test_an_expression_is_what_parse_expr_makes_of_its_text(node):
    try:
        predict(node)
    except Refused:
        return
    text = spelled(node, NAMES)
    run = {"__builtins__": {}, **namespace()}
    by_sympy = parse_expr(text, {}, (auto_number,), run, evaluate=False)
    assert sympy.srepr(parsed(text)) == sympy.srepr(by_sympy)


MEANINGS = {
    "exp": "e^(3/7)",
    "ln": "-ln(7/3)",
    "log2": "ln(3/7)/ln(2)",
    "max": "3/7",
    "relu": "3/7",
    "sigmoid": "1/(1 + e^(-3/7))",
    "sigmoid2": "1/(1 + 2^(-3/7))",
    "sqrt": "(3/7)^(1/2)",
    "step": "1",
    "tanh": "(e^(3/7) - e^(-3/7))/(e^(3/7) + e^(-3/7))",
}


@pytest.mark.parametrize("function", sorted(set(FUNCTIONS.values()) - SEVERAL))
def test_a_function_means_the_same_to_bounds_and_to_comparison(function):
    call, meant = tree(f"{function}(3/7)"), tree(MEANINGS[function])
    assert same(call, meant, ()) is True
    assert enclose(call, {}).overlaps(enclose(meant, {}))
    assert enclose(call, {}).rel_accuracy_bits() > 60


@pytest.mark.parametrize(
    "text", ["v0.diff", "[v0]", "lambda: v0", "v0 if v1 else v2", "'v0'", "~v0"]
)
def test_what_is_no_arithmetic_is_no_expression(text):
    with pytest.raises(ValueError, match="no expression"):
        parsed(text)


@given(RATIONAL_TREES, RATIONAL_TREES)
@settings(max_examples=150, deadline=None)
def test_rational_functions_are_compared_as_sympy_cancels_them(left, right):
    try:
        verdict = same(left, right, NAMES)
    except Refused as refused:
        assert refused.kind in ("division-by-zero", "too-big")  # noqa: PT017  refusing is allowed too
        return
    symbols = sympy.symbols([f"v{index}" for index in range(len(NAMES))])
    texts = [write_plain(each) for each in (left, right)]
    scope = dict(zip([f"v{index}" for index in range(len(NAMES))], symbols, strict=True))
    values = [sympy.sympify(text, locals=scope, evaluate=True) for text in texts]
    assume(not any(value.has(sympy.zoo, sympy.nan) for value in values))
    assert verdict == (sympy.cancel(values[0] - values[1]) == 0)


def write_plain(node):
    text = write(node)
    for index, name in enumerate(NAMES):
        text = text.replace(name, f"v{index}")
    return text


@given(RATIONAL_TREES)
@settings(max_examples=150, deadline=None)
def test_a_tree_is_the_same_as_itself_rearranged(node):
    rearranged = Binary("-", Binary("+", Number(Fraction(7)), node), Number(Fraction(7)))
    try:
        assert same(rearranged, node, NAMES)
    except Refused as refused:
        assert refused.kind in ("division-by-zero", "too-big")  # noqa: PT017  refusing is allowed too


@given(RATIONAL_TREES, st.integers(1, 9))
@settings(max_examples=150, deadline=None)
def test_a_tree_is_not_the_same_as_itself_and_more(node, more):
    try:
        assert same(Binary("+", node, Number(Fraction(more))), node, NAMES) is False
    except Refused as refused:
        assert refused.kind in ("division-by-zero", "too-big")  # noqa: PT017  refusing is allowed too


@given(RATIONAL_TREES)
@settings(max_examples=150, deadline=None)
def test_the_quick_road_and_the_road_through_sympy_agree(node):
    try:
        quick = rational(node)
    except Refused:
        return
    if quick is not None:
        assert sympy.Rational(quick.numerator, quick.denominator) == expression(node, NAMES).doit()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("tanh(1)", "(e^2 - 1)/(e^2 + 1)"),
        ("sigmoid(x)*(1 - sigmoid(x))", "e^(-x)/(1 + e^(-x))^2"),
        ("sigmoid(-x)", "1 - sigmoid(x)"),
        ("tanh(x)", "2*sigmoid(2*x) - 1"),
        ("e^(x/2)*e^(x/3)", "e^(5*x/6)"),
        ("e^(x + y)", "e^x*e^y"),
        ("2^x*2^x", "4^x"),
        ("sigmoid2(x)", "2^x/(1 + 2^x)"),
        ("sqrt(8)", "2*sqrt(2)"),
        ("1/sqrt(2)", "sqrt(2)/2"),
        ("(sqrt(2) + sqrt(3))^2", "5 + 2*sqrt(6)"),
        ("1/(sqrt(3) - sqrt(2))", "sqrt(3) + sqrt(2)"),
        ("ln(8)", "3*ln(2)"),
        ("log2(10)", "ln(10)/ln(2)"),
        ("ln(e^x)", "x"),
        ("ln(x*y)", "ln(x) + ln(y)"),
        ("ln(1/(2*x))", "-ln(x) - ln(2)"),
        ("ln((1 - x)/2)", "ln((2 - 2*x)/4)"),
        ("e^ln(3)", "3"),
        ("relu(x) - relu(-x)", "x"),
        ("relu(2*x)", "2*relu(x)"),
        ("max(x, y)", "max(y, x)"),
        ("max(0, x)", "relu(x)"),
        ("sqrt(x^2)", "relu(x) + relu(-x)"),
        ("sqrt(x^4)", "x^2"),
        ("sigmoid(2*sigmoid(1) + 1)", "1/(1 + e^(-1 - 2/(1 + e^(-1))))"),
        ("relu(sqrt(2) - 3/2)", "0"),
        ("step(e - 2)", "1"),
    ],
)
def test_identities_are_proved(left, right):
    names = ("x", "y")
    assert same(tree(left, names), tree(right, names), names)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("sqrt(2) + sqrt(3)", "sqrt(5)"),
        ("sqrt(x^2)", "x"),
        ("relu(x)", "x"),
        ("relu(x - 2*y + 5)", "x - 2*y + 5"),
        ("e^2", "7.38905609893065022723"),
        ("ln(2)", "0.69314718055994530941723212145817656807"),
        ("sigmoid(x)", "tanh(x)"),
        ("e^(x*y)", "e^x*e^y"),
        ("ln(x)*ln(y)", "ln(x*y)"),
        ("ln(1/2)", "ln(2)"),
        ("ln(2*x)", "2*ln(x)"),
        ("2^(1/2)", "3/2"),
        ("sqrt(1009)*sqrt(1013)", "1011"),
    ],
)
def test_differences_are_proved(left, right):
    names = ("x", "y")
    assert same(tree(left, names), tree(right, names), names) is False


def test_agreement_of_balls_proves_nothing():
    assert same(tree("sqrt(5 + 2*sqrt(6))"), tree("sqrt(2) + sqrt(3)"), ()) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1/(x - x)", "division-by-zero"),
        ("1/(sqrt(2)*sqrt(2) - 2)", "division-by-zero"),
        ("0^(-1)", "division-by-zero"),
        ("sqrt(-2)", "wrong-kind"),
        ("ln(-2)", "wrong-kind"),
    ],
)
def test_what_has_no_value_is_refused(text, kind):
    with pytest.raises(Refused) as refused:
        same(tree(text, ("x", "y")), tree("1"), ("x", "y"))
    assert refused.value.kind == kind


def test_a_ratio_is_a_number_or_nothing():
    names = ("x", "y")
    assert ratio(tree("3*x + 3*y", names), tree("2*x + 2*y", names), names) == Fraction(3, 2)
    assert ratio(tree("3*x + 2*y", names), tree("2*x + 2*y", names), names) is None
