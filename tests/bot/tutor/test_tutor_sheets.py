"""The learner's sheets: a blank one at any time, their own net once it is worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tutor_chat import Chat

from bot.tutor.learner import Resting
from lessons.drawing.exercise import draw
from lessons.loader.loading import load

COURSE = load()
PATH = next(iter(COURSE.paths.values()))
BACKPROPAGATION = PATH.lesson("backpropagation")
BEFORE = tuple(lesson.key for lesson in PATH.lessons[: BACKPROPAGATION.number - 1])
BLANK = {"blank": "1"}


def before_the_drop():
    chat = Chat(COURSE)
    chat.learner = replace(chat.learner, stage=Resting(BEFORE[-1]), finished=BEFORE)
    return chat


def sheets_of(chat):
    found = (say.attachment for say in chat.says if getattr(say, "attachment", None))
    return [dict(one.values) for one in found if one.recipe == "sheet"]


def test_before_the_drop_that_works_it_out_there_is_a_blank_sheet_alone():
    chat = before_the_drop()
    chat.type("/sheet")
    assert sheets_of(chat) == [BLANK]


def test_the_drop_ends_with_the_learners_own_net_and_brings_it_again():
    chat = before_the_drop()
    chat.type("/today")
    chat.finish_drop()
    [live] = sheets_of(chat)
    chat.type("/sheet")
    assert sheets_of(chat) == [BLANK, live]


def test_it_is_the_net_that_was_laid_out_in_drop_5():
    chat = before_the_drop()
    chat.type("/today")
    chat.finish_drop()
    [live] = sheets_of(chat)
    laid_out = draw(PATH.lesson("layout"), "own-shelf", chat.learner.seed).values
    assert live.items() >= laid_out.items()


def test_its_rate_is_the_one_of_the_drops_last_step():
    chat = before_the_drop()
    chat.type("/today")
    while chat.open.exercise != "one-step":
        chat.solve()
    told = chat.open.prompt
    chat.finish_drop()
    [live] = sheets_of(chat)
    assert f"η = <b>{live['rate']}</b>" in told
    assert Fraction(live["rate"]) > 0
