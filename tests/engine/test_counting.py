"""Counting parameters, and naming how they were miscounted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.counting import MISCOUNTS, count, counting_question, miscounts, named, sizes_of

sizes = st.lists(st.integers(1, 12), min_size=2, max_size=6).map(tuple)


@pytest.mark.parametrize(
    "written",
    ["4-3-2", "4 - 3 - 2", "4–3–2", "4−3−2", "4→3→2", "4 -> 3 -> 2", "4×3×2", "4x3x2", "4 3 2",
     "(4, 3, 2)", "[4,3,2]", "4·3·2", "4-3-2 relu", "4-3-2 relu, softmax out", "4/3/2", "4;3;2"],
)  # fmt: skip
def test_an_architecture_is_read_as_it_is_written(written):
    assert sizes_of(written) == (4, 3, 2)


@pytest.mark.parametrize("written", ["", "4", "4-", "4-0-2", "a-b", "4-3-x", "1" * 300, "4--2"])
def test_what_is_no_architecture_is_refused(written):
    with pytest.raises(ValueError, match=r".+"):
        sizes_of(written)


@pytest.mark.parametrize(
    ("written", "parameters"), [("2-3-1", 13), ("4-3-2", 23), ("1-1", 2), ("16-32-32-1", 1633)]
)
def test_weights_and_biases_are_counted(written, parameters):
    assert count(written) == parameters


@pytest.mark.parametrize(
    ("number", "how"),
    [
        (18, "counted-no-biases"),
        (27, "counted-input-biases"),
        (20, "counted-one-bias-a-layer"),
        (21, "counted-no-output-bias"),
        (9, "counted-neurons"),
        (5, "counted-units"),
        (24, "multiplied-sizes"),
        (12, "added-neighbours"),
        (22, None),
        (23, None),
    ],
)
def test_a_wrong_count_of_4_3_2_is_named(number, how):
    assert named("4-3-2", number) == how


def test_where_two_ways_meet_neither_is_named():
    ways = {slug: way((2, 3, 1)) for slug, way in MISCOUNTS.items()}
    assert list(ways.values()) == [9, 15, 11, 12, 6, 4, 6, 9]
    assert named("2-3-1", 9) is None
    assert named("2-3-1", 6) is None
    assert named("2-3-1", 15) == "counted-input-biases"


@given(sizes)
def test_no_miscount_is_right_and_no_two_agree(widths):
    wrong = miscounts(widths)
    assert count(widths) not in wrong.values()
    assert len(set(wrong.values())) == len(wrong)


@given(sizes)
def test_counting_agrees_with_a_network_of_that_size(widths):
    from engine.network import Architecture, parameter_addresses

    assert count(widths) == len(parameter_addresses(widths))
    assert count(widths) == Architecture(widths, ("linear",) * (len(widths) - 1)).parameters


def test_a_counting_question_has_them_all():
    question = counting_question("4-3-2")
    assert question.expect == "23"
    assert question.slips["counted-no-biases"] == "18"
