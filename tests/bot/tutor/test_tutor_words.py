"""The tutor's own sentences: none missing, none unused, none that a friend would not say."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from bot.tutor import commands, wording
from bot.tutor.wording import Html

MIND = Path(wording.__file__).parents[1]
BANNED = ("lose", "lost", "miss you", "last chance", "don't break", "hurry", "sad")
NEVER_SAID = ("lost", "yes", "no", "thanks")  # what learners type, not what the tutor says
USED_BY_THE_SHELL = {"sorry"}
TAGS = re.compile(r"</?(b|i|code|pre)>")


def forms(form):
    return (
        list(form.values())
        if isinstance(form, dict)
        else form
        if isinstance(form, list)
        else [form]
    )


def sentences(language):
    said = wording.catalogue(language).sentences.items()
    return [(key, text) for key, form in said if key not in NEVER_SAID for text in forms(form)]


@pytest.fixture(params=sorted(wording.languages()))
def language(request):
    return request.param


def test_no_sentence_presses_or_shames(language):
    for key, text in sentences(language):
        for word in BANNED:
            assert not re.search(rf"\b{word}\b", text.lower().replace("’", "'")), (key, word)


def test_no_sentence_of_the_tutor_calls_an_answer_wrong(language):
    for key, text in sentences(language):
        assert not re.search(r"\bwrong\b", text.lower()), key


def test_every_sentence_is_short(language):
    for key, text in sentences(language):
        words = TAGS.sub("", text)
        assert len(words.split()) <= 60, key
        if not key.startswith("privacy"):
            for sentence in re.split(r"[.!?:]\s", words):
                assert len(sentence.split()) <= 20, (key, sentence)


def test_markup_is_telegrams_and_closed(language):
    for key, text in sentences(language):
        tags = re.findall(r"</?(\w+)", text)
        assert set(tags) <= {"b", "i", "code", "pre", "blockquote"}, key
        assert text.count("<") == 2 * text.count("</"), key


def test_every_language_says_the_same_things_with_the_same_holes(language):
    ours, english = wording.catalogue(language).sentences, wording.catalogue("en").sentences
    assert ours.keys() == english.keys()
    for key, form in english.items():
        assert holes(ours[key]) == holes(form), key


def holes(form):
    return {name for text in forms(form) for _, name, _, _ in Formatter().parse(text) if name} | {
        "n"
    }


def test_every_sentence_is_said_somewhere_and_every_key_exists():
    code = "\n".join(file.read_text() for file in MIND.rglob("*.py"))
    keys = set(wording.catalogue("en").sentences)
    told = set(
        re.findall(
            r'(?:say|words|forms|replace|reminded)\(\s*"([a-z][a-z-]+(?:\.[a-z0-9-]+)?)"', code
        )
    )
    for key in told:
        assert key in keys, key
    for key in keys - USED_BY_THE_SHELL:
        tail = key.rsplit(".", 1)[-1]
        group = key.rsplit(".", 1)[0]
        assert (
            f'"{key}"' in code
            or f'"{tail}"' in code
            or f'"{group}.' in code
            or f"{{{group}" in code
            or "{verdict.family}" in code
        ), key


def test_a_name_cannot_carry_markup():
    hello = wording.of("en")("hello.named", name="<b>&Co</b>", n=14)
    assert "&lt;b&gt;&amp;Co&lt;/b&gt;" in hello


def test_what_is_markup_already_is_left_alone():
    assert wording.escape(Html("<b>x</b>")) == "<b>x</b>"


@pytest.mark.parametrize(
    ("n", "said"), [(1, "1 drop done"), (2, "2 drops done"), (0, "0 drops done")]
)
def test_plurals_follow_the_language(n, said):
    assert wording.of("en")("progress.drops", n=n) == said


@pytest.mark.parametrize("tag", ["en", "en-GB", "EN", "", "xx", "pt-br"])
def test_an_unknown_language_is_spoken_to_in_english(tag):
    assert wording.of(tag)("button.hint") == "Hint"


def test_numbers_have_a_real_minus():
    assert wording.of("en")("every.day", when=-3) == "A drop every day, then. The next comes −3."


def test_every_command_has_its_line():
    for name, line in commands.lines_of("en"):
        assert re.fullmatch(r"[a-z]{1,32}", name)
        assert 3 <= len(line) <= 60


def test_the_menu_is_short_enough_to_read():
    assert len(commands.menu("en")) <= 12
