"""Every wrong answer that the course knows is named in the lesson's own words, and none gives up."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from tutor_chat import Chat

from bot.tutor.drop import walking
from bot.tutor.learner import Answering
from engine.question import Question
from lessons.course import Choice, Order
from lessons.loader.loading import load

COURSE = load()
PATH = COURSE.paths["neural-network-fundamentals"]
LESSONS = [lesson for lesson in PATH.lessons if lesson.ready and lesson is not PATH.lessons[-1]]
TAG = re.compile(r"<[^>]+>")


def at(lesson, key):
    """A learner before whom this exercise has just been put."""
    chat = Chat(COURSE)
    chat.learner = replace(chat.learner, told=("comma",))
    chat.learner = walking.start(chat.scene, lesson, key).learner
    chat.type("/today")
    chat.told.clear()
    return chat


def known_slips(drawn):
    match drawn.asked:
        case Question(slips=slips) | Order(slips=slips):
            return list(slips)
        case Choice(options):
            return [option.key for option in options if option.key != "right"]


def read(words):
    return unescape(TAG.sub("", words))


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_every_slip_is_named_in_the_lessons_own_words(lesson):
    for key in lesson.exercises:
        drawn = at(lesson, key).open
        for slip in known_slips(drawn):
            chat = at(lesson, key)
            chat.do(chat.answer(slip).replace("-", "−"))
            assert read(drawn.feedback[slip]) in "\n".join(chat.told), (key, slip)
            assert isinstance(chat.learner.stage, Answering)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_whoever_takes_all_help_comes_to_the_end_of_every_exercise(lesson):
    """Hints to the last, then the whole working; three misses; neither leads astray."""
    for key in lesson.exercises:
        chat = at(lesson, key)
        hints = chat.open.hints
        for hint in hints:
            chat.type("/hint")
            assert read(hint) in "\n".join(chat.told)
        chat.type("/hint")
        chat.do("[Show it all]" if chat.open.working else chat.answer())
        chat = at(lesson, key)
        wrong = known_slips(chat.open)[0]
        for _ in range(3):
            if chat.learner.stage.exercise == key and not chat.learner.stage.draw:
                chat.do(chat.answer(wrong).replace("-", "−"))
        moved_on = getattr(chat.learner.stage, "exercise", "") != key
        assert moved_on or chat.learner.stage.draw, key
