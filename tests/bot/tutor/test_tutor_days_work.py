"""A design, its training and a guess are a day's work: they do not come back as steps."""

from __future__ import annotations

from dataclasses import replace

import pytest
from studio_chat import DESIGN, LESSON, PATH, at_the_bench, tap, trained

from bot.tutor.drop import reviewing
from bot.tutor.learner import Card
from lessons.course import RESULT
from lessons.kinds import DesignAsked


@pytest.fixture
def slipped():
    """The last drop is done, with a slip at each of its steps."""
    chat = at_the_bench()
    chat.type("30-16-1 relu, softmax out, bce")
    chat.type(DESIGN)
    for _ in range(80):
        if chat.open is None:
            return chat
        chat.learner = replace(chat.learner, stage=replace(chat.learner.stage, slipped=True))
        if chat.learner.stage.exercise == "training":
            tap(chat, "train/")
            trained(chat)
        else:
            chat.solve()
    raise AssertionError("the drop does not end")


def days_work(chat):
    exercises = chat.course.paths[PATH].lesson(LESSON).exercises
    return {
        key
        for key, one in exercises.items()
        if isinstance(one.kind, DesignAsked) or one.uses == RESULT or not one.may_slip
    }


def test_what_slipped_comes_back_but_for_the_design_and_its_training(slipped):
    cards = {card.exercise for card in slipped.learner.cards if card.lesson == LESSON}
    assert {"design", "training", "verdict", "expect"} <= days_work(slipped)
    assert cards
    assert not cards & days_work(slipped)


def test_cards_of_them_that_an_older_version_kept_are_never_dealt(slipped):
    now = slipped.now
    kept = tuple(Card(LESSON, key, now, 1.0, 5.0, now) for key in sorted(days_work(slipped)))
    slipped.learner = replace(slipped.learner, cards=kept)
    assert reviewing.bundle(slipped.scene) == reviewing.next_one(slipped.scene) == ()
    assert reviewing.strengths(slipped.scene) == {}
    slipped.type("/review")
    assert slipped.open is None
