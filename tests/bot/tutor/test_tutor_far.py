"""What comes seldom: reports, the operator's words, the notice after a year's silence, blocking."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tutor_chat import Chat
from tutor_course import SMALL

from bot.tutor.events import Announced, Blocked, Idle, Unblocked
from bot.tutor.parting import NOTICE, RETENTION
from bot.tutor.turn import Lane, Say

DAY = timedelta(days=1)


@pytest.fixture
def chat():
    """The first drop is done; the next comes at 18:00 in Berlin."""
    chat = Chat(SMALL)
    chat.start()
    chat.finish_drop()
    chat.tap("Yes")
    chat.type("18:00")
    return chat


def reports(chat):
    return [report for turn in chat.turns for report in turn.reports]


# a text is wrong


def test_a_report_knows_the_open_exercise(chat):
    chat.type("/today")
    chat.type("/report   the order is\nodd")
    (report,), stage = reports(chat), chat.learner.stage
    assert (report.lesson, report.exercise) == (stage.lesson, stage.exercise)
    assert report.text == "the order is odd"


def test_the_button_under_help_marks_the_latest_drop(chat):
    chat.type("/help")
    chat.tap("Something’s off here")
    (report,) = reports(chat)
    assert (report.lesson, report.exercise, report.text) == ("first", "", "")


def test_a_disputed_answer_keeps_what_was_expected_and_offers_a_report():
    chat = Chat(SMALL)
    chat.start()
    expected = chat.open.asked.expect
    chat.type("1234567")
    chat.tap("I think I’m right")
    (claim,) = [one for turn in chat.turns for one in turn.attempts if one.disputed]
    assert (claim.text, claim.expected) == ("1234567", expected)
    chat.tap("Something’s off here")
    assert [(one.lesson, one.exercise) for one in reports(chat)] == [("first", "sum")]


# the operator's words


def heard(chat):
    return sum("&lt;b&gt; tonight" in say.text for turn in chat.turns for say in turn.says
               if isinstance(say, Say))  # fmt: skip


def announced(chat):
    return chat.event(Announced("<b> tonight"))


def test_the_operators_words_come_silently_and_escaped_by_day(chat):
    chat.until(chat.now.replace(hour=11) + DAY)
    (said,) = announced(chat).says
    assert said.silent
    assert said.lane is Lane.REMINDER
    assert heard(chat) == 1


def test_at_night_they_wait_for_the_learners_hour_and_come_once(chat):
    chat.until(chat.now.replace(hour=23) + DAY)
    assert announced(chat).says == ()
    chat.until(chat.now + DAY)
    assert heard(chat) == 1
    chat.until(chat.now + 3 * DAY)
    assert heard(chat) == 1


def test_who_is_in_the_midst_of_a_drop_is_not_disturbed(chat):
    chat.until(chat.now.replace(hour=11) + DAY)
    chat.type("/today")
    assert announced(chat).says == ()
    assert heard(chat) == 0


def test_who_paused_or_went_quiet_is_left_alone(chat):
    chat.type("/pause")
    chat.tap("Until I come back")
    chat.until(chat.now.replace(hour=11) + DAY)
    assert announced(chat).says == ()
    chat.type("/resume")
    chat.until(chat.now + 3 * DAY)
    assert heard(chat) == 0


# a year's silence


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


# blocking


def test_blocking_stops_the_clock_and_unblocking_starts_it_at_the_same_hour(chat):
    chat.event(Blocked())
    assert chat.learner.next_drop is None
    chat.until(chat.now + 9 * DAY)
    chat.event(Unblocked())
    count = len(chat.turns)
    chat.until(chat.now + DAY)
    pushes = [say for turn in chat.turns[count:] for say in turn.says]
    assert len(pushes) == 1
    assert chat.learner.last_drop is not None


def test_unblocking_does_not_undo_a_pause(chat):
    chat.type("/pause")
    chat.tap("Until I come back")
    chat.event(Blocked())
    chat.event(Unblocked())
    assert chat.learner.next_drop is None


def test_a_holiday_outlives_blocking_and_unblocking(chat):
    chat.type("/pause 10 days")
    before = chat.learner.next_drop
    chat.event(Blocked())
    chat.event(Blocked())  # told by a refused letter, and by Telegram
    assert chat.learner.next_drop is None
    chat.event(Unblocked())
    assert chat.learner.next_drop == before


# the language


def test_the_language_is_set_by_taps_and_taken_back(chat):
    chat.type("/settings")
    chat.tap("Language")
    assert {"✓ English", "· Deutsch"} <= set(chat.labels())
    chat.tap("· Deutsch")
    chat.type("/pause")
    assert "Wie lange" in chat.told[-1]
    chat.tap("· English")
    chat.tap("Done")
    chat.type("/pause")
    assert "For how long" in chat.told[-1]


def test_another_language_leaves_the_open_step_and_its_numbers(chat):
    chat.type("/today")
    before = chat.learner.stage
    chat.type("/settings")
    chat.tap("Language")
    chat.tap("· Deutsch")
    assert chat.learner.stage == before
