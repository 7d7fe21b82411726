"""Each drop takes the minutes that it states, by a model of learners with a phone."""

from dataclasses import replace

import pytest

from engine import check
from engine.question import Question
from lessons.course import Choice, Option, Order
from lessons.drawing.exercise import draw
from lessons.drawing.keyboard import taps, typed
from lessons.lint import drawn, minutes, story
from lessons.loader.loading import load

PATHS = load().paths.values()
LESSONS = [lesson for path in PATHS for lesson in path.lessons if lesson.ready]
NEURON = LESSONS[0]


def test_the_table_of_minutes_is_printed_with_a_line_for_each_drop():
    for path in PATHS:
        lines = list(minutes.table(path))
        print("\n".join(lines))
        assert len(lines) == 2 + sum(lesson.ready for lesson in path.lessons)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_a_drop_keeps_its_minutes_and_its_size(lesson):
    row = minutes.row(lesson)
    assert abs(row.off) <= story.OFF, f"{row.minutes:.1f} minutes"
    assert row.keys <= 8
    assert row.messages <= story.MESSAGES
    assert row.pictures <= story.PICTURES


def test_slips_words_and_pictures_take_time(monkeypatch):
    usual = minutes.seconds(NEURON)
    assert minutes.seconds(replace(NEURON, carry="word " * 200)) > usual + 50
    assert minutes.seconds(replace(NEURON, steps=NEURON.steps[:-1])) < usual - 40
    monkeypatch.setattr(minutes, "SLIPS", 0)
    without = minutes.seconds(NEURON)
    answering = sum(exercise.seconds + minutes.ANSWERED for exercise in NEURON.core)
    reading = 60 * minutes.words(NEURON) / minutes.WORDS_A_MINUTE
    pictures = minutes.FIGURE * minutes.figures(NEURON)
    assert without == answering + reading + pictures + minutes.FIRST_DAY
    assert without < usual - 20


def test_seconds_without_time_to_read_and_type_are_a_fault():
    hasty = replace(NEURON.exercise("own-formula"), seconds=10)
    lesson = replace(NEURON, exercises={hasty.key: hasty}, shared=NEURON.shared)
    [finding] = drawn.seconds_hold_reading_and_typing(drawn.Draws(lesson, 3))
    assert finding.sentence.startswith("own-formula: 10 s; reading and typing alone take")


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_what_is_typed_is_judged_as_it_is_meant(lesson):
    for key in lesson.exercises:
        asked = draw(lesson, key, 5).asked
        if isinstance(asked, Question):
            assert check(asked, typed(asked)).family == "right", (key, typed(asked))
            for slug, canonical in asked.slips.items():
                text = typed(asked, canonical)
                assert slug in check(asked, text).misconceptions, (key, slug, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (Question("-17/10"), "-1.7"),
        (Question("1/3"), "1/3"),
        (Question("1/8"), "1/8"),
        (Question("(7, 0, -1/2)"), "7 0 -0.5"),
        (Question("[[-2, 1], [0, 3]]"), "-2 1\n0 3"),
        (Question("sigmoid(-3/5)", places=3), "0.354"),
        (Question("-2*r + 3*o - 2", names=("r", "o")), "-2r+3o-2"),
        (Question("e*h2", names=("e", "h2")), "e*h2"),
        (Question("-60 < u <= -45"), "-45"),
        (Question("3*u1 - u2 == 5 and u1 != 0", size=2), "1 -2"),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_an_answer_is_typed_in_its_shortest_usual_form(question, text):
    assert typed(question) == text
    assert taps(question) == len(text)


def test_a_choice_is_one_tap_and_an_order_one_a_tile():
    tiles = tuple(Option(key, key) for key in "abc")
    assert taps(Choice(tiles)) == 1
    assert taps(Order(tiles, (("a", "b", "c"),))) == 3
