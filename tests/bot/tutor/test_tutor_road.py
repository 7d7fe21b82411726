"""Whatever happens, in whatever order, a learner can go on, at the same step."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tutor_chat import Chat
from tutor_course import SMALL

from bot.tutor.commands import COMMANDS
from bot.tutor.events import Blocked, DropDue, InGroup, Tapped, TaskDone, Unblocked
from bot.tutor.learner import Answering
from bot.tutor.turn import Say

TEXTS = ["3", "−1/2", "1,5", "7.30", "Berlin", "a", "2 1 3", "what is a bias?", "hint", "<b>&", "?"]
TAGS = re.compile(r"<(/?)(\w+)[^>]*>")


def acts():
    number = st.integers(0, 30)
    return st.one_of(
        st.tuples(st.just("solve"), number),
        st.tuples(st.just("type"), st.sampled_from(TEXTS)),
        st.tuples(st.just("type"), st.sampled_from([f"/{name}" for name in COMMANDS])),
        st.tuples(
            st.just("type"), st.sampled_from(["/pause until Monday", "/start x", "/nothing"])
        ),
        st.tuples(st.just("tap"), number),
        st.tuples(st.just("tap"), number),
        st.tuples(st.just("edit"), st.sampled_from(TEXTS)),
        st.tuples(st.just("repeat"), st.sampled_from(TEXTS)),
        st.tuples(st.just("pass"), st.sampled_from([1, 20, 30, 24 * 8, 24 * 40])),
        st.tuples(
            st.just("event"), st.sampled_from(["photo", "place", "block", "group", "task", "tick"])
        ),
    )


def act(chat, what, value):
    match what:
        case "solve" if chat.open:
            chat.solve()
        case "type":
            chat.type(value)
        case "tap" if chat.ever:
            button, message = chat.ever[-1 - value % len(chat.ever)]
            chat.event(Tapped(button.tap or "nonsense", message))
        case "edit" if chat.mine:
            chat.edit(value)
        case "repeat" if chat.mine:
            chat.repeat(value)
        case "pass":
            chat.until(chat.now + timedelta(hours=value))
        case "event":
            happen(chat, value)


def happen(chat, what):
    match what:
        case "photo":
            chat.send("photo")
        case "place":
            chat.share(35.68, 139.69)
        case "block":
            chat.event(Blocked())
            chat.event(Unblocked())
        case "group":
            chat.event(InGroup("command", "/start"))
        case "task":
            chat.event(TaskDone("figure", ""))
        case "tick":
            chat.event(DropDue((chat.now + timedelta(days=1)).date()))


def can_be_sent(say):
    assert say.text.strip()
    assert len(say.text) <= 1024
    open_tags = []
    for closing, tag in TAGS.findall(say.text):
        assert tag in ("b", "i", "u", "s", "a", "code", "pre", "blockquote"), say.text
        if not closing:
            open_tags.append(tag)
        else:
            assert open_tags.pop() == tag, say.text
    assert not open_tags, say.text
    for row in say.buttons:
        assert row
        for button in row:
            assert button.label
            assert len(button.tap.encode()) <= 64


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(acts(), max_size=40))
def test_no_sequence_of_events_leads_to_a_dead_end(events):
    chat = Chat(SMALL)
    for what, value in events:
        act(chat, what, value)
        for said in chat.says:
            if isinstance(said, Say):
                can_be_sent(said)
    goes_on_to_the_end(chat)


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
