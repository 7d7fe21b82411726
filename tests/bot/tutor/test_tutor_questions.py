"""A question in the middle of a drop is answered from the glossary and costs nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tutor_chat import START, Chat, readable

from bot.tutor.asked.explaining import is_question
from bot.tutor.asked.questions import Meant, asks, meant
from bot.tutor.drop.walking import start
from bot.tutor.events import Person, Typed, UserId
from bot.tutor.respond import to_judge
from bot.tutor.scene import Scene
from engine.question import Question
from lessons.course import Choice, Order, Term
from lessons.loader.loading import load, load_all

PATH = "neural-network-fundamentals"
CORPUS = Path(__file__).parents[2] / "engine" / "answers.txt"
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
    ("what is z", "weighted sum: "),
    ("define softmax", "softmax: "),
    ("?bias", "bias: "),
    ("what's relu", "ReLU: "),
    ("meaning of epoch", "epoch: "),
    ("was ist ein bias?", "bias: "),
    ("was bedeutet softmax", "softmax: "),
    ("why do neural networks need activation functions?", "Why do neural networks need"),
    ("what is a dragon?", "Good question"),
]


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
    assert "Ask me any word" in readable(chat.says[0])


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


@pytest.mark.parametrize(
    ("text", "taken"),
    [("what is a wieght", "weight"), ("define sigmiod", "sigmoid"), ("what is bais?", "bias")],
)
def test_a_misspelt_word_is_taken_for_a_known_one_and_that_is_said(course, text, taken):
    chat = Chat(course)
    chat.start()
    chat.type(text)
    assert readable(chat.says[0]).startswith(f"I took it as “{taken}”.")


def test_an_unknown_word_is_told_with_the_nearest_known_ones(course):
    chat = Chat(course)
    chat.start()
    chat.type("what is a parametrisation?")
    assert "Did you mean parameter" in readable(chat.says[0])


def test_the_open_question_stays_open_and_a_tap_brings_it_back(course):
    chat = Chat(course)
    chat.start()
    before, prompt = chat.learner.stage, chat.open.prompt
    chat.type("what is a bias?")
    assert chat.learner.stage == before
    chat.tap("Back to my question")
    assert prompt in chat.told[-1]


def test_ask_alone_lists_the_five_questions_of_everybody(course):
    chat = Chat(course)
    chat.type("/ask")
    for number, faq in enumerate(course.paths[PATH].faq, 1):
        assert f"{number}. {faq.question}" in readable(chat.says[0])
        chat.tap(str(number))
        assert faq.answer in chat.told[-1]
        chat.type("/ask")


def test_no_answer_of_the_corpus_is_taken_for_a_question(course):
    """Nor with a doubt behind it, where it can be read as an answer at all."""
    glossary = course.paths[PATH].glossary
    rows = CORPUS.read_text(encoding="utf-8").splitlines()
    for row in rows:
        typed, _, verdict = row.partition("=>")
        typed = typed.strip()
        if typed and typed[0] not in "#?":
            assert not asks(typed, glossary), typed
            assert "ungraded" in verdict or not asks(f"{typed}?", glossary), typed


@pytest.mark.parametrize("seed", range(3))
def test_no_expected_answer_of_the_course_is_taken_for_a_question(course, seed):
    for path in course.paths.values():
        for lesson in path.lessons:
            for key in lesson.exercises:
                learner = replace(Chat(course).learner, path=path.key, seed=seed)
                scene = start(Scene(course, learner, START), lesson, key)
                for text in answers(scene.drawn.asked):
                    assert not is_question(scene, text), (key, text)
                    assert not is_question(scene, f"{text}?"), (key, text)


def answers(asked):
    """What one would type: right ones and slips, options by their words, letters and numbers."""
    match asked:
        case Question():
            return [asked.expect, *asked.slips.values()]
        case Choice(options) | Order(tiles=options):
            return [text for n, o in enumerate(options) for text in (o.text, "ABCDEFGH"[n], str(n))]
        case _:
            return ["30-16-8-1 relu, sigmoid out, bce"]


@pytest.mark.parametrize("text", ["relu?", "ReLU?", "?step", "sigmoid?"])
def test_an_options_own_word_with_a_doubt_is_a_choice(course, text):
    lesson = course.paths[PATH].lesson("neuron")
    scene = start(Scene(course, Chat(course).learner, START), lesson, "which-squash")
    assert not is_question(scene, text)
    assert is_question(replace(scene, learner=Chat(course).learner), text)


COURSES = load_all()
OPENINGS = {
    "en": ["what is {}", "what's {}?", "What does {} mean?", "define {}", "what is a {} please?"],
    "de": ["was ist {}", "Was bedeutet {}?", "was heißt {}", "erklär mir {}", "wozu dient {}?"],
}
GERMAN = [
    ("was ist ein Bias?", "Bias: "),
    ("Was bedeutet Aktivierungsfunktion", "Aktivierungsfunktion: "),
    ("was ist z", "gewichtete Summe: "),
    ("was ist ein hidden layer?", "verborgene Schicht: "),
    ("Wozu braucht man Aktivierungsfunktionen in einem neuronalen Netz?", "Warum brauchen"),
    ("was ist der unterschied zwischen breite und tiefe in einem netz?", "Was ist der Untersch"),
    ("wie ändert backpropagation die gewichte?", "Wie ändert Backpropagation"),
    ("was ist ein Drache?", "Gute Frage"),
]


@pytest.mark.parametrize(("text", "answer"), GERMAN)
def test_a_question_in_german_is_answered_in_german(text, answer):
    chat = Chat(load(language="de"), Person(UserId(7), "Jonas", "de"))
    chat.start()
    turn = chat.type(text)
    assert readable(chat.says[0]).startswith(answer)
    assert turn.attempts == ()


@given(data=st.data(), language=st.sampled_from(["en", "de"]))
@settings(max_examples=60, deadline=None)
def test_no_question_about_any_term_costs_a_place_or_an_attempt(data, language):
    course = COURSES[language]
    terms = [term for path in course.paths.values() for term in path.glossary]
    term = data.draw(st.sampled_from(terms))
    name = data.draw(st.sampled_from((term.name, *term.also)))
    asking = data.draw(st.sampled_from(OPENINGS[language]))
    chat = Chat(course, Person(UserId(7), "Ana", language))
    chat.start()
    before = chat.learner
    text = asking.format(name)
    assert to_judge(course, before, Typed(text, 1)) is None
    turn = chat.type(text)
    assert turn.attempts == ()
    assert chat.learner.stage == before.stage
    assert "<b>" in chat.says[0].text


def test_a_stranger_who_asks_what_this_is_is_shown_it(course):
    chat = Chat(course)
    chat.type("what is this?")
    assert readable(chat.says[0]).startswith("Hi Ana!")
    assert chat.open is not None
