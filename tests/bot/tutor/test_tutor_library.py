"""The library: paths as cards, going to another one and coming back to the very place."""

from __future__ import annotations

import pytest
from tutor_chat import START, Chat, readable
from tutor_course import SMALL

from bot.tutor.events import Person, UserId
from bot.tutor.learner import Answering
from lessons.loader.loading import load

COURSE = load()
FIRST, SECOND = COURSE.paths


def begun(drops=0):
    chat = Chat(COURSE, Person(UserId(3), "Ana", "en-DE"))
    chat.start()
    for _ in range(drops):
        chat.type("/today")
        chat.finish_drop()
    return chat


def to(chat, path):
    chat.type("/library")
    chat.tap(COURSE.paths[path].title)
    return chat.tap("Switch to this one" if path in chat.learner.shelved else "Open")


def test_the_first_path_is_where_strangers_begin():
    assert begun().learner.path == FIRST == "neural-network-fundamentals"


def test_a_card_has_title_about_outcomes_facts_and_what_is_done():
    chat = begun(drops=1)
    chat.type("/library")
    path, card = COURSE.paths[FIRST], readable(chat.says[0])
    assert card.startswith(f"{path.title}\n{path.about}")
    assert "●○○○ See a neuron as arithmetic, not biology" in card
    assert all(phase.outcome in card for phase in path.phases)
    assert " · ".join(path.facts) in card
    assert "1 drop done" in card


def test_another_card_takes_the_place_of_the_first_and_back_again():
    chat = begun()
    chat.type("/library")
    chat.tap(COURSE.paths[SECOND].title)
    assert chat.told[-1].startswith("(edited) Read a Confusion Matrix")
    chat.tap("Back")
    assert chat.told[-1].startswith("(edited) Understand Neural Network")


def test_switching_and_coming_back_keeps_place_and_numbers_in_each():
    chat = begun(drops=1)
    chat.type("/today")
    chat.solve()
    chat.pass_days(1)
    here, finished, cards = chat.learner.stage, chat.learner.finished, chat.learner.cards
    to(chat, SECOND)
    assert chat.learner.path == SECOND
    assert chat.learner.finished == ()
    chat.solve()
    there = chat.learner.stage
    assert isinstance(there, Answering)
    to(chat, FIRST)
    assert (chat.learner.stage, chat.learner.finished, chat.learner.cards) == (
        here,
        finished,
        cards,
    )
    to(chat, SECOND)
    assert chat.learner.stage == there
    assert set(chat.learner.shelved) == {FIRST}


def test_a_path_opened_before_anything_was_done_is_begun_at_once_and_the_other_keeps():
    chat = Chat(COURSE, Person(UserId(3), "Ana", "en-DE"))
    to(chat, SECOND)
    assert "Bella the truffle dog" in chat.told[-1]
    chat.finish_drop()
    to(chat, FIRST)
    assert "Drop 1" in "\n".join(chat.told[-4:])


def test_the_second_path_is_walked_to_its_end_and_leads_back_to_the_library():
    chat = begun()
    to(chat, SECOND)
    chat.finish_drop()
    chat.pass_days(1)
    chat.type("/today")
    chat.finish_drop()
    assert [lesson.key for lesson in COURSE.paths[SECOND].lessons] == list(chat.learner.finished)
    assert chat.learner.completed is not None
    chat.tap("The library")
    assert "2 drops done" in readable(chat.says[-1])


def test_the_clock_brings_the_drops_of_the_path_one_is_on():
    chat = begun(drops=1)
    chat.tap("Yes")
    chat.tap("18:00")
    to(chat, SECOND)
    chat.finish_drop()
    chat.pass_days(2)
    assert any("When the thing is rare" in told for told in chat.told)


def test_after_the_goodbye_of_one_path_another_brings_its_drops_again():
    chat = begun(drops=1)
    chat.tap("Yes")
    chat.tap("18:00")
    from dataclasses import replace

    keys = tuple(lesson.key for lesson in COURSE.paths[FIRST].lessons)
    chat.learner = replace(chat.learner, finished=keys, completed=START, next_drop=None)
    to(chat, SECOND)
    assert chat.learner.next_drop is not None


def test_a_library_of_one_path_has_nowhere_else_to_go():
    chat = Chat(SMALL)
    chat.type("/library")
    assert [b.label for row in chat.says[0].buttons for b in row] == ["Start"]


@pytest.mark.parametrize("tap", ["switch/nowhere", "library/x/nowhere", "library/1/nowhere"])
def test_a_button_of_a_path_that_is_gone_does_no_harm(tap):
    from bot.tutor.events import Tapped

    chat = begun()
    before = chat.learner.stage
    chat.event(Tapped(tap, 1))
    assert chat.learner.stage == before
    assert chat.learner.path == FIRST
