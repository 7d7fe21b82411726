"""Whatever happens, in whatever order, a learner can go on, at the same step."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from acting import TEXTS, act, acts, can_be_sent
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tutor_chat import Chat, kept, readable
from tutor_course import FINISHABLE, SMALL

from bot.tutor.learner import Answering
from bot.tutor.turn import Say


@pytest.mark.parametrize("course", [SMALL, FINISHABLE], ids=["unfinished", "whole"])
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(acts(), max_size=40))
def test_no_sequence_of_events_leads_to_a_dead_end(course, events):
    chat = Chat(course)
    for what, value in events:
        act(chat, what, value)
        for said in chat.says:
            if isinstance(said, Say):
                can_be_sent(said)
    chat.type("hello")
    assert any(isinstance(said, Say) for said in chat.says)
    goes_on_to_the_end(chat)


@pytest.mark.parametrize("course", [SMALL, FINISHABLE], ids=["unfinished", "whole"])
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(acts(), max_size=30))
def test_after_a_restart_at_any_point_the_same_step_has_the_same_numbers(course, events):
    chat = Chat(course)
    for what, value in events:
        act(chat, what, value)
        if chat.open is None:
            continue
        other = Chat(course, now=chat.now, learner=kept(chat.learner))
        assert other.open == chat.open
        other.type("/today")
        assert other.learner.stage == chat.learner.stage
        assert readable(Say(chat.open.prompt)) in other.told[-1]


def goes_on_to_the_end(chat):
    """From anywhere, /resume, a day's sleep and right answers lead to the end of what is written."""
    for _ in range(8):
        chat.type("/resume")
        chat.type("/today")
        chat.finish_drop()
        chat.until(chat.now + timedelta(days=1))
    assert chat.learner.finished == ("first", "second")


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(acts(), max_size=25))
def test_a_turn_is_a_function_of_what_it_is_given(events):
    one, other = Chat(SMALL), Chat(SMALL)
    for what, value in events:
        act(one, what, value)
        act(other, what, value)
    assert one.told == other.told
    assert one.learner == other.learner


def test_after_any_pause_the_same_step_has_the_same_numbers():
    chat = Chat(SMALL)
    chat.start()
    before = chat.open
    chat.until(chat.now + timedelta(days=200))
    chat.type("/today")
    assert chat.open == before


@pytest.mark.parametrize("text", TEXTS)
def test_no_text_of_a_new_learner_is_lost_on_the_tutor(text):
    chat = Chat(SMALL)
    chat.type(text)
    assert chat.open or chat.says


def test_an_exercise_that_left_the_course_gives_way_to_another():
    chat = Chat(SMALL)
    chat.start()
    gone = replace(chat.learner.stage, exercise="no-longer-there")
    chat.learner = replace(chat.learner, stage=gone)
    chat.type("/today")
    assert isinstance(chat.learner.stage, Answering)
    assert chat.learner.stage.exercise == "sum"


def test_numbers_that_no_longer_fit_give_way_to_others():
    chat = Chat(SMALL)
    chat.start()
    chat.learner = replace(chat.learner, stage=replace(chat.learner.stage, values={}))
    chat.type("/today")
    assert chat.learner.stage.exercise == "sum"
    chat.finish_drop()
    assert chat.learner.finished == ("first",)
