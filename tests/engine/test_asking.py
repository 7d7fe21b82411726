"""Questions from a pass: right answers and slips in the reader's notation."""

from fractions import Fraction

import pytest

from engine import MISCONCEPTIONS, Network, check, trace
from engine.asking import ask
from engine.misconceptions import bent, rules_for
from engine.working import working
from tests.engine.nets import COURSE, MAZUR, MAZUR_ROW, MAZUR_TARGET, RATE, ROW, TARGET

SIGMOID = Network.of(([[1, -2], ["1/2", 3]], [1, -1], "sigmoid"), ([[2, -1]], ["1/2"], "sigmoid"))


@pytest.mark.parametrize(
    ("cells", "expect"),
    [
        ("z1.2", "-2"),
        (("a1.1", "a1.2", "a1.3"), "(3, 0, 1)"),
        ((("gw1.1.1", "gw1.1.2"), ("gw1.3.1", "gw1.3.2")), "[[10, 5], [-20, -10]]"),
        ("w2.1.1+", "7/10"),
        ("a2.1+", "49/25"),
        ("L+", "288/625"),
    ],
)
def test_the_right_answer_is_in_canonical_notation(cells, expect):
    assert ask(COURSE, ROW, cells, TARGET, RATE).expect == expect


def test_slips_have_the_answers_that_they_lead_to():
    question = ask(
        COURSE, ROW, "a2.1", slips=("forgot-bias@2", "forgot-squash", "absolute-for-relu")
    )
    assert question.slips == {"forgot-bias": "1", "forgot-squash": "0", "absolute-for-relu": "12"}


def test_a_slip_that_cannot_be_seen_here_is_left_out():
    slips = ask(COURSE, ROW, "z1.1", slips=("forgot-bias", "forgot-squash", "uphill")).slips
    assert slips == {"forgot-bias": "-1"}


def test_two_slips_with_one_answer_are_both_left_out():
    slips = ask(COURSE, ROW, "z1.1", slips=("added-weight", "swapped-inputs", "forgot-bias")).slips
    assert slips == {"forgot-bias": "-1"}


def test_twins_are_never_offered_against_each_other():
    pair = ("uphill", "target-minus-output")
    assert ask(COURSE, ROW, "w2.1.1+", TARGET, RATE, slips=pair).slips == {}
    assert ask(COURSE, ROW, ("w2.1.1+", "gw2.1.1"), TARGET, RATE, slips=pair).slips.keys() == {
        *pair
    }


def test_of_slips_that_are_one_and_the_same_the_first_stands_for_all():
    three = ("dead-unit-learns", "forgot-hidden-slopes", "forgot-every-slope")
    slips = ask(COURSE, ROW, ("d1.1", "d1.2", "d1.3"), TARGET, slips=three).slips
    assert slips == {"dead-unit-learns": "(5, 15, -10)"}


CELLS = (
    "z1.1",
    ("z1.1", "z1.2", "z1.3"),
    ("a1.1", "a1.2", "a1.3"),
    "a2.1",
    "L",
    "gw2.1.1",
    ("d1.1", "d1.2", "d1.3"),
    "gw1.1.1",
    "w2.1.1+",
    "a2.1+",
    (("w1.1.1+", "w1.1.2+"), ("w1.3.1+", "w1.3.2+")),
)


@pytest.mark.parametrize("cells", CELLS)
def test_every_slips_answer_is_judged_to_be_that_slip(cells):
    question = ask(COURSE, ROW, cells, TARGET, RATE)
    assert check(question, question.expect).family == "right"
    assert len(question.slips) >= 4
    for slug, answer in question.slips.items():
        assert check(question, answer).misconceptions == (slug,)


