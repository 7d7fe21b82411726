"""Verdicts as values and as data: what counts, what is named, what an expectation must be."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.checking import Question, check, expectation, verdict_json

KINDS = {
    "right": {"exact", "other-form", "not-simplified"},
    "near": {"rounded", "truncated", "last-digit", "intermediate"},
    "partial": {"entries", "transposed", "permuted", "factor", "follows"},
    "wrong": {"misconception", "unexplained"},
    "ungraded": {
        "unreadable", "unknown-name", "wrong-case", "wrong-count", "wrong-kind",
        "division-by-zero", "too-big", "ambiguous",
    },
    "undecided": {"undecided"},
}  # fmt: skip
EXPECTED = st.sampled_from(
    ("3", "1/2", "sigmoid(2)", "2*x - y", "relu(x)", "(1, 0, 2)", "[[1, 2], [3, 4]]", "0 < u < 1")
)
TYPED = st.text(max_size=40) | st.lists(
    st.sampled_from(
        [
            "0",
            "1",
            "2",
            "3",
            "½",
            "0,5",
            ".5",
            "x",
            "y",
            "σ(",
            "relu(",
            "√",
            "e",
            "^",
            "²",
            "+",
            "-",
            "−",
            "*",
            "/",
            "(",
            ")",
            "[",
            "]",
            ",",
            ";",
            "=",
            "\n",
            "1/2",
        ]
    ),
    max_size=14,
).map("".join)


@given(EXPECTED, TYPED, st.sampled_from((None, 2)))
@settings(max_examples=800, deadline=None)
def test_whatever_is_typed_gets_one_verdict_of_the_table(expect, typed, places):
    asked = Question(expect, ("x", "y"), places, {"slip": expect.replace("2", "5")})
    verdict = check(asked, typed)
    assert verdict.kind in KINDS[verdict.family]
    assert verdict.position is None or 0 <= verdict.position <= len(typed)
    assert (verdict.kind == "misconception") == bool(verdict.misconceptions)
    assert json.loads(json.dumps(verdict_json(verdict)))["verdict"] == verdict.family


@pytest.mark.parametrize("typed", ["🙂", "q", "1/0", "9^99", "1,234", "1 2", ""])
def test_what_was_not_understood_is_no_attempt(typed):
    assert not check(Question("3"), typed).counts


@pytest.mark.parametrize(
    ("asked", "typed", "plain"),
    [
        (Question("1/2"), "0,5", {"verdict": "right", "kind": "exact", "read_as": "0.5"}),
        (
            Question("1/2"),
            "1,234",
            {"verdict": "ungraded", "kind": "ambiguous", "position": 0,
             "readings": ["1.234", "1234"], "detail": "1,234"},
        ),
        (
            Question("(1, 0, 2)"),
            "1 0 3",
            {"verdict": "partial", "kind": "entries", "read_as": "(1, 0, 3)", "entries": [[3]]},
        ),
        (
            Question("3", slips={"forgot-bias": "5"}),
            "5",
            {"verdict": "wrong", "kind": "misconception", "read_as": "5",
             "misconceptions": ["forgot-bias"]},
        ),
        (
            Question("[[1, 2], [3, 4]]"),
            "1 2\n3 5",
            {"verdict": "partial", "kind": "entries", "read_as": "[[1, 2], [3, 5]]",
             "entries": [[2, 2]]},
        ),
    ],
)  # fmt: skip
def test_a_verdict_as_data_has_its_filled_fields_only(asked, typed, plain):
    assert verdict_json(check(asked, typed)) == plain


def test_two_slips_together_are_both_named():
    asked = Question("3", slips={"forgot-bias": "5", "forgot-bias+uphill": "9"})
    assert check(asked, "9").misconceptions == ("forgot-bias", "uphill")


def test_a_slip_that_another_shares_is_not_named():
    asked = Question("3", slips={"one": "5", "other": "10/2"})
    assert check(asked, "5").kind == "unexplained"


def test_a_slip_that_gives_the_right_value_is_never_named():
    asked = Question("3", slips={"harmless": "6/2"})
    assert check(asked, "3").family == "right"


def test_a_slip_that_cannot_be_told_from_right_is_not_named():
    asked = Question("sqrt(5 + 2*sqrt(6))", slips={"twin": "sqrt(2) + sqrt(3)"})
    assert check(asked, "√2+√3").kind == "undecided"


def test_what_cannot_be_proved_is_never_wrong():
    verdict = check(Question("sqrt(5 + 2*sqrt(6))"), "√2+√3")
    assert (verdict.family, verdict.counts) == ("undecided", False)


@pytest.mark.parametrize(
    ("typed", "kind", "detail"),
    [("1/2x", "exact", ""), ("2x", "unexplained", "")],
)
def test_of_two_readings_the_right_one_is_taken_and_told(typed, kind, detail):
    verdict = check(Question("1/(2*x)", ("x",)), typed)
    assert (verdict.kind, verdict.detail) == (kind, detail)
    assert kind != "exact" or verdict.read_as == "1/(2*x)"


@pytest.mark.parametrize(
    ("expect", "names", "places", "words"),
    [
        ("1/", (), None, "cannot be read at position 2"),
        ("2*q", (), None, "'q'"),
        ("1/0", (), None, "divides by zero"),
        ("2^9999", (), None, "too big"),
        ("sqrt(-1)", (), None, "no real value"),
        ("[[1, 2], [3]]", (), None, "rows"),
        ("1/2*x + 1/2x", ("x",), None, "two ways"),
        ("3", (), 99, "decimal places"),
        ("", (), None, "cannot be read"),
        ("u <", (), None, "cannot be read"),
    ],
)
def test_an_expectation_that_is_none_says_so_in_a_sentence(expect, names, places, words):
    with pytest.raises(ValueError, match=words):
        expectation(expect, names, places)


@pytest.mark.parametrize(
    ("expect", "names", "typed"),
    [
        ("1/2", (), "0,5"),
        ("(1, 0, 2)", (), "1 0 2"),
        ("[[1, 2], [3, 4]]", (), "1 2; 3 4"),
        ("w*x + yhat", ("w", "x", "yhat"), "ŷ+wx"),
        ("-3 < u <= -2", (), "-2"),
    ],
)
def test_an_expectation_is_a_question(expect, names, typed):
    assert check(expectation(expect, names), typed).family == "right"


def test_a_target_of_ours_may_be_longer_than_what_is_typed():
    deep = "1"
    for _ in range(12):
        deep = (
            f"0.25*sigmoid({deep}) - 0.5*sigmoid(-({deep}))" if len(deep) < 2500 else f"({deep})/2"
        )
    assert len(deep) > 300
    asked = Question(deep, places=3)
    assert check(asked, "7").family == "wrong"
    assert check(asked, deep[:400]).kind == "too-big"


@pytest.mark.parametrize("asked", [Question("2*q"), Question("3", slips={"bent": "2*q"})])
def test_a_question_that_cannot_be_read_is_a_loud_mistake(asked):
    with pytest.raises(ValueError, match="'q'"):
        check(asked, "5")


def test_a_slip_without_a_value_names_nobody():
    assert check(Question("3", slips={"bent": "1/(2 - 2)"}), "5").kind == "unexplained"
