"""What the path promises of its drops, beyond the rules for every lesson."""

from __future__ import annotations

import pytest

from lessons.kinds import FormulaAsked
from lessons.loader.loading import load

PATH = load().paths["neural-network-fundamentals"]
PHASES = PATH.phases
BY_HAND = PHASES[1].lessons


def test_there_are_14_drops_in_four_phases_and_each_is_written():
    assert [len(phase.lessons) for phase in PHASES] == [4, 5, 4, 1]
    assert all(lesson.ready for lesson in PATH.lessons)
    assert [lesson.minutes for lesson in PATH.lessons] == [
        6,
        6,
        6,
        7,
        6,
        7,
        6,
        6,
        7,
        7,
        7,
        7,
        7,
        12,
    ]


@pytest.mark.parametrize("lesson", BY_HAND, ids=lambda lesson: lesson.key)
def test_a_pass_by_hand_has_an_example_with_one_blank_before_the_last_own_numbers(lesson):
    kept = [exercise.key for exercise in lesson.core if exercise.example]
    own = [exercise.key for exercise in lesson.core if not exercise.example]
    assert len(kept) == 1
    order = [exercise.key for exercise in lesson.core]
    assert order.index(kept[0]) < order.index(own[-1])


def test_letters_are_answered_at_the_core_of_three_drops():
    asked = [
        (lesson.key, exercise.key)
        for lesson in PATH.lessons
        for exercise in lesson.core
        if isinstance(exercise.kind, FormulaAsked) and exercise.kind.names
    ]
    assert asked == [
        ("neuron", "own-formula"),
        ("backpropagation", "outgoing-rule"),
        ("backpropagation", "incoming-rule"),
        ("slow-training", "sigmoid-slope"),
    ]


def test_the_pass_alone_opens_the_drop_of_backpropagation_and_both_passes_the_last():
    assert PATH.lesson("backpropagation").steps[0].key == "unaided-pass"
    first, second = PATH.lesson("tabular-design").steps[:2]
    assert (first.key, second.key) == ("exam-forward", "exam-backward")


def test_every_drop_has_a_sentence_to_carry_away_three_reviews_and_notes():
    for lesson in PATH.lessons:
        assert lesson.carry
        assert lesson.notes
        assert sorted(review.after for review in lesson.reviews) == [1, 3, 7]
