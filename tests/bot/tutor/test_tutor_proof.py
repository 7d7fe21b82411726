"""Cards that anyone can run again: a code says what was trained, and a training says whether it holds."""

from __future__ import annotations

import pytest
from studio_chat import DESIGN, before_training, goes_on, tap, trained, visiting
from tutor_chat import texts

from bot.tutor.turn import CALL_OFF
from lessons.design.proof import Proof, read, written


@pytest.fixture
def chat():
    return before_training()


def card(chat):
    tap(chat, "train/")
    trained(chat)
    chat.solve()
    return next(text.split("/proof ")[1].split()[0] for text in texts(chat) if "/proof " in text)


def test_a_cards_code_says_what_was_trained_and_found(chat):
    proof = read(card(chat))
    assert (proof.table, str(proof.design), proof.seed) == (
        "tumours",
        DESIGN,
        chat.learner.seed % 64,
    )
    assert (proof.net, proof.gain) == (974, -5)


def test_anyone_can_run_a_card_again_and_hears_that_it_holds(chat):
    code = card(chat)
    other = visiting(user=99)
    turn = other.type(f"/proof {code}")
    assert turn.tasks[0].values["seed"] == str(chat.learner.seed % 64)
    goes_on(other, other.learner.studio.proving)
    trained(other, other.learner.studio.proving)
    assert "It holds" in texts(other)[0]
    assert other.open is None


def test_a_card_that_boasts_is_told_apart(chat):
    proof = read(card(chat))
    boast = written(Proof(proof.table, proof.design, proof.seed, 999, 20))
    chat.type(f"/proof {boast}")
    trained(chat, chat.learner.studio.proving)
    assert "otherwise" in texts(chat)[0]
    assert "97.4" in texts(chat)[0]
    assert "99.9" in texts(chat)[0]


def test_a_newer_proof_makes_the_older_one_give_way(chat):
    code = card(chat)
    chat.type(f"/proof {code}")
    first = chat.learner.studio.proving
    turn = chat.type(f"/proof {code}")
    assert [task.name for task in turn.tasks] == [CALL_OFF, "train"]
    assert not trained(chat, first).says


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("/proof", "Send the code"),
        ("/proof nonsense!", "bears that code"),
        ("/proof 0", "bears that code"),
    ],
)
def test_what_is_no_code_is_said_so(chat, text, told):
    assert not chat.type(text).tasks
    assert told in texts(chat)[0]
