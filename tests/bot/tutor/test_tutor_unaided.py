"""Weeks after the path: a whole pass alone on a new net, and its result."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from acting import act, acts, can_be_sent
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tutor_chat import Chat

from bot.tutor.days.returning import GOODBYE
from bot.tutor.drop.unaided import LINES, SETTLED, asked
from bot.tutor.learner import Answering, Resting, Rhythm
from bot.tutor.scene import Scene
from bot.tutor.turn import Say
from lessons.drawing.exercise import draw as drawn
from lessons.figures import draw

DAY = timedelta(days=1)


@pytest.fixture
def chat(course):
    return after_the_path(course)


def after_the_path(course):
    """The path was done this minute."""
    chat = Chat(course)
    path = course.paths[chat.learner.path]
    done = tuple(lesson.key for lesson in path.lessons)
    chat.learner = replace(
        chat.learner,
        stage=Resting(done[-1]),
        finished=done,
        completed=chat.now,
        rhythm=Rhythm("Europe/Berlin", "18:00"),
        next_drop=chat.now + DAY,
    )
    return chat


def pushes(chat):
    return [line for line in chat.told if "It has had time to settle" in line]


def offered(chat):
    chat.until(chat.now + SETTLED + 2 * DAY)
    chat.tap("Start")


def test_it_is_offered_when_the_path_has_settled_and_not_a_day_before(chat):
    chat.until(chat.now + SETTLED - DAY)
    assert not pushes(chat)
    chat.until(chat.now + 2 * DAY)
    assert len(pushes(chat)) == 1


def test_a_right_pass_is_told_as_such_with_its_card(chat):
    offered(chat)
    asked_for = []
    while chat.open:
        asked_for.append(chat.learner.stage.exercise)
        chat.solve()
    assert tuple(asked_for) == LINES
    assert "6 of 6 lines" in chat.told[-1]
    figure = dict(chat.says[-1].attachment.values)
    assert draw(figure.pop("figure"), figure).startswith(b"\x89PNG")
    assert isinstance(chat.learner.stage, Resting)
    assert len([a for turn in chat.turns for a in turn.attempts]) == len(LINES)


def test_all_lines_are_of_one_net_that_the_learner_never_saw(chat):
    offered(chat)
    first = dict(chat.learner.stage.values)
    own = Scene(chat.course, chat.learner, chat.now).path.lesson("backpropagation")
    seen = drawn(own, "blame", chat.learner.seed).values
    assert {name: seen[name] for name in first} != first
    while chat.open:
        assert dict(chat.learner.stage.values) == first
        chat.solve()


def test_a_slip_follows_through_and_only_its_own_line_is_one(chat):
    offered(chat)
    chat.do(chat.answer("forgot-bias"))
    while chat.open:
        follows = asked(chat.scene).follows
        chat.type(follows or chat.answer())
    outcomes = [line.outcome for line in chat.learner.unaided.lines]
    assert outcomes[0] == "slip"
    assert "follows" in outcomes
    assert set(outcomes[1:]) <= {"follows", "right"}
    assert "5 of 6 lines" in chat.told[-1]
    assert "Look at: the biases" in chat.told[-1]


def test_the_true_number_is_right_too_where_a_slip_went_before(chat):
    offered(chat)
    chat.do(chat.answer("forgot-bias"))
    chat.solve()
    assert [line.outcome for line in chat.learner.unaided.lines] == ["slip", "right"]


def test_there_are_no_hints_and_a_line_can_be_passed_over(chat):
    offered(chat)
    chat.type("/hint")
    assert "yours alone" in chat.told[-1]
    chat.type("no idea")
    assert chat.learner.stage.exercise == LINES[0]
    for _ in LINES:
        chat.tap("I pass on this line")
    assert "0 of 6 lines" in chat.told[-1]
    assert chat.open is None


def test_what_cannot_be_read_costs_no_line(chat):
    offered(chat)
    chat.type("(1, 2")
    assert chat.learner.unaided.lines == ()


def test_who_leaves_in_the_middle_goes_on_at_the_same_line(chat):
    offered(chat)
    chat.solve()
    before = chat.learner.stage
    chat.until(chat.now + 5 * DAY)
    assert any("open still" in line for line in chat.told)
    chat.tap("Start")
    assert chat.learner.stage == before
    first_row = [before.values[f"w1_1_{n}"].replace("-", "−") for n in (1, 2)]
    assert re.search(r"W1 \| b1\n\s*" + r"\s+".join(first_row) + r"\s", chat.told[-1])
    chat.type("/again")
    assert chat.learner.stage == before


def test_it_comes_once_and_again_after_a_goodbye(chat):
    offered(chat)
    while chat.open:
        chat.solve()
    chat.until(chat.now + 30 * DAY)
    assert len(pushes(chat)) == 1
    chat.until(chat.now + GOODBYE)
    assert chat.learner.next_drop is None
    chat.type("/again")
    assert chat.learner.next_drop is not None
    chat.until(chat.now + SETTLED + 2 * DAY)
    assert len(pushes(chat)) == 2


def test_a_course_without_it_never_offers_it(chat):
    path = chat.course.paths[chat.learner.path]
    phases = tuple(
        replace(phase, lessons=tuple(one for one in phase.lessons if one.number < 9))
        for phase in path.phases
    )
    chat.course = replace(chat.course, paths={path.key: replace(path, phases=phases)})
    chat.until(chat.now + SETTLED + 5 * DAY)
    assert not pushes(chat)
    assert not isinstance(chat.learner.stage, Answering)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 5), st.lists(acts(), max_size=12))
def test_nothing_that_happens_on_the_way_keeps_from_the_end(course, lines, events):
    """Each turn's learner is packed and unpacked, as by a restart."""
    chat = after_the_path(course)
    offered(chat)
    for _ in range(lines):
        chat.solve()
    numbers = dict(chat.learner.stage.values)
    for what, value in events:
        act(chat, what, value)
        for said in chat.says:
            if isinstance(said, Say):
                can_be_sent(said)
        if chat.open and chat.learner.stage.role == "unaided":
            assert dict(chat.learner.stage.values) == numbers
    for _ in range(40):
        if chat.open is None:
            break
        chat.solve()
    assert chat.open is None
    chat.type("/today")
    assert chat.says
