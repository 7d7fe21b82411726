"""Some learners' first weeks, of every habit, through the real tutor."""

from __future__ import annotations

from dataclasses import replace

import pytest
from simulated_year import HABITS, table
from tutor_course import FIRST, SMALL


@pytest.fixture(scope="module")
def everyone():
    return table(2 * len(HABITS), days=35, course=SMALL)[-1]


def test_no_more_than_one_push_sounds_on_a_date(everyone):
    assert everyone["most sounding a date"] <= 1


def test_nothing_sounds_in_quiet_hours_but_at_an_hour_that_was_chosen(everyone):
    assert everyone["in quiet hours, not chosen"] == 0


def test_two_drops_a_date_are_the_most(everyone):
    assert everyone["most drops a date"] <= 2


def test_three_unanswered_and_a_word_of_farewell_are_the_most(everyone):
    assert everyone["most unanswered"] <= 4


def test_a_backlog_is_never_mentioned(everyone):
    assert everyone["backlog mentions"] == 0


def test_weeks_hold_at_most_a_push_a_day(everyone):
    assert everyone["most in a week"] <= 7


def test_the_clock_announces_once_on_a_local_date(everyone):
    assert everyone["twice by the clock"] == 0


def test_two_steps_that_come_back_are_the_most_a_day(everyone):
    assert everyone["most of both a day"] <= 2


def test_the_simulation_sees_drops_pushes_and_warm_ups(everyone):
    assert everyone["drops done"] > 1
    assert everyone["pushes a week"] > 0
    assert everyone["most warm-ups a day"] > 0


def test_two_pushes_a_week_are_the_most_after_the_path():
    only = replace(SMALL.paths["path"].phases[0], lessons=(FIRST,))
    path = replace(SMALL.paths["path"], phases=(only,))
    years = table(4, days=150, course=replace(SMALL, paths={path.key: path}))
    assert 0 < years[-1]["most in a week, after"] <= 2
    assert 0 < years[-1]["most of both a day"] <= 2