@pytest.mark.parametrize("cells", ["a1.1", "a2.1", ("a1.1", "a1.2"), "gw2.1.2", "d1.2", "L"])
def test_a_sigmoids_answer_is_a_formula_judged_by_its_decimals(cells):
    question = ask(SIGMOID, (2, 1), cells, (1,), loss="bce", places=4)
    judged = {slug: check(question, answer) for slug, answer in question.slips.items()}
    assert check(question, question.expect).family == "right"
    assert judged
    for slug, verdict in judged.items():  # a slip's 1 may also be what 0.7311 rounds to
        assert verdict.misconceptions == (slug,) or verdict.kind == "rounded"


def test_a_sigmoid_is_written_as_a_person_would():
    question = ask(SIGMOID, (2, 1), "a2.1", slips=("forgot-bias",), places=3)
    assert question.expect == "sigmoid(2*sigmoid(1) - sigmoid(3) + 1/2)"
    assert question.slips == {"forgot-bias": "sigmoid(1 - sigmoid(4))"}


def test_a_formula_too_long_to_read_is_given_by_its_proved_decimals():
    expect = ask(MAZUR, MAZUR_ROW, "w1.1.1+", MAZUR_TARGET, "1/2", places=9).expect
    assert expect.startswith("0.14978071613276")


def test_a_learners_earlier_number_is_followed():
    question = ask(COURSE, ROW, "a2.1", claims={"a1.2": 2}, slips=("forgot-squash",))
    assert (question.expect, question.follows) == ("6", "12")
    assert ask(COURSE, ROW, "a2.1", claims={"a1.2": 0}).follows is None


def test_symbols_are_asked_for_by_their_names():
    import sympy

    w1, w2, b, x1, x2 = sympy.symbols("w1 w2 b x1 x2")
    question = ask(Network.of(([[w1, w2]], [b], "linear")), (x1, x2), "z1.1")
    assert question.names == ("b", "w1", "w2", "x1", "x2")
    assert check(question, "w1*x1 + w2*x2 + b").family == "right"
    assert check(question, "w1*x1 + w2*x2").misconceptions == ("forgot-bias",)


def test_mazurs_published_loss_is_named():
    base = MISCONCEPTIONS["froze-biases"]
    question = ask(MAZUR, MAZUR_ROW, "L+", MAZUR_TARGET, "1/2", rules=base, places=9)
    assert check(question, "0.291027774").family == "right"
    assert check(question, "0.291027924").misconceptions == ("updated-too-soon",)


def test_two_slips_made_together_are_named_both():
    slips = ("forgot-bias", "absolute-for-relu", "dropped-minus")
    question = ask(COURSE, ROW, ("a1.1", "a1.2", "a1.3"), slips=slips, pairs=True)
    assert question.slips["forgot-bias+absolute-for-relu"] == "(1, 5, 2)"
    assert check(question, "(1, 5, 2)").misconceptions == ("forgot-bias", "absolute-for-relu")


def test_a_rule_book_has_its_slips_by_name_and_place():
    seen = trace(COURSE, ROW, TARGET, rules=rules_for(("forgot-bias@z1.3", "extra-two")))
    assert (seen["z1.3"].value, seen["a2.1"].value, seen["u2.1"].value) == (2, 4, 6)
    with pytest.raises(ValueError, match="no misconception"):
        rules_for(("no-such-slip",))
    assert rules_for(()) is bent()


def test_the_working_of_a_cell_is_all_that_it_needs_in_order():
    lines = working(trace(COURSE, ROW, TARGET), "a1.2")
    assert [(line.address, line.op, line.value) for line in lines] == [
        ("p1.2.1", "product", -4),
        ("p1.2.2", "product", -1),
        ("z1.2", "weighted-sum", -2),
        ("a1.2", "relu", 0),
    ]
    assert lines[2].args == (("p1.2.1", -4), ("p1.2.2", -1), ("b1.2", 3))


def test_a_step_of_tenths_stays_exact():
    assert trace(COURSE, ROW, TARGET, RATE)["b1.1+"].value == Fraction(39, 10)
