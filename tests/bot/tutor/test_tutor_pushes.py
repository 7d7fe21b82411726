"""When the tutor speaks of its own accord: once a day, movable, patient, then quiet."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from tutor_chat import Chat
from tutor_course import SMALL

from bot.tutor.events import Blocked, DropDue, Person, Unblocked, UserId
from bot.tutor.learner import Answering, Waiting
from bot.tutor.turn import Lane, Say
from lessons.loader.loading import load

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def chat():
    """Drop 1 is done, drops come at 07:30 in Berlin; it is 18:40 on Friday 1 March 2024."""
    return Chat(SMALL, now=datetime(2024, 3, 1, 17, 40, tzinfo=UTC)).with_a_rhythm("7.30")


def at(chat, text):
    chat.until(datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC))


def pushes(chat, start=0):
    return [
        say
        for turn in chat.turns[start:]
        for say in turn.says
        if isinstance(say, Say) and say.lane in (Lane.DROP, Lane.REMINDER)
    ]


def local(moment, zone=BERLIN):
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def test_one_tap_brings_one_question_within_fifty_words():
    chat = Chat(load(), Person(UserId(1), "Ana", "en"))
    turn = chat.start()
    *before, question = [say for say in turn.says if isinstance(say, Say)]
    words = re.sub(r"<[^>]+>|[●○·]", " ", " ".join(say.text for say in before)).split()
    assert len(words) <= 50
    assert "?" in question.text
    assert isinstance(chat.learner.stage, Answering)


def test_the_next_drop_comes_on_the_next_day_at_the_learners_hour(chat):
    assert local(chat.learner.next_drop) == "2024-03-02 07:30"
    at(chat, "2024-03-02 07:31")
    assert isinstance(chat.learner.stage, Waiting)
    assert len(pushes(chat)) == 1


def test_a_second_knock_on_one_date_says_nothing(chat):
    at(chat, "2024-03-02 07:31")
    before = chat.learner
    turn = chat.event(DropDue(before.last_drop))
    assert turn.says == ()
    assert chat.learner == before


def test_three_announcements_without_an_answer_and_then_quiet(chat):
    at(chat, "2024-04-30 12:00")
    texts = [say.text for say in pushes(chat)]
    assert len(texts) == 4
    assert "quiet" in texts[-1]
    assert pushes(chat)[-1].silent
    assert chat.learner.next_drop is None


def test_a_word_ends_the_quiet(chat):
    at(chat, "2024-04-30 12:00")
    chat.type("hello")
    assert local(chat.learner.next_drop) == "2024-05-01 07:30"
    chat.tap("Start")
    chat.finish_drop()
    assert chat.learner.finished == ("first", "second")


def test_any_sign_of_life_begins_the_count_anew(chat):
    at(chat, "2024-03-04 12:00")
    assert chat.learner.unanswered == 3
    chat.type("/progress")
    at(chat, "2024-03-05 12:00")
    assert chat.learner.unanswered == 1
    assert "ready" in pushes(chat)[-1].text


def test_nobody_is_interrupted_mid_drop(chat):
    at(chat, "2024-03-02 07:40")
    chat.tap("Start")
    at(chat, "2024-03-03 07:00")
    chat.type("/today")
    count = len(pushes(chat))
    at(chat, "2024-03-03 09:00")
    assert len(pushes(chat)) == count


def test_a_drop_left_half_way_waits_and_keeps(chat):
    at(chat, "2024-03-02 07:40")
    chat.tap("Start")
    step = chat.learner.stage
    at(chat, "2024-03-03 07:40")
    assert "It keeps" in pushes(chat)[-1].text
    chat.tap("Start")
    assert chat.learner.stage == step


@pytest.mark.parametrize(
    ("label", "comes"),
    [
        ("In 1 h", "2024-03-02 09:00"),
        ("Tonight", "2024-03-02 20:00"),
        ("Rest day", "2024-03-03 07:30"),
    ],
)
def test_moving_a_drop_really_moves_it(chat, label, comes):
    at(chat, "2024-03-02 08:00")
    chat.tap(label)
    assert local(chat.learner.next_drop) == comes
    count = len(pushes(chat))
    chat.until(chat.learner.next_drop)
    assert len(pushes(chat)) == count + 1
    assert "ready" in pushes(chat)[-1].text


def test_after_a_moved_drop_the_rhythm_goes_on(chat):
    at(chat, "2024-03-02 08:00")
    chat.tap("Tonight")
    at(chat, "2024-03-02 20:05")
    assert local(chat.learner.next_drop) == "2024-03-03 07:30"


def test_a_drop_fetched_before_its_hour_is_not_announced_again(chat):
    at(chat, "2024-03-02 06:00")
    chat.type("/today")
    chat.finish_drop()
    at(chat, "2024-03-02 08:00")
    assert pushes(chat) == []


def test_while_paused_nothing_comes(chat):
    chat.type("/pause until 1 April")
    at(chat, "2024-03-31 23:00")
    assert pushes(chat) == []
    at(chat, "2024-04-01 08:00")
    assert len(pushes(chat)) == 1


def test_paused_without_a_date_means_until_resume(chat):
    chat.type("/pause")
    chat.tap("Until I come back")
    at(chat, "2024-08-01 08:00")
    chat.event(DropDue(chat.now.date()))
    assert pushes(chat) == []
    chat.type("/resume")
    assert local(chat.learner.next_drop) == "2024-08-02 07:30"


def test_every_second_day_means_that(chat):
    at(chat, "2024-03-04 08:00")
    chat.tap("Every 2nd day")
    dates = set()
    for _ in range(3):
        dates.add(local(chat.learner.next_drop)[:10])
        chat.until(chat.learner.next_drop)
    assert dates == {"2024-03-06", "2024-03-08", "2024-03-10"}


def test_who_blocks_the_bot_is_paused_and_coming_back_resumes(chat):
    chat.event(Blocked())
    assert chat.learner.next_drop is None
    turn = chat.event(Unblocked())
    assert turn.says == ()
    assert local(chat.learner.next_drop) == "2024-03-02 07:30"


def test_a_lesson_not_yet_written_is_told_once_and_never_pushed(chat):
    chat.tap("One more now")
    chat.finish_drop()
    assert "still being written" in chat.says[-1].text
    at(chat, "2024-05-01 08:00")
    assert pushes(chat) == []


def test_a_new_hour_keeps_the_second_day(chat):
    at(chat, "2024-03-02 07:40")
    chat.tap("Start")
    chat.finish_drop()
    chat.type("/settings")
    chat.tap("Every 2nd day")
    chat.type("/settings")
    chat.tap("Hour")
    chat.type("19h")
    assert local(chat.learner.next_drop) == "2024-03-04 19:00"
