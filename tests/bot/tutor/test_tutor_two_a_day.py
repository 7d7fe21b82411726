"""Two drops and two steps a day are the most, on whichever side of the date line."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tutor_chat import Chat
from tutor_course import LONG

from bot.tutor.events import Person, UserId
from bot.tutor.learner import Resting
from lessons.loader.loading import load


def test_two_drops_a_day_are_the_most_and_a_warm_up_parts_them():
    chat = Chat(
        load(), Person(UserId(1), "Ana", "en-DE"), now=datetime(2024, 3, 1, 8, tzinfo=UTC)
    ).with_a_rhythm("7.30")
    chat.tap("One more now")
    assert chat.learner.stage.role == "warm-up"
    chat.finish_drop()
    assert len(chat.learner.finished) == 2
    chat.type("/today")
    assert isinstance(chat.learner.stage, Resting)
    assert "plenty" in chat.says[0].text


def drops_in_a_day(city):
    """Until the tutor says that it is plenty, from the first one on, at noon of UTC."""
    chat = Chat(LONG, Person(UserId(1), "Ana", "en"), now=datetime(2024, 3, 1, 12, tzinfo=UTC))
    chat.start()
    chat.finish_drop()
    chat.type(city)
    chat.tap("Yes")
    chat.type("7.30")
    return opened_more(chat)


def opened_more(chat):
    while True:
        chat.type("/today")
        if chat.open is None:
            return chat
        chat.finish_drop()


@pytest.mark.parametrize("city", ["Berlin", "Auckland", "Los Angeles"])
def test_the_first_drop_counts_on_the_date_of_wherever_the_learner_is(city):
    assert len(drops_in_a_day(city).learner.finished) == 2


def test_a_journey_west_over_the_date_line_brings_no_third_drop():
    chat = drops_in_a_day("Auckland")
    chat.type("/settings")
    chat.tap("Place")
    chat.type("Los Angeles")
    chat.tap("Yes")
    assert len(opened_more(chat).learner.finished) == 2


def test_a_journey_west_over_the_date_line_brings_no_third_step():
    chat = drops_in_a_day("Auckland")
    chat.pass_days(12)
    chat.type("/today")
    asked = 0
    while chat.learner.stage.role == "warm-up":
        chat.solve()
        asked += 1
    assert asked == 2
    chat.finish_drop()
    chat.type("/settings")
    chat.tap("Place")
    chat.type("Los Angeles")
    chat.tap("Yes")
    chat.type("/today")
    assert chat.learner.stage.role == "core"
