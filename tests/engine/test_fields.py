"""One walk over every field: rationals, symbols, balls; what enters, what is refused."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings

from engine import Network, trace
from engine.balls import PRECISION, ball, flint, precision
from engine.batches import batch
from engine.losses import LOSSES
from engine.scalars import NotRationalError, UndecidedError, exp, is_ball, same, text
from tests.engine.nets import (
    COURSE,
    MAZUR,
    MAZUR_ROW,
    RATE,
    ROW,
    TARGET,
    networks,
)


@settings(deadline=None, max_examples=40)
@given(networks())
def test_balls_hold_the_exact_values(drawn):
    network, inputs, target = drawn
    exact = trace(network, inputs, target)
    assume(all(cell.value != 0 for at, cell in exact.items() if at.startswith("z")))
    enclosed = trace(network.map(ball), inputs, target)
    assert all(same(enclosed[at].value, exact[at].value) for at in exact)
    assert is_ball(enclosed["z1.1"].value)


def test_a_pass_has_the_same_digits_within_a_finer_precision():
    usual = trace(MAZUR, MAZUR_ROW)
    with precision(1280):
        within = trace(MAZUR, MAZUR_ROW)
        assert flint().ctx.prec == 1280
    assert flint().ctx.prec == PRECISION
    digits = {at: text(cell.value) for at, cell in usual.items()}
    assert {at: text(cell.value) for at, cell in within.items()} == digits


def test_base_two_softmax_with_its_logarithm_is_rational():
    network = Network.of(([[1, 1], [1, 0], [0, 0]], [1, 0, 0], "softmax2"))
    seen = trace(network, (1, 1), (1, 0, 0), loss="ce2")
    assert seen.layer("a", 1) == (Fraction(8, 11), Fraction(2, 11), Fraction(1, 11))
    assert seen.layer("d", 1) == (Fraction(-3, 11), Fraction(2, 11), Fraction(1, 11))
    assert text(seen["L"].value).startswith("0.459431618637")


def test_a_halving_probability_costs_whole_bits():
    network = Network.of(([[1], [1]], [0, 0], "softmax2"))
    assert trace(network, (3,), (1, 0), loss="ce2")["L"].value == 1


def test_floats_do_not_enter():
    with pytest.raises(TypeError):
        Network.of(([[0.15]], [0], "linear"))
    with pytest.raises(TypeError):
        trace(COURSE, (0.5, 1))


def test_decimals_come_in_as_strings():
    assert Network.of(([["0.15", "−1/2"]], ["3"], "linear")).numbers() == [
        Fraction(3, 20),
        Fraction(-1, 2),
        3,
    ]


def test_a_rational_never_falls_to_a_float():
    with pytest.raises(NotRationalError):
        exp(Fraction(1, 2))


def test_a_pass_that_leaves_the_rationals_is_made_of_balls():
    seen = trace(MAZUR, MAZUR_ROW)
    assert is_ball(seen["a2.1"].value)
    assert seen.to_json()["w1.1.1"] == "3/20"


def test_a_ball_around_a_kink_is_not_guessed():
    third = ball(Fraction(1, 3))
    network = Network.of(([[third]], [-third * 3 / 3], "relu"))
    with pytest.raises(UndecidedError):
        trace(network, (1,))


def test_the_slope_at_a_kink_is_zero():
    network = Network.of(([[1]], [-1], "relu"))
    seen = trace(network, (1,), (3,))
    assert (seen["z1.1"].value, seen["s1.1"].value) == (0, 0)


def test_what_a_learner_claims_is_followed():
    seen = trace(COURSE, ROW, TARGET, claims={"z1.2": 4})
    assert (seen["z1.2"].value, seen["a1.2"].value, seen["a2.1"].value) == (4, 4, 18)
    assert seen["z1.1"].value == 3
    assert trace(COURSE, ROW, claims={"w1.1.1": 0})["z1.1"].value == 7


@pytest.mark.parametrize(
    ("inputs", "target", "rate", "options"),
    [
        ((1,), None, None, {}),
        (ROW, (1, 2), None, {}),
        (ROW, None, "1/2", {}),
        (ROW, TARGET, None, {"loss": "no-such"}),
        (ROW, TARGET, None, {"claims": {"z9.9": 1}}),
    ],
)
def test_what_does_not_fit_is_refused(inputs, target, rate, options):
    with pytest.raises(ValueError, match=r".+"):
        trace(COURSE, inputs, target, rate, **options)


def test_a_batch_is_the_mean_of_its_rows():
    rows, targets = [(2, 1), (0, 1), (3, 1)], [(1,), (20,), (-1,)]
    together = batch(COURSE, rows, targets, RATE)
    assert together.whole["L"].value == 5
    assert together.whole["gw1.1.1"].value == Fraction(13, 3)
    assert together.whole["gw1.1.1"].args == ("1:gw1.1.1", "2:gw1.1.1", "3:gw1.1.1")
    after = batch(together.updated(), rows, targets)
    assert round(float(after.whole["L"].value), 2) == 2.90
    assert batch(COURSE, rows, targets, reduce="sum").whole["L"].value == 15


def test_every_loss_has_its_name():
    assert list(LOSSES) == ["half-squared", "squared", "mean-squared", "bce", "ce", "bce2", "ce2"]
