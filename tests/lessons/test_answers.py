"""The answer key of the whole course: what is right is judged right, what is a slip is named."""

import re
from pathlib import Path

import pytest

from engine import check
from engine.question import Question
from lessons.course import Choice, Design, Drawn, Order, Training
from lessons.drawing.exercise import draw
from lessons.drawing.keyboard import typed
from lessons.loader.loading import load

KEY = Path(__file__).parent / "answer-key.txt"
COURSE = load()
LESSONS = [lesson for path in COURSE.paths.values() for lesson in path.lessons if lesson.ready]
SEEDS = (1, 2, 3)
REGION = re.compile(r"\bu\d?\b")


def test_the_answer_key_is_as_it_was_read(rewrite):
    told = "".join(f"{line}\n" for lesson in LESSONS for line in _key(lesson))
    if rewrite:
        KEY.write_text(told, encoding="utf-8")
    assert told == KEY.read_text(encoding="utf-8")


def _key(lesson):
    yield f"# {lesson.number}. {lesson.title}"
    for key in lesson.exercises:
        yield f"## {key}"
        for seed in SEEDS:
            drawn = draw(lesson, key, seed)
            values = " ".join(
                f"{name}={value}" for name, value in drawn.values.items() if name != "order"
            )
            yield f"{seed}: {values}".rstrip()
            yield f"   = {_answer(drawn)}"
            if isinstance(asked := drawn.asked, Question):
                for slug, text in asked.slips.items():
                    yield f"   {slug}: {_with_keys(asked, text)}"
    yield ""


def _answer(drawn: Drawn) -> str:
    match drawn.asked:
        case Question() as asked:
            return _with_keys(asked, asked.expect)
        case Choice(options=options):
            return next(option.text for option in options if option.key == "right")
        case Order(right=right):
            return " or ".join(" ".join(order) for order in right)
        case Design(table):
            return f"a design for {table}"
        case Training():
            return "trained in the studio"


def _with_keys(asked: Question, text: str) -> str:
    """Exactly, and as a learner types it where that looks otherwise."""
    keys = typed(asked, text).replace("\n", " / ")
    same = keys.replace(" ", "") in (text.replace(" ", ""), text.strip("()").replace(", ", ""))
    return text if same else f"{text}  as typed: {keys}"


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_right_answers_are_right_and_slips_are_named(lesson):
    for key in lesson.exercises:
        for seed in SEEDS:
            asked = draw(lesson, key, seed).asked
            if isinstance(asked, Question) and not REGION.search(asked.expect):
                assert check(asked, asked.expect).family == "right", (key, asked)
                for slug, text in asked.slips.items():
                    if not REGION.search(text):
                        assert slug in check(asked, text).misconceptions, (key, slug, asked)


def test_an_interval_is_judged_from_end_to_end():
    lesson = COURSE.paths["neural-network-fundamentals"].lesson("lines-and-shapes")
    drawn = draw(lesson, "and-bias", 1)
    assert drawn.values == {"m": "3", "w": "14"}
    judged = {
        text: check(drawn.asked, text) for text in ("-28", "-35", "-41.9", "-42", "-20", "-3", "7")
    }
    assert [v.family for v in judged.values()] == ["right"] * 3 + ["wrong"] * 4
    named = [v.misconceptions for v in judged.values()][3:]
    assert named == [("never-fires",), ("fires-too-early",), ("or-bias",), ("positive-bias",)]
