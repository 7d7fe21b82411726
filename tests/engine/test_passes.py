"""Passes: every number right, by its address."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine import Network, trace
from engine.scalars import UndecidedError, text
from tests.engine.nets import (
    COURSE,
    RATE,
    ROW,
    TARGET,
    TINY,
    networks,
    nudged,
)


def test_the_writing_order_is_the_pencils():
    order = " ".join(trace(COURSE, ROW, TARGET, RATE))
    assert order == (
        "x1 x2 w1.1.1 w1.1.2 b1.1 w1.2.1 w1.2.2 b1.2 w1.3.1 w1.3.2 b1.3 w2.1.1 w2.1.2 w2.1.3 b2.1 "
        "t1 rate p1.1.1 p1.1.2 z1.1 p1.2.1 p1.2.2 z1.2 p1.3.1 p1.3.2 z1.3 a1.1 a1.2 a1.3 "
        "p2.1.1 p2.1.2 p2.1.3 z2.1 a2.1 e1 L1 L u2.1 s2.1 d2.1 gw2.1.1 gw2.1.2 gw2.1.3 gb2.1 "
        "q2.1.1 u1.1 q2.1.2 u1.2 q2.1.3 u1.3 s1.1 s1.2 s1.3 d1.1 d1.2 d1.3 "
        "gw1.1.1 gw1.1.2 gb1.1 gw1.2.1 gw1.2.2 gb1.2 gw1.3.1 gw1.3.2 gb1.3 "
        "w1.1.1+ w1.1.2+ b1.1+ w1.2.1+ w1.2.2+ b1.2+ w1.3.1+ w1.3.2+ b1.3+ "
        "w2.1.1+ w2.1.2+ w2.1.3+ b2.1+"
    )


def test_the_courses_own_row_comes_out_as_the_course_prints_it():
    seen = trace(COURSE, ROW, TARGET, RATE)
    assert seen.layer("z", 1) == (3, -2, 1)
    assert seen.layer("a", 1) == (3, 0, 1)
    assert (seen["a2.1"].value, seen["e1"].value, seen["L"].value) == (6, 5, Fraction(25, 2))
    assert seen.layer("d", 1) == (5, 0, -10)
    assert list(seen.gradients().values()) == [10, 5, 5, 0, 0, 0, -20, -10, -10, 15, 0, 5, 5]
    assert seen["w2.1.1+"].value == Fraction(7, 10)
    after = trace(seen.updated(), ROW, TARGET)
    assert (after["a2.1"].value, after["L"].value) == (Fraction(49, 25), Fraction(288, 625))


def test_a_cell_says_what_it_was_made_of():
    seen = trace(COURSE, ROW, TARGET, RATE)
    assert seen["z1.2"].op == "weighted-sum"
    assert seen["z1.2"].args == ("p1.2.1", "p1.2.2", "b1.2")
    assert seen["w1.1.2+"].args == ("w1.1.2", "gw1.1.2", "rate")
    assert all(arg in seen for cell in seen.values() for arg in cell.args)


def test_every_cell_is_in_the_json_as_exact_text():
    written = trace(COURSE, ROW, TARGET, RATE).to_json()
    assert list(written)[:3] == ["x1", "x2", "w1.1.1"]
    assert (written["L"], written["w1.3.2+"], written["e1"]) == ("25/2", "-9/5", "5")


SQUARES = st.sampled_from(("half-squared", "squared", "mean-squared"))


@settings(deadline=None, max_examples=60)
@given(networks(), SQUARES)
def test_every_gradient_is_the_central_difference_exactly(drawn, loss):
    network, inputs, target = drawn
    seen = trace(network, inputs, target, loss=loss)
    assume(all(cell.value != 0 for at, cell in seen.items() if at.startswith("z")))
    for at, gradient in seen.gradients().items():
        above = trace(nudged(network, at, TINY), inputs, target, loss=loss)
        below = trace(nudged(network, at, -TINY), inputs, target, loss=loss)
        assume(above.signs == below.signs)
        assert gradient == (above["L"].value - below["L"].value) / (2 * TINY)


SMOOTH = (
    ("sigmoid", "bce"),
    ("sigmoid", "half-squared"),
    ("tanh", "squared"),
    ("softmax", "ce"),
    ("softmax", "mean-squared"),
    ("sigmoid2", "bce2"),
    ("sigmoid2", "half-squared"),
    ("softmax2", "ce2"),
    ("softmax2", "squared"),
    ("tanh", "half-squared"),
)


@pytest.mark.parametrize(("output", "loss"), SMOOTH)
@pytest.mark.parametrize("hidden", ["relu", "sigmoid2"])
def test_every_gradient_agrees_with_sympys_derivative(hidden, output, loss):
    import sympy

    numeric = Network.of(
        ([["1/2", "-1/3"], ["-1/4", "2/3"]], ["1/5", "1/7"], hidden),
        ([["1/3", "-1/2"], ["2/5", "1/4"]], ["1/6", "-1/8"], output),
    )
    inputs, target = (2, 1), ("1/3", "2/3")
    names = {at: sympy.Symbol(at.replace(".", "_")) for at in numeric.addresses}
    signs = trace(numeric, inputs)
    formula = trace(numeric.with_parameters(names), inputs, target, loss=loss, signs=signs)
    values = {
        names[at]: sympy.Rational(v.numerator, v.denominator)
        for at, v in numeric.parameters.items()
    }
    exact = trace(numeric, inputs, target, loss=loss)
    for at in ("w1.1.2", "b1.2", "w2.1.2", "b2.1"):
        slope = sympy.diff(formula["L"].value, names[at]).subs(values).evalf(34)
        ours = exact[f"g{at}"].value
        assert abs(slope - sympy.sympify(text(ours)).evalf(34)) < sympy.Float("1e-28", 34)
        same_formula = formula[f"g{at}"].value.subs(values).evalf(34)
        assert abs(slope - same_formula) < sympy.Float("1e-28", 34)


def test_a_symbolic_gradient_is_the_formula_that_a_person_writes():
    import sympy

    delta, x1, x2, v = sympy.symbols("delta x1 x2 v")
    network = COURSE.with_parameters({"w2.1.1": v})
    signs = trace(COURSE, ROW)
    seen = trace(network, (x1, x2), TARGET, claims={"d2.1": delta}, signs=signs)
    assert str(seen["gw1.1.2"].value) == "delta*v*x2"
    assert seen["gw1.2.2"].value == 0
    whole = trace(COURSE, (x1, x2), signs=signs)["a2.1"].value
    assert sympy.expand(whole) == -6 * x1 + 7 * x2 + 11


def test_a_symbol_without_signs_has_no_branch():
    import sympy

    with pytest.raises(UndecidedError):
        trace(COURSE, sympy.symbols("x1 x2"))
