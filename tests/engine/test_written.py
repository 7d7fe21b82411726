"""Numbers that remember how they are written, and the fields that a pass can run over."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine import Question, check, trace
from engine.balls import ball, flint
from engine.scalars import exact, log2, positive, same, text
from engine.written import Written
from tests.engine.nets import COURSE, ROW, TARGET

rationals = st.integers(-4, 4) | st.fractions(-3, 3, max_denominator=4)
written = st.recursive(
    rationals.map(Written.of) | rationals.map(lambda value: Written.of(value).sigmoid()),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: two[0] + two[1]),
        st.tuples(inner, inner).map(lambda two: two[0] - two[1]),
        st.tuples(inner, inner).map(lambda two: two[0] * two[1]),
        st.tuples(inner, rationals.filter(bool)).map(lambda two: two[0] / two[1]),
        inner.map(lambda one: 1 - one),
        inner.map(lambda one: -one),
    ),
    max_leaves=5,
)


@settings(deadline=None, max_examples=80)
@given(written)
def test_what_is_written_is_read_as_its_value(number):
    if len(str(number)) > 120:
        return
    shown = text(ball(number.value) if number.rational else number.value)
    assume(not shown.startswith("["))  # a difference of equals: no digit of it is sure
    value = Fraction(shown)
    typed = f"{Decimal(value.numerator) / value.denominator:.4f}"
    assert check(Question(str(number), places=4), typed).family in {"right", "near"}


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (Written.of(-2).sigmoid(), "sigmoid(-2)"),
        (2 * Written.of(1).sigmoid() - Written.of(3).sigmoid(), "2*sigmoid(1) - sigmoid(3)"),
        (1 - Written.of(1).sigmoid(), "1 - sigmoid(1)"),
        ((1 - Written.of(1).sigmoid()) * Written.of(1).sigmoid(), "(1 - sigmoid(1))*sigmoid(1)"),
        (Written.of(0).sigmoid(), "1/2"),
        (Written.of(0) * Written.of(2).exp(), "0"),
        (Written.of(1).exp() / (Written.of(1).exp() + 1), "exp(1)/(exp(1) + 1)"),
        (-(Written.of(2).tanh() + 1), "-(tanh(2) + 1)"),
        (Written.of(Fraction(1, 2)) * 4, "2"),
    ],
)
def test_a_formula_is_written_as_a_person_would(number, shown):
    assert str(number) == shown


def test_a_trace_over_flints_rationals_is_the_same_trace():
    fmpq = flint().fmpq
    quick = trace(COURSE.map(fmpq), ROW, TARGET, 1).to_json()
    assert quick == trace(COURSE, ROW, TARGET, 1).to_json()


@pytest.mark.parametrize(
    ("number", "logarithm"), [(8, 3), (Fraction(1, 4), -2), (1, 0), (Fraction(2, 1), 1)]
)
def test_the_logarithm_of_a_power_of_two_is_whole(number, logarithm):
    assert log2(number) == logarithm


def test_other_logarithms_are_enclosed():
    assert text(log2(Fraction(8, 11))).startswith("-0.4594316186372972561993630467257")


@pytest.mark.parametrize("value", ["1e3", "abc", "1/0x", "", "1,5", "٣"])
def test_what_is_no_plain_number_is_refused(value):
    with pytest.raises(ValueError, match=r".+"):
        exact(value)


def test_a_division_by_zero_is_no_number():
    with pytest.raises(ZeroDivisionError):
        exact("1/0")


def test_signs_are_told_in_every_field():
    assert positive(Fraction(1, 3))
    assert not positive(0)
    assert positive(ball(Fraction(1, 3)))
    assert not positive(Written.of(-1).sigmoid() - 1)
    assert same(ball(Fraction(1, 3)) * 3, 1)


def test_a_ball_is_told_to_the_last_digit_that_is_sure():
    from sympy import Rational, exp

    enclosed = 1 / (1 + (-ball(Fraction(1, 3))).exp())
    digits = text(enclosed)
    known = str((1 / (1 + exp(Rational(-1, 3)))).evalf(60))
    assert len(digits) >= 37
    assert abs(Fraction(digits) - Fraction(known)) * 2 <= Fraction(1, 10 ** (len(digits) - 2))
    assert text(ball(2)) == "2"
    assert text(ball(Fraction(3, 20))).startswith("0.15000000000000000000")
    assert text(flint().arb(0)) == "0"
