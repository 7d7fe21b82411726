"""A question in the middle of a drop is answered from the glossary and costs nothing."""

from __future__ import annotations

import pytest
from tutor_chat import Chat, readable
from tutor_course import SMALL

from bot.tutor.explaining import find
from lessons.course import Term
from lessons.loader import load

PATH = "neural-network-fundamentals"
ASKED = [
    ("what is a bias?", "bias: "),
    ("What does ReLU mean?", "ReLU: "),
    ("bias?", "bias: "),
    ("whats a hidden layer", "hidden layer: "),
    ("what is z?", "weighted sum: "),
    ("was ist eine activation function?", "activation function: "),
    ("why do I need activation functions in neural networks?", "Why do neural networks need"),
    ("what's the difference between depth and width", "What's the difference between depth"),
    ("How does backpropagation update the weights?", "How does backpropagation actually"),
    ("how do I choose an architecture for my tabular dataset?", "How do I choose"),
    ("what is a llama?", "Good question"),
]


@pytest.fixture(scope="module")
def course():
    return load()


@pytest.mark.parametrize(("text", "answer"), ASKED)
def test_a_question_is_answered_and_costs_nothing(course, text, answer):
    chat = Chat(course)
    chat.start()
    turn = chat.type(text)
    assert readable(chat.says[0]).startswith(answer)
    assert turn.attempts == ()
    assert chat.learner.stage.misses == 0


def test_ask_takes_a_word_or_a_question(course):
    chat = Chat(course)
    chat.type("/ask bias")
    assert readable(chat.says[0]).startswith("bias: ")
    chat.type("/ask")
    assert "Ask me a word" in readable(chat.says[0])


@pytest.mark.parametrize("text", ["3?", "x?", "−1/2?", "(1, 2)?"])
def test_an_answer_with_a_doubt_is_still_an_answer(course, text):
    chat = Chat(course)
    chat.start()
    chat.type(text)
    assert "Good question" not in readable(chat.says[0])


def test_the_longest_name_wins():
    layer, hidden = Term("layer", (), "", 1), Term("hidden layer", (), "", 1)
    assert meant("a hidden layer", [layer, hidden]) == Meant(hidden)


def test_every_term_is_found_by_its_own_names(course):
    terms = course.paths[PATH].glossary
    assert len(terms) >= 48
    for term in terms:
        for name in (term.name, *term.also):
            found = meant(f"what is {name}", terms)
            assert found is not None, name
            assert not found.guessed, name
