"""Decimals: decided by bounds, agreed with by 60 digits of another library."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.checking import Question, check
from engine.checking.rounding import rounded, truncated
from engine.reading.canonical import canonical

FRACTIONS = st.fractions(min_value=-50, max_value=50, max_denominator=200)


def typed(value, places):
    return f"{value:.{places}f}"


@given(FRACTIONS, st.integers(1, 8))
@settings(deadline=None)
def test_a_rounded_fraction_is_right_where_decimals_are_asked(value, places):
    with localcontext(prec=60):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        text = typed(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), places)
    assert check(Question(str(value), places=places), text).family == "right"


@given(st.integers(-900, 900), st.integers(2, 12), st.sampled_from(("sigmoid", "exp", "tanh")))
@settings(deadline=None)
def test_balls_round_as_sixty_digits_do(hundredths, places, function):
    argument = Fraction(hundredths, 100)
    with mpmath.workdps(60):
        at = mpmath.mpf(hundredths) / 100
        value = {
            "sigmoid": lambda z: 1 / (1 + mpmath.exp(-z)),
            "exp": mpmath.exp,
            "tanh": mpmath.tanh,
        }
        digits = mpmath.nstr(
            value[function](at), 50, strip_zeros=False, min_fixed=-99, max_fixed=99
        )
    exact = Decimal(digits)
    with localcontext(prec=60):
        unit = Decimal(1).scaleb(-places)
        up = Fraction(exact.quantize(unit, ROUND_HALF_UP))
        cut = Fraction(exact.quantize(unit, "ROUND_DOWN"))
    node = canonical(f"{function}({argument})").entries[0][0]
    assert up in rounded(node, places)
    assert hundredths == 0 or cut == truncated(node, places)


@pytest.mark.parametrize(
    ("expect", "places", "text", "kind"),
    [
        ("1/3", None, "0.33", "rounded"),
        ("2/3", None, "0.66", "truncated"),
        ("2/3", None, "0.68", "last-digit"),
        ("sigmoid(1)", 3, "0.73", "rounded"),
        ("sigmoid(1)", 3, "0.732", "last-digit"),
        ("sigmoid(3)", 2, "0.952", "truncated"),
        ("3*sigmoid(1)", 3, "2.19", "rounded"),
        ("30*sigmoid(1)", 2, "21.90", "intermediate"),
        ("20*(1/3)", 2, "6.60", "intermediate"),
    ],
)
def test_a_near_miss_has_its_kind(expect, places, text, kind):
    verdict = check(Question(expect, places=places), text)
    assert (verdict.family, verdict.kind) == ("near", kind)


@pytest.mark.parametrize(
    ("expect", "places", "text"),
    [
        ("1/2", None, "0.4"),
        ("1/2", 2, "0.51"),
        ("19/10", None, "1.8"),
        ("sigmoid(1)", 2, "0.27"),
        ("1/3", None, "0.4"),
        ("1/30", None, "0.0"),
    ],
)
def test_a_plain_mistake_is_not_called_near(expect, places, text):
    assert check(Question(expect, places=places), text).family == "wrong"


def test_half_way_both_neighbours_are_rounded_rightly():
    asked = Question("1/8", places=2)
    assert check(asked, "0.13").family == "right"
    assert check(asked, "0.12").family == "right"
    assert check(asked, "0.11").family != "right"
