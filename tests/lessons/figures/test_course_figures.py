"""Every picture of the course, as its lesson tells it, can be drawn, read, and heard."""

import re
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest

import bot
from lessons.course import Exercise
from lessons.drawing.exercise import draw
from lessons.figures import FIGURES
from lessons.loader.loading import load


def figures():
    for path in load().paths.values():
        for lesson in path.lessons:
            for step in (*lesson.steps, *lesson.exercises.values()):
                figure = step.figure
                if isinstance(step, Exercise) and figure:  # with a learner's own numbers
                    figure = draw(lesson, step.key, 1).figure
                if figure:
                    yield pytest.param(figure, id=f"{lesson.key}-{figure.name}")


def told_as_it_is(figure):
    """Not one that waits for a learner's own numbers: test_own_numbers draws those."""
    return not any("{" in value for value in figure.values.values())


FROM_LESSONS = [param for param in figures() if told_as_it_is(*param.values)]


VULGAR = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8"}


def numbers(words):
    """What a listener hears: values, whichever way they are written; 1½ is heard as 1 and ½."""
    found = re.findall(r"\d+(?:[./]\d+)?|[½¼¾⅛⅜⅝⅞]", words.replace(",000", "000"))
    return {Fraction(VULGAR.get(one, one)) for one in found}


@pytest.mark.parametrize("figure", FROM_LESSONS)
def test_it_is_drawn_without_words_running_into_each_other(figure):
    card = FIGURES[figure.name].card(figure.values)
    renderer = card.figure.canvas.get_renderer()
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in card.texts]
    for words, box in boxes:
        assert min(box.x0, 1080 - box.x1, box.y0, card.height - box.y1) >= 16, words
    for (one, box), (other, that) in combinations(boxes, 2):
        assert not box.overlaps(that), (one, other)


@pytest.mark.parametrize("figure", FROM_LESSONS)
def test_its_caption_repeats_every_number(figure):
    texts = FIGURES[figure.name].card(figure.values).texts
    shown = numbers(" ".join(text.get_text() for text in texts))
    assert shown <= numbers(figure.caption)
    assert len(figure.caption) <= 1024


def test_every_picture_there_is_is_shown_to_somebody():
    """In a lesson, or by the tutor itself."""
    in_lessons = {param.values[0].name for param in figures()}
    tutor = "".join(file.read_text("utf-8") for file in Path(bot.__file__).parent.rglob("*.py"))
    assert [name for name in FIGURES if name not in in_lessons and f'"{name}"' not in tutor] == []
