"""Skills that come back: before a drop, on wish, and after the path is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tutor_chat import Chat
from tutor_course import FIRST, PHASE, SECOND, SMALL

from bot.tutor.events import DropDue
from bot.tutor.turn import Lane, Say
from lessons.course import Course

WHOLE = Course(
    {"path": replace(SMALL.paths["path"], phases=(replace(PHASE, lessons=(FIRST, SECOND)),))}
)


def through(course):
    chat = Chat(course, now=datetime(2024, 3, 1, 17, 40, tzinfo=UTC))
    chat.start()
    chat.finish_drop()
    chat.tap("Yes")
    chat.type("18:45")
    return chat


@pytest.fixture
def chat():
    return through(SMALL)


@pytest.fixture
def done():
    """The whole path is done, on its second day."""
    chat = through(WHOLE)
    chat.pass_days(1.1)
    chat.tap("Start")
    chat.finish_drop()
    return chat


def pushes(chat):
    says = [say for turn in chat.turns for say in turn.says if isinstance(say, Say)]
    return [say for say in says if say.lane in (Lane.DROP, Lane.REMINDER)]


def test_a_clean_skill_comes_back_later_than_one_with_a_slip():
    clean, slipped = Chat(SMALL), Chat(SMALL)
    slipped.start()
    slipped.type(slipped.answer("no-bias"))
    for one in (clean, slipped):
        one.start()
        one.finish_drop()
    assert card(slipped, "sum").due < card(clean, "sum").due


def card(chat, exercise):
    return next(card for card in chat.learner.cards if card.exercise == exercise)


def test_what_was_not_met_yet_comes_after_its_own_days(chat):
    assert card(chat, "which-bias").due - chat.now == timedelta(days=7)


def test_before_a_drop_come_at_most_two_steps_with_new_numbers(chat):
    before = card(chat, "sum")
    chat.pass_days(10)
    chat.tap("Start")
    assert len(chat.learner.stage.queue) == 1
    assert chat.learner.stage.exercise == "sum"
    chat.solve()
    after = card(chat, "sum")
    assert after.due > before.due
    assert after.stability > before.stability
    chat.solve()
    assert chat.learner.stage.lesson == "second"


def test_a_slip_in_a_warm_up_brings_it_back_sooner(chat):
    chat.pass_days(3)
    chat.tap("Start")
    chat.type(chat.answer("no-bias"))
    chat.solve()
    assert card(chat, "sum").due - chat.now <= timedelta(days=1)


def test_warm_ups_are_the_same_whenever_they_are_reckoned(chat):
    chat.pass_days(10)
    one, other = (Chat(SMALL, now=chat.now, learner=chat.learner) for _ in range(2))
    one.type("/today")
    other.type("/today")
    assert one.learner == other.learner


def test_a_review_by_wish_gives_way_to_the_next_drop(chat):
    chat.type("/review")
    assert chat.learner.stage.role == "warm-up"
    chat.pass_days(1.1)
    chat.tap("Start")
    chat.finish_drop()
    assert chat.learner.finished == ("first", "second")


def test_the_end_of_a_phase_is_told_with_what_it_was_for(done):
    assert any("Phase 1 is behind you" in line for line in done.told)
    assert done.learner.completed is not None


def test_after_the_path_at_most_two_pushes_a_week_and_one_day_a_goodbye(done):
    count = len(pushes(done))
    for _ in range(40):
        done.pass_days(3.5)
        if "Start" in done.labels():
            done.tap("Start")
            done.finish_drop()
    fresh = pushes(done)[count:]
    assert 3 <= len(fresh) <= 2 * 20
    assert "leave you in peace" in fresh[-1].text
    assert done.learner.next_drop is None


def test_after_the_path_three_pushes_without_an_answer_end_them(done):
    count = len(pushes(done))
    done.pass_days(100)
    assert len(pushes(done)) - count == 4


def test_a_late_push_makes_no_sound_at_night(chat):
    chat.now = datetime(2024, 3, 2, 22, 30, tzinfo=UTC)  # 23:30 in Berlin
    chat.event(DropDue(datetime(2024, 3, 2, tzinfo=UTC).date()))
    assert pushes(chat)[-1].silent


def test_an_hour_of_the_night_that_the_learner_chose_sounds():
    chat = Chat(SMALL)
    chat.start()
    chat.finish_drop()
    chat.tap("Yes")
    chat.type("23:15")
    chat.until(chat.learner.next_drop)
    assert not pushes(chat)[-1].silent
