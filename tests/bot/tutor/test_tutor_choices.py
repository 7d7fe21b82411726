"""Choices and orders, tapped and typed."""

from __future__ import annotations

import pytest
from tutor_chat import texts


@pytest.mark.parametrize("typed", ["multiply, add, squash", "letter", "number"])
def test_a_choice_is_tapped_or_typed(chat, typed):
    chat.to_pair()
    chat.solve()
    letter = chat.answer().strip("[]")
    text = {"letter": letter.lower(), "number": str("AB".index(letter) + 1)}.get(typed, typed)
    assert chat.type(text).attempts[0].verdict.family == "right"


def test_an_order_is_tapped_tile_by_tile_in_one_message(chat):
    chat.finish_drop()
    chat.type("/today")
    while chat.learner.stage.exercise != "steps":
        chat.solve()
    chat.tap("multiply")
    count = chat.messages
    chat.tap("add")
    assert chat.messages == count
    assert chat.tap("squash").attempts[0].verdict.family == "right"


def test_an_order_can_be_begun_again_and_its_slip_is_named(chat):
    chat.finish_drop()
    chat.type("/today")
    while chat.learner.stage.exercise != "steps":
        chat.solve()
    chat.tap("add")
    chat.tap("Start over")
    for tile in ("squash", "multiply", "add"):
        turn = chat.tap(tile)
    assert turn.attempts[0].verdict.misconceptions == ("squash-first",)
    assert "The squash comes last." in texts(chat)[0]
