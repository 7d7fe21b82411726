"""What a rule found: a sentence for the author, and the text in the file that it is about."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lessons.course import Beat, Exercise, Lesson
from lessons.formulas.templates import HOLE
from lessons.kinds import ChoiceAsked, OrderAsked

TAG = re.compile(r"</?[a-z-]+[^>]*>")
WORD = re.compile(r"\w[\w’'./·²-]*")


@dataclass(frozen=True, slots=True)
class Finding:
    where: str
    sentence: str


def at(exercise: Exercise, sentence: str) -> Finding:
    return Finding(f"[exercise.{exercise.key}]", f"{exercise.key}: {sentence}")


def bare(text: str) -> str:
    """The text as it is read: without tags, a hole as one word."""
    return html.unescape(TAG.sub("", HOLE.sub("0", text)))


def count(text: str) -> int:
    return len(WORD.findall(bare(text)))


def sayings(lesson: Lesson) -> Iterator[tuple[str, str]]:
    """Everything that a learner may read of a lesson, with what it is."""
    for step in lesson.steps:
        if isinstance(step, Beat):
            yield "a beat", step.text
            if step.figure:
                yield "a caption", step.figure.caption
    yield "the sentence to carry away", lesson.carry
    for note in lesson.notes:
        yield "a note", note
    for exercise in lesson.exercises.values():
        yield from ((f"{exercise.key}: {what}", text) for what, text in _words(exercise))


def _words(exercise: Exercise) -> Iterator[tuple[str, str]]:
    yield "the prompt", exercise.prompt
    yield "the step before", exercise.before
    yield from (("a hint", hint) for hint in exercise.hints)
    yield from (("the working", line) for line in exercise.working)
    yield from ((f"the words for {slug}", text) for slug, text in exercise.feedback.items())
    yield from (("an option", text) for text in buttons(exercise).values())


def buttons(exercise: Exercise) -> dict[str, str]:
    match exercise.kind:
        case ChoiceAsked(options=texts) | OrderAsked(tiles=texts):
            return dict(texts)
        case _:
            return {}
