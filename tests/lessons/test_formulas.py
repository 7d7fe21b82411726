"""The small language of lesson files: exact, closed, and written back as the engine reads it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.formulas.formula import FormulaError, formula
from lessons.formulas.notation import Scope, canonical
from lessons.formulas.ranges import RangeError, numbers
from lessons.formulas.templates import fill, holes

F = Fraction
small = st.integers(-9, 9).map(Fraction)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1/3 + 1/6", F(1, 2)),
        ("-2**2", F(-4)),
        ("7 // 2 + 7 % 2", F(4)),
        ("relu(-3) + relu(2)", F(2)),
        ("relu((1, -2))", (F(1), F(0))),
        ("step(0)", F(0)),
        ("abs(-1/2)", F(1, 2)),
        ("min(3, 1, 2) + max((3, 1))", F(4)),
        ("round(2/3, 2)", F(67, 100)),
        ("round(-5/2)", F(-3)),
        ("[[1, 2], [3, 4]] @ (1, -1)", (F(-1), F(-1))),
        ("[[1, 2], [3, 4]] @ [[0, 1], [1, 0]]", ((F(2), F(1)), (F(4), F(3)))),
        ("transpose([[1, 2], [3, 4]])", ((F(1), F(3)), (F(2), F(4)))),
        ("2*(1, 2) + (3, 4)", (F(5), F(8))),
        ("(5, 6, 7)[2]", F(6)),
        ("1 if 2 <= 3 < 4 else 0", F(1)),
        ("distinct(1, 2, 1)", False),
        ("count(1 < 2, 2 < 1)", F(1)),
        ("'right' if 1 > 2 else 'forgot-bias'", "forgot-bias"),
        ("not (1 == 1 and 2 == 1)", True),
    ],
)
def test_a_formula_has_an_exact_value(text, value):
    assert formula(text).value({}) == value


@pytest.mark.parametrize(
    "text",
    ["a.real", "open(1)", "__import__('os')", "lambda: 1", "[x for x in (1, 2)]", "0.5", "a := 1",
     "f'{1}'", "a ^ 2", "1 +", "max(a, key=1)", "(lambda x: x)(1)", "1" * 700, "b'1'", "{1: 2}"],
)  # fmt: skip
def test_what_is_no_formula_is_refused(text):
    with pytest.raises(FormulaError):
        formula(text)


@pytest.mark.parametrize(
    "text", ["1/0", "a", "(1, 2)[0]", "(1, 2)[3]", "(1, 2) + (1, 2, 3)", "2**65", "ln(0)", "not 1"]
)
def test_what_has_no_value_says_so(text):
    with pytest.raises(FormulaError):
        formula(text).value({})


@given(small, small, small)
def test_canonical_text_keeps_the_value(a, b, c):
    values = {"a": a, "b": b, "c": c, "x": F(7, 3)}
    for text in ("a*x + b*(x - c)", "-(a - x)*b", "(a + b*x)*(c - x)", "x*a - -b*x/3"):
        with_symbol = canonical(formula(text), Scope(values, {}, frozenset({"x"})))
        assert formula(with_symbol).value({"x": F(7, 3)}) == formula(text).value(values)


def test_symbols_and_sigma_stay_and_the_rest_is_worked_out():
    scope = Scope({"a": F(-1), "b": F(2)}, {"z": formula("a*r + b*o - 3")}, frozenset({"r", "o"}))
    assert canonical(formula("z"), scope) == "-r + 2*o - 3"
    assert canonical(formula("1 - sigmoid(a*b)"), scope) == "1 - sigmoid(-2)"
    assert canonical(formula("a + b*3"), scope) == "5"


@pytest.mark.parametrize(
    ("template", "written"),
    [
        ("{a}·{b:()} {a:+}", "2·(−3) + 2"),
        ("{one:*}x {minus:+*}y {b:+}", "x − y − 3"),
        ("{minus:*}x {b:+*}y", "−x − 3y"),
        ("{tenth:d} and {a/3:d}", "0.1 and 2/3"),
        ("{sigmoid(2):.3}", "0.881"),
        ("{(a, b)}", "(2, −3)"),
        ("{(a, b):plain}", "2 −3"),
        ("{[[a, b], [10, one]]:rows}", " 2  −3\n10   1"),
        ("{-1/3:.2}", "−0.33"),
    ],
)
def test_numbers_are_written_as_a_person_writes_them(template, written):
    values = {"a": F(2), "b": F(-3), "one": F(1), "minus": F(-1), "tenth": F(1, 10)}
    assert fill(template, values) == written


@pytest.mark.parametrize("template", ["{a", "a}", "{a:{b}}"])
def test_a_loose_brace_is_told(template):
    with pytest.raises(FormulaError):
        list(holes(template))


def test_a_range_lists_what_can_be_drawn():
    assert numbers("-2..2 except 0") == (-2, -1, 1, 2)
    assert numbers("1/2..2 by 1/2, 7") == (F(1, 2), 1, F(3, 2), 2, 7)
    for wrong in ("1..x", "5..1", "1..9 by 0", "", "0..99999999"):
        with pytest.raises(RangeError):
            numbers(wrong)
