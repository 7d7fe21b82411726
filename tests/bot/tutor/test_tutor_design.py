"""A typed architecture: read, objected to, and asked about with its own numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tutor_chat import Chat, readable

from bot.tutor.turn import Say
from bot.tutor.walking import start
from lessons.loader import load

PATH = "neural-network-fundamentals"


@pytest.fixture(scope="module")
def course():
    return load()


@pytest.fixture
def chat(course):
    """The last drop, where the design is asked for."""
    chat = Chat(course)
    chat.start()
    lesson = course.paths[PATH].lesson("tabular-design")
    before = tuple(one.key for one in course.paths[PATH].lessons if one.key != lesson.key)
    chat.learner = replace(start(chat.scene, lesson, "design").learner, finished=before)
    return chat


def first(chat):
    return readable(next(say for say in chat.says if isinstance(say, Say)))


FAULTS = [
    ("29-16-1 relu, sigmoid out, bce", "No table of mine has 29 columns"),
    ("30-16-1 relu, softmax out, bce", "always says 1"),
    ("30-16-2 relu, sigmoid out, bce", "The last width"),
    ("30-16-1 relu, relu out, bce", "cuts away half"),
    ("13-8-3 relu, softmax out, mse", "The loss mse"),
    ("a big one please", "couldn’t read"),
]


@pytest.mark.parametrize(("text", "said"), FAULTS)
def test_a_fault_is_said_and_the_design_is_asked_again(chat, text, said):
    chat.type(text)
    assert said in first(chat)
    assert chat.learner.stage.exercise == "design"


def test_a_sound_design_is_taken_and_asked_about_with_its_own_numbers(chat):
    turn = chat.type("30-16-1 relu, sigmoid out, bce, es")
    assert turn.attempts[0].verdict.family == "right"
    assert chat.learner.stage.exercise == "own-parameters"
    assert chat.answer() == str(31 * 16 + 17)


def test_questions_about_a_design_that_was_left_are_left_too(chat):
    chat.learner = replace(chat.learner, stage=replace(chat.learner.stage, may_leave=True))
    chat.type("/today")
    chat.tap("Go on")
    assert chat.learner.stage.exercise == "why-inputs"


def test_nothing_is_told_of_a_training_that_did_not_happen(chat):
    chat.type("30-16-1 relu, sigmoid out, bce, es")
    asked = set()
    while chat.open:
        asked.add(chat.learner.stage.exercise)
        chat.solve()
    assert "verdict" not in asked
    assert "tabular-design" in chat.learner.finished
