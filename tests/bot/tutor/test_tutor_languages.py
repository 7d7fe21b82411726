"""A course in several languages: each learner's own where it is there, and told once where not."""

from __future__ import annotations

import pytest
from tutor_chat import Chat, readable

from bot.turns.mind import Tutor
from bot.tutor.events import Person, Started, Typed, UserId
from engine import check
from lessons.loader.loading import load_all

COURSES = load_all()
PATH = "neural-network-fundamentals"


def chat_in(language):
    return Chat(COURSES.get(language[:2], COURSES["en"]), Person(UserId(12), "Mia", language))


def notices(chat):
    text = "\n".join(chat.told)
    return text.count("go on in English") + text.count("auf Englisch weiter")


def finish(chat, drops):
    for _ in range(drops):
        chat.type("/today")
        chat.finish_drop()


@pytest.mark.parametrize(("language", "after_drop"), [("fr", 1), ("de-CH", 2)])
def test_who_reads_on_in_english_is_told_once_and_where_it_begins(language, after_drop):
    chat = chat_in(language)
    chat.start()
    finish(chat, after_drop - 1)
    assert notices(chat) == 0
    finish(chat, 1)
    assert notices(chat) == 1


@pytest.mark.parametrize("language", ["en", "en-GB", "", "xx-unknown"])
def test_who_reads_english_or_an_unknown_language_is_told_nothing(language):
    chat = chat_in(language)
    chat.start()
    finish(chat, 1)
    assert notices(chat) == 0


def test_the_shell_tells_each_learner_the_course_in_their_language():
    tutor = Tutor(COURSES["en"], COURSES)
    said = {}
    for language in ("de-DE", "en", "fr"):
        learner = tutor.meet(Person(UserId(5), "Mia", language))
        turn = tutor.respond(learner, Started(), Chat(COURSES["en"]).now)
        said[language] = "\n".join(readable(one) for one in turn.says)
        judging = tutor.to_judge(turn.learner, Typed("0,5", 3))
        assert check(judging.question, judging.question.expect).family == "right"
    assert "Pizzeria" in said["de-DE"]
    assert said["fr"] == said["en"]
    assert "pizza kitchen" in said["en"]


def test_another_language_changes_no_number():
    german, english = chat_in("de"), chat_in("en")
    german.start()
    english.start()
    for _ in range(6):
        assert german.open.values == english.open.values
        assert german.open.asked == english.open.asked or german.open.asked.options
        german.solve()
        english.solve()


def test_decimals_stand_with_a_comma_where_the_language_has_one():
    from lessons.drawing.exercise import draw

    german = draw(COURSES["de"].paths[PATH].lesson("neuron"), "sigmoid-mirror", 7)
    english = draw(COURSES["en"].paths[PATH].lesson("neuron"), "sigmoid-mirror", 7)
    assert "0,832" in german.prompt
    assert "0.832" in english.prompt
    assert german.asked == english.asked
    assert check(german.asked, "0,168").family == "right"
