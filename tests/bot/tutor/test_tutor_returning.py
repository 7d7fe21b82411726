"""Skills that come back: before a drop, on wish, and after the path is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tutor_chat import Chat
from tutor_course import FIRST, PHASE, SECOND, SMALL

from bot.tutor.drop.walking import warm_up
from bot.tutor.events import DropDue, Person, UserId
from bot.tutor.respond import meet
from bot.tutor.scene import Scene
from bot.tutor.turn import Lane, Say
from lessons.course import Course
from lessons.drawing.exercise import draw
from lessons.loader.loading import load

DAY = timedelta(days=1)
WHOLE = Course(
    {"path": replace(SMALL.paths["path"], phases=(replace(PHASE, lessons=(FIRST, SECOND)),))}
)


def through(course):
    return Chat(course, now=datetime(2024, 3, 1, 17, 40, tzinfo=UTC)).with_a_rhythm("18:45")


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


@pytest.mark.parametrize("answers", [0, 1, 2, 40])
@pytest.mark.parametrize("late", range(4))
def test_after_the_path_no_seven_days_bring_three_pushes(done, answers, late):
    """Nor with the goodbye, whichever way it comes: unanswered, or after 120 days."""
    done.until(done.now + late * DAY)
    moments, answered = [], 0
    for _ in range(140):
        count = len(pushes(done))
        done.pass_days(1)
        moments += [done.now] * (len(pushes(done)) - count)
        if len(pushes(done)) > count and answered < answers and "Start" in done.labels():
            answered += 1
            done.tap("Start")
            done.finish_drop()
    assert "leave you in peace" in pushes(done)[-1].text
    for first, third in zip(moments, moments[2:], strict=False):
        assert third - first > 7 * DAY


def test_after_the_path_two_steps_a_day_are_brought_and_more_only_by_a_tap(done):
    done.pass_days(30)
    done.type("/today")
    assert steps_that_came_back(done) == 2
    done.type("/today")
    assert done.open is None
    done.tap("One more step")
    assert done.learner.stage.role == "warm-up"


def steps_that_came_back(chat):
    """How many are answered in a row, until nothing is open."""
    count = 0
    while chat.open:
        assert chat.learner.stage.role == "warm-up"
        chat.solve()
        count += 1
    return count


def test_who_reviews_is_not_disturbed_and_the_drop_comes_an_hour_later(chat):
    chat.until(chat.learner.next_drop - timedelta(minutes=5))
    chat.type("/review")
    step, count = chat.learner.stage, len(pushes(chat))
    chat.pass_days(1 / 24)
    assert chat.learner.stage == step
    assert len(pushes(chat)) == count
    chat.finish_drop()
    chat.pass_days(1 / 24)
    assert len(pushes(chat)) == count + 1
    assert "ready" in pushes(chat)[-1].text


def test_who_reviews_after_the_path_is_not_disturbed(done):
    done.pass_days(5)
    done.until(done.learner.announced + 4 * DAY - timedelta(minutes=5))
    done.type("/again")
    step, count = done.learner.stage, len(pushes(done))
    done.pass_days(1 / 24)
    assert done.learner.stage == step
    assert len(pushes(done)) == count


THREE = replace(PHASE, lessons=(FIRST, SECOND, replace(SECOND, key="last", number=3)))


def test_two_steps_a_day_come_back_also_where_a_second_drop_follows():
    chat = through(Course({"path": replace(SMALL.paths["path"], phases=(THREE,))}))
    chat.pass_days(10)
    chat.tap("Start")
    for _ in range(2):
        assert chat.learner.stage.role == "warm-up"
        chat.solve()
    chat.finish_drop()
    chat.tap("One more now")
    assert chat.learner.stage.role == "core"
    assert chat.learner.stage.lesson == "last"


def test_before_a_second_drop_one_step_comes_back_where_the_day_has_room():
    chat = through(Course({"path": replace(SMALL.paths["path"], phases=(THREE,))}))
    chat.tap("One more now")
    assert chat.learner.stage.role == "warm-up"
    chat.solve()
    assert chat.learner.stage.role == "core"


def test_a_late_push_makes_no_sound_at_night(chat):
    chat.now = datetime(2024, 3, 2, 22, 30, tzinfo=UTC)  # 23:30 in Berlin
    chat.event(DropDue(datetime(2024, 3, 2, tzinfo=UTC).date()))
    assert pushes(chat)[-1].silent


def test_an_hour_of_the_night_that_the_learner_chose_sounds():
    chat = Chat(SMALL).with_a_rhythm("23:15")
    chat.until(chat.learner.next_drop)
    assert not pushes(chat)[-1].silent


def test_a_step_comes_back_with_other_numbers_than_in_its_drop():
    course = load()
    known = meet(course, Person(UserId(7), "Ana", "en"))
    lesson = course.paths[known.path].lessons[0]
    for seed in range(200):  # this exercise has few numbers to choose from
        moment = datetime(2024, 3, 1, 17, seed % 60, tzinfo=UTC)
        scene = Scene(course, replace(known, seed=seed), moment)
        stage = warm_up(scene, (f"{lesson.key}/recipe",), lesson.key).learner.stage
        assert stage.values != draw(lesson, "recipe", seed).values
