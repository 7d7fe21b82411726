"""An exercise gets a learner's own numbers: the same for a seed, restorable, telling slips apart."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.course import Choice
from lessons.drawing.exercise import draw, restore
from lessons.drawing.following import follow
from lessons.loader.loading import load

HERE = Path(__file__).parent
PATH = load(HERE / "small").paths["small"]
COURSE = load().paths["neural-network-fundamentals"]
NEURON = COURSE.lesson("neuron")
seeds = st.integers(0, 2**40)


@given(seeds, st.integers(0, 3))
@settings(max_examples=30, deadline=None)
def test_the_same_seed_gives_the_same_exercise_and_its_values_bring_it_back(seed, fresh):
    for lesson, key in [
        (PATH.lesson("sum"), "add"),
        (PATH.lesson("sum"), "steps"),
        (NEURON, "own-relu"),
    ]:
        drawn = draw(lesson, key, seed, fresh)
        assert draw(lesson, key, seed, fresh) == drawn
        assert restore(lesson, key, drawn.values) == drawn


@given(seeds)
@settings(max_examples=20, deadline=None)
def test_exercises_of_one_scope_share_their_numbers(seed):
    own = [draw(NEURON, key, seed).values for key in ("own-z", "own-relu", "own-formula")]
    assert own[0] == own[1] == own[2]


def test_fresh_numbers_are_others_and_leave_the_shared_ones_alone():
    values = [draw(NEURON, "own-z", 7, fresh).values for fresh in range(6)]
    assert len({tuple(v.items()) for v in values}) > 4
    assert draw(NEURON, "own-relu", 7).values == values[0]


@given(seeds)
@settings(max_examples=20, deadline=None)
def test_options_are_shuffled_by_the_draw_and_come_back_in_their_order(seed):
    drawn = draw(NEURON, "recipe", seed)
    assert isinstance(drawn.asked, Choice)
    assert sorted(option.key for option in drawn.asked.options) == [
        "average",
        "product",
        "right",
        "rules",
    ]
    assert drawn.values["order"].split() == [option.key for option in drawn.asked.options]


def test_every_place_of_the_right_option_occurs():
    orders = (draw(NEURON, "recipe", seed).values["order"].split() for seed in range(60))
    assert {order.index("right") for order in orders} == {0, 1, 2, 3}


def test_an_option_that_came_later_is_added_and_one_that_went_is_left_out():
    drawn = restore(NEURON, "recipe", {"order": "right gone rules"})
    assert [option.key for option in drawn.asked.options] == [
        "right",
        "rules",
        "average",
        "product",
    ]


def test_numbers_that_were_never_kept_are_missed():
    with pytest.raises(KeyError, match="w2"):
        restore(NEURON, "own-z", {"w1": "1"})
    with pytest.raises(KeyError):
        draw(NEURON, "nobody", 1)


def test_the_pass_is_told_from_the_learners_own_numbers():
    values = {"w1": "2", "w2": "-3", "b": "4", "x1": "3", "x2": "1", "y1": "1", "y2": "5"}
    drawn = restore(NEURON, "own-z", values)
    assert drawn.working == ("z = 2·3 − 3·1 + 4", "= 6 − 3 + 4", "= 7")
    assert drawn.hints[2] == "z = 2·3 − 3·1 + 4\n= 6 − 3 + 4"
    assert drawn.asked.expect == "7"
    assert drawn.asked.slips["forgot-bias"] == "3"
    assert drawn.asked.slips["relu-each-product"] == "10"
    assert drawn.before_asked.expect == "6"


def test_slips_that_tie_are_left_out_only_where_the_lesson_lets_them():
    values = {"w1": "-2", "w2": "1", "b": "1", "x1": "2", "x2": "5", "y1": "4", "y2": "3"}
    assert "forgot-bias" not in restore(NEURON, "own-relu", values).asked.slips


def test_numbers_drawn_before_a_lesson_changed_are_kept_without_the_slips_that_now_tie():
    values = {"w1": "2", "w2": "-3", "b": "0", "x1": "3", "x2": "1", "y1": "1", "y2": "5"}
    kept = restore(NEURON, "own-z", values)  # without a bias, forgetting it changes nothing
    assert kept.asked.expect == "3"
    assert "forgot-bias" not in kept.asked.slips
    assert kept.asked.slips["dropped-minus"] == "9"


def test_what_follows_from_an_earlier_slip_is_known():
    lesson = COURSE.lesson("hidden")
    totals, after = draw(lesson, "all-totals", 5), draw(lesson, "own-h", 5)
    right = totals.asked.expect
    slip = totals.asked.slips["forgot-bias"]
    assert follow(lesson, after, totals, right) == after
    relu = [max(Fraction(entry), Fraction(0)) for entry in slip.strip("()").split(",")]
    assert follow(lesson, after, totals, slip).asked.follows == f"({', '.join(map(str, relu))})"
    assert follow(lesson, after, totals, "(1, 2.5, -3)").asked.follows == "(1, 5/2, 0)"
    assert follow(lesson, after, totals, "(1, 2)") == after
    other_row = draw(lesson, "second-row", 5)
    assert follow(lesson, other_row, totals, slip) == other_row


def test_a_hidden_layer_is_told_line_by_line():
    values = {
        "k1": "1",
        "k2": "-2",
        "a1": "1",
        "a2": "-2",
        "v1": "4",
        "v2": "-3",
        "c": "5",
        "x": "-4",
    }
    drawn = restore(COURSE.lesson("squash"), "bent", values)
    assert drawn.working == (
        "z₁ = 1·(−4) − 1 = −5",
        "z₂ = −2·(−4) − 4 = 4",
        "h₁ = ReLU(−5) = 0",
        "h₂ = ReLU(4) = 4",
        "ŷ = 4·0 − 3·4 + 5 = −7",
    )
