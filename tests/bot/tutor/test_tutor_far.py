"""What comes seldom: reports, the operator's words, blocking, the language."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tutor_chat import Chat
from tutor_course import SMALL

from bot.tutor.events import Announced, Blocked, Unblocked
from bot.tutor.turn import Lane, Say

DAY = timedelta(days=1)


@pytest.fixture
def chat():
    """The first drop is done; the next comes at 18:00 in Berlin."""
    return Chat(SMALL).with_a_rhythm("18:00")


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


def test_the_button_under_a_finished_drop_marks_that_drop_and_leaves_the_others_there(chat):
    chat.tap("One more now")
    chat.finish_drop()
    before = chat.labels()
    chat.tap_old("Something’s off here")
    (report,) = reports(chat)
    assert (report.lesson, report.exercise, report.text) == ("first", "", "")
    assert chat.labels() == before


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


def test_who_paused_until_a_day_is_left_alone_and_hears_nothing_late(chat):
    chat.type("/pause 10 days")
    chat.until(chat.now.replace(hour=11) + DAY)
    assert announced(chat).says == ()
    chat.until(chat.now + 14 * DAY)
    assert heard(chat) == 0


def test_who_paused_or_went_quiet_is_left_alone(chat):
    chat.type("/pause")
    chat.tap("Until I come back")
    chat.until(chat.now.replace(hour=11) + DAY)
    assert announced(chat).says == ()
    chat.type("/resume")
    chat.until(chat.now + 3 * DAY)
    assert heard(chat) == 0


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
