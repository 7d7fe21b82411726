"""Each wrong rule speaks where it must, and is silent everywhere else."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings

from engine import MISCONCEPTIONS, Network, trace
from engine.balls import ball
from engine.misconceptions import bent
from engine.scalars import same
from engine.situation import Situation
from engine.twins import synonyms, twins
from tests.engine.nets import COURSE, RATE, ROW, TARGET, networks

EARLY = COURSE.with_parameters({"b2.1": -5})  # its ŷ is −4
ASLEEP = Network.of(([[1, 2]], [-9], "relu"))  # its one unit is off
FORK = Network.of(([[2], [-3]], [1, 9], "relu"), ([[1, 2], [3, -4]], [0, 0], "linear"))
LEAKY = Network.of(([[2], [3]], [1, 1], "relu"), ([[-3, -2]], [1], "leaky-relu"))
SIGMOID = Network.of(([[2, -3]], [1], "sigmoid"), ([[4]], [-1], "linear"))
POSITIVE = Network.of(([[2, 3], [1, 2]], [1, 2], "relu"), ([[1, 2]], [3], "linear"))
ONE_UNIT = Network.of(([[2, -1]], [3], "linear"))


def sigmoid(z):
    return 1 / (1 + (-ball(z)).exp())


SPEAKS = {  # slug: (network, row, target, cell, what is written there, worked by hand)
    "forgot-bias": (COURSE, ROW, TARGET, "z1.1", -1),
    "subtracted-bias": (COURSE, ROW, TARGET, "z1.1", -5),
    "neighbours-bias": (COURSE, ROW, TARGET, "z1.3", 5),
    "forgot-weights": (COURSE, ROW, TARGET, "z1.1", 7),
    "added-weight": (COURSE, ROW, TARGET, "z1.1", 8),
    "dropped-minus": (COURSE, ROW, TARGET, "z1.1", 11),
    "transposed-weights": (COURSE, ROW, TARGET, "z1.2", 11),
    "swapped-inputs": (COURSE, ROW, TARGET, "z1.1", 8),
    "forgot-squash": (COURSE, ROW, TARGET, "a1.2", -2),
    "squashed-output": (EARLY, ROW, TARGET, "a2.1", 0),
    "absolute-for-relu": (COURSE, ROW, TARGET, "a2.1", 12),
    "backward-relu": (COURSE, ROW, TARGET, "a1.2", -2),
    "step-for-relu": (COURSE, ROW, TARGET, "a1.1", 1),
    "relu-before-bias": (COURSE, ROW, TARGET, "a1.1", 4),
    "target-minus-output": (COURSE, ROW, TARGET, "e1", -5),
    "added-target": (COURSE, ROW, TARGET, "e1", 7),
    "forgot-square": (COURSE, ROW, TARGET, "L", Fraction(5, 2)),
    "forgot-half": (COURSE, ROW, TARGET, "L", 25),
    "absolute-for-square": (EARLY, ROW, TARGET, "L", 5),
    "extra-two": (COURSE, ROW, TARGET, "gw2.1.1", 30),
    "missing-two": (COURSE, ROW, TARGET, "gw2.1.1", Fraction(15, 2)),
    "loss-for-slope": (COURSE, ROW, TARGET, "d2.1", Fraction(25, 2)),
    "forgot-error": (COURSE, ROW, TARGET, "gw2.1.1", 3),
    "dead-unit-learns": (COURSE, ROW, TARGET, "gw1.2.1", 30),
    "inverted-mask": (COURSE, ROW, TARGET, "d1.1", 0),
    "forgot-hidden-slopes": (SIGMOID, (1, 1), (0,), "s1.1", 1),
    "forgot-output-slope": (ASLEEP, (1, 1), (3,), "d1.1", -3),
    "forgot-every-slope": (COURSE, ROW, TARGET, "d1.2", 15),
    "slope-at-a": (SIGMOID, (1, 1), (0,), "s1.1", sigmoid(sigmoid(0)) * (1 - sigmoid(sigmoid(0)))),
    "slope-from-z": (SIGMOID, (2, 1), (0,), "s1.1", -2),
    "activation-for-slope": (COURSE, ROW, TARGET, "d1.1", 15),
    "one-path-only": (FORK, (1,), (0, 0), "u1.1", 15),
    "forgot-weight-back": (COURSE, ROW, TARGET, "d1.3", 5),
    "updated-too-soon": (COURSE, ROW, TARGET, "d1.1", Fraction(7, 2)),
    "error-for-delta": (LEAKY, (1,), (0,), "q2.1.1", Fraction(48, 100)),
    "forgot-input": (COURSE, ROW, TARGET, "gw1.1.1", 5),
    "weight-for-input": (COURSE, ROW, TARGET, "gw1.1.1", -10),
    "other-input": (COURSE, ROW, TARGET, "gw1.1.1", 5),
    "output-for-input": (COURSE, ROW, TARGET, "gw1.1.1", 15),
    "z-below": (COURSE, ROW, TARGET, "gw2.1.2", -10),
    "zero-bias-gradient": (COURSE, ROW, TARGET, "gb1.1", 0),
    "bias-times-delta": (COURSE, ROW, TARGET, "gb1.1", 20),
    "bias-gradient-summed": (COURSE, ROW, TARGET, "gb1.1", -5),
    "uphill": (COURSE, ROW, TARGET, "w2.1.1+", Fraction(13, 10)),
    "forgot-rate": (COURSE, ROW, TARGET, "w2.1.1+", -14),
    "rate-only": (COURSE, ROW, TARGET, "w2.1.1+", Fraction(49, 50)),
    "replaced-by-step": (COURSE, ROW, TARGET, "w2.1.1+", Fraction(3, 10)),
    "only-the-step": (COURSE, ROW, TARGET, "w2.1.1+", Fraction(-3, 10)),
    "froze-biases": (COURSE, ROW, TARGET, "b2.1+", 5),
    "output-layer-only": (COURSE, ROW, TARGET, "w1.1.1+", -2),
    "no-step": (COURSE, ROW, TARGET, "w2.1.1+", 1),
}
WHOLLY_SILENT = {  # where nothing at all differs, though the bent rule is used
    "neighbours-bias": (ONE_UNIT, (1, 2), (0,)),
    "dropped-minus": (POSITIVE, (1, 2), (0,)),
    "transposed-weights": (ONE_UNIT, (1, 2), (0,)),
    "forgot-squash": (ONE_UNIT, (1, 2), (0,)),
    "squashed-output": (COURSE, ROW, TARGET),
    "absolute-for-relu": (POSITIVE, (1, 2), (0,)),
    "backward-relu": (ONE_UNIT, (1, 2), (0,)),
    "step-for-relu": (ONE_UNIT, (1, 2), (0,)),
    "relu-before-bias": (POSITIVE, (1, 2), (0,)),
    "dead-unit-learns": (POSITIVE, (1, 2), (0,)),
    "inverted-mask": (ONE_UNIT, (1, 2), (0,)),
    "forgot-hidden-slopes": (POSITIVE, (1, 2), (0,)),
    "forgot-output-slope": (COURSE, ROW, TARGET),
    "forgot-every-slope": (POSITIVE, (1, 2), (0,)),
    "slope-at-a": (COURSE, ROW, TARGET),
    "slope-from-z": (COURSE, ROW, TARGET),
    "activation-for-slope": (ONE_UNIT, (1, 2), (0,)),
    "one-path-only": (COURSE, ROW, TARGET),
    "error-for-delta": (COURSE, ROW, TARGET),
    "z-below": (POSITIVE, (1, 2), (0,)),
    "bias-gradient-summed": (ONE_UNIT, (1, 2), (0,)),
    "output-layer-only": (ONE_UNIT, (1, 2), (0,)),
}


def test_every_misconception_is_in_the_table():
    assert list(SPEAKS) == list(MISCONCEPTIONS)


@pytest.mark.parametrize("slug", SPEAKS)
def test_a_slip_speaks_with_the_value_worked_by_hand(slug):
    network, row, target, cell, wrong = SPEAKS[slug]
    right = trace(network, row, target, RATE)[cell].value
    bad = trace(network, row, target, RATE, MISCONCEPTIONS[slug])[cell].value
    assert same(bad, wrong)
    assert not same(bad, right)


@pytest.mark.parametrize("slug", WHOLLY_SILENT)
def test_a_slip_is_silent_where_it_cannot_be_seen(slug):
    network, row, target = WHOLLY_SILENT[slug]
    right = trace(network, row, target, RATE)
    bad = trace(network, row, target, RATE, MISCONCEPTIONS[slug])
    assert [at for at in right if not same(bad[at].value, right[at].value)] == []


@settings(deadline=None, max_examples=25)
@given(networks())
def test_what_lies_before_the_bent_rule_stays_right(drawn):
    network, row, target = drawn
    right = trace(network, row, target, "1/3")
    rules = {at: stretch.rule for stretch in right.plan.stretches for at, *_ in stretch.steps}
    for misconception in MISCONCEPTIONS.values():
        bad = trace(network, row, target, "1/3", misconception)
        touched = set()
        for at, cell in right.items():
            if rules.get(at) == misconception.rule or touched.intersection(cell.args):
                touched.add(at)
            else:
                assert bad[at].value == cell.value


def test_a_slip_can_be_made_in_one_layer_only():
    slip = MISCONCEPTIONS["forgot-bias"].in_layer(2)
    seen = trace(COURSE, ROW, rules=bent(slip))
    assert (seen["z1.1"].value, seen["a2.1"].value) == (3, 1)


def test_a_slip_can_be_made_at_one_cell_only():
    slip = MISCONCEPTIONS["forgot-bias"].at("z1.3")
    seen = trace(COURSE, ROW, rules=bent(slip))
    assert seen.layer("z", 1) == (3, -2, 2)
    assert seen["a2.1"].value == 4


def test_two_slips_are_made_together():
    rules = bent(MISCONCEPTIONS["forgot-bias"], MISCONCEPTIONS["target-minus-output"])
    seen = trace(COURSE, ROW, TARGET, rules=rules)
    assert (seen["a2.1"].value, seen["e1"].value) == (-4, 5)


def test_two_slips_of_one_rule_meet_in_different_cells():
    rules = bent(
        MISCONCEPTIONS["forgot-bias"].at("z1.1"), MISCONCEPTIONS["subtracted-bias"].at("z1.3")
    )
    assert trace(COURSE, ROW, rules=rules).layer("z", 1) == (-1, -2, 3)


def test_a_slip_follows_another_that_it_makes_use_of():
    rules = bent(MISCONCEPTIONS["updated-too-soon"], MISCONCEPTIONS["uphill"])
    assert trace(COURSE, ROW, TARGET, RATE, rules)["d1.1"].value == Fraction(13, 10) * 5


def test_any_two_slips_can_be_made_at_once_and_of_one_rule_the_first_counts():
    for first, second in combinations(MISCONCEPTIONS.values(), 2):
        together = trace(FORK, (1,), (3, -2), "1/10", bent(first, second)).to_json()
        alone = trace(FORK, (1,), (3, -2), "1/10", first).to_json()
        assert together.keys() == alone.keys()
        if first.rule == second.rule:
            assert together == alone


def books(*slugs):
    return {slug: MISCONCEPTIONS[slug] for slug in slugs}


STEP = Situation.of(COURSE, ROW, TARGET, RATE)


def test_uphill_and_the_turned_error_are_twins_on_the_new_weight_alone():
    two = books("uphill", "target-minus-output", "forgot-rate")
    assert twins(STEP, two, ("w2.1.1+",)) == [frozenset({"uphill", "target-minus-output"})]
    assert twins(STEP, two, ("w2.1.1+", "gw2.1.1")) == []
    assert not synonyms(STEP, books("uphill", "target-minus-output"))


def test_the_three_forgotten_slopes_are_one_with_a_linear_output():
    three = books("dead-unit-learns", "forgot-hidden-slopes", "forgot-every-slope")
    assert synonyms(STEP, three)
    curved = Situation.of(LEAKY, (1,), (0,), "1/10")
    assert not synonyms(curved, three)


def test_smooth_networks_have_their_twins_found_too():
    smooth = Situation.of(SIGMOID, (1, 1), (0,), "1/10")
    assert synonyms(smooth, books("forgot-hidden-slopes", "forgot-every-slope"))
    assert not synonyms(smooth, books("forgot-hidden-slopes", "slope-at-a"))
