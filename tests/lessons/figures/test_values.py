"""Numbers come in as short strings and go out as a learner writes them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.figures.values import factor, matrix, mixed, number, rounded, shown, vector, widths


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("3", "3"), ("-3", "−3"), ("3/4", "0.75"), ("-1/3", "−1/3"), ("49/25", "1.96"),
        ("288/625", "0.4608"), ("1/1024", "≈0.001"), ("123456/1000000", "≈0.1235"), ("0", "0"), ("100", "100"),
    ],
)  # fmt: skip
def test_a_number_is_shown_short(value, told):
    assert shown(Fraction(value)) == told


@given(st.fractions(-99, 99, max_denominator=64))
def test_what_is_shown_without_a_sign_of_rounding_is_exact(value):
    told = shown(value)
    assert told.startswith("≈") or number({"n": told}, "n") == value


def test_signs_and_brackets():
    assert shown(Fraction(2), plus=True) == "+2"
    assert shown(Fraction(-2), plus=True) == "−2"
    assert factor(Fraction(-2)) == "(−2)"
    assert factor(Fraction(2)) == "2"


@pytest.mark.parametrize(
    ("value", "told"),
    [("1/2", "½"), ("3/2", "1½"), ("-1/4", "−¼"), ("7/8", "⅞"), ("0", "0"), ("1/3", "1/3")],
)
def test_halves_quarters_and_eighths_are_one_sign(value, told):
    assert mixed(Fraction(value)) == told


@pytest.mark.parametrize(
    ("value", "told"), [("0.6267", "0.627"), ("54.5", "54.5"), ("-0.5", "−0.5"), ("12", "12")]
)
def test_a_measured_number_has_three_decimals_at_most(value, told):
    assert rounded(Fraction(value)) == told


def test_vectors_matrices_and_widths_are_read():
    assert vector({"v": "(1, -1/2, −0.5)"}, "v") == (1, Fraction(-1, 2), Fraction(-1, 2))
    assert matrix({"m": "[[1, 2], [3, -4]]"}, "m") == ((1, 2), (3, -4))
    assert widths({"w": "2-3-1"}, "w") == (2, 3, 1)


@pytest.mark.parametrize("told", ["", "one", "1, ,2", "1;2", "1/0", "2**9", "__import__"])
def test_what_is_no_number_is_refused_by_its_key(told):
    with pytest.raises(ValueError, match="v is a number"):
        vector({"v": told}, "v")


@pytest.mark.parametrize("told", ["[[1, 2], [3]]", "1, 2", "[]"])
def test_what_is_no_matrix_is_refused(told):
    with pytest.raises(ValueError, match="m is a "):
        matrix({"m": told}, "m")
