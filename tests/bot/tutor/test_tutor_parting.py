"""A year of silence: one notice a month before all is erased, and a word makes it void."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tutor_chat import Chat
from tutor_course import SMALL

from bot.tutor.days.parting import NOTICE, RETENTION
from bot.tutor.events import Idle
from bot.tutor.turn import Lane, Say

DAY = timedelta(days=1)


@pytest.fixture
def chat():
    """The first drop is done; the next comes at 18:00 in Berlin."""
    return Chat(SMALL).with_a_rhythm("18:00")


def idle_days(chat, days):
    """Housekeeping knocks once a day."""
    for _ in range(days):
        chat.until(chat.now + DAY)
        chat.event(Idle())


def notices(chat):
    return sum("erase all of yours" in line for line in chat.told)


def test_one_notice_comes_a_month_before_all_is_erased(chat):
    begun = chat.now
    idle_days(chat, (RETENTION - NOTICE).days - 1)
    assert notices(chat) == 0
    idle_days(chat, NOTICE.days)
    assert notices(chat) == 1
    last = chat.says
    assert chat.turns[-1].learner is not None
    idle_days(chat, 2)
    ended = next(turn for turn in chat.turns if turn.learner is None)
    assert ended.says == ()
    assert last == []
    assert chat.now - begun >= RETENTION


def test_the_notice_is_silent(chat):
    idle_days(chat, (RETENTION - NOTICE).days + 1)
    said = next(
        say for turn in chat.turns for say in turn.says
        if isinstance(say, Say) and "erase all" in say.text
    )  # fmt: skip
    assert said.silent
    assert said.lane is Lane.REMINDER


def test_the_notice_comes_by_daylight_only(chat):
    chat.until((chat.now + RETENTION).replace(hour=1))
    assert chat.event(Idle()).says == ()
    chat.until(chat.now + timedelta(hours=12))
    assert notices(chat) == 0
    chat.event(Idle())
    assert notices(chat) == 1


def test_a_word_from_the_learner_starts_the_year_anew(chat):
    idle_days(chat, (RETENTION - NOTICE).days + 10)
    chat.type("/progress")
    idle_days(chat, (RETENTION - NOTICE).days - 1)
    assert notices(chat) == 1
    assert all(turn.learner for turn in chat.turns)


def test_who_was_not_warned_in_time_still_gets_a_month(chat):
    """As after an outage of the housekeeping."""
    chat.until(chat.now + 2 * RETENTION)
    chat.event(Idle())
    assert notices(chat) == 1
    idle_days(chat, NOTICE.days - 1)
    assert all(turn.learner for turn in chat.turns)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 200), max_size=8))
def test_nobody_is_erased_within_a_year_of_a_sign_of_life(gaps):
    chat = Chat(SMALL)
    chat.start()
    seen = chat.now
    for gap in gaps:
        chat.until(chat.now + gap * DAY)
        turn = chat.event(Idle())
        if turn.learner is None:
            assert chat.now - seen >= RETENTION
            return
        if gap % 3 == 0:
            chat.type("/progress")
            seen = chat.now
