"""Rules of size: a drop's messages, words, pictures and minutes, and how soon it asks something."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lessons.course import Beat, Exercise, Lesson
from lessons.lint import minutes
from lessons.lint.finding import Finding, count

MESSAGES, WORDS, PICTURES = 12, 330, 3
LONG_DROP, LONG_WORDS = 10, 480  # the last drop has more minutes and more words
FIRST = 50
OFF = 0.15


def messages_are_few(lesson: Lesson) -> Iterator[Finding]:
    told = minutes.messages(lesson)
    if told > MESSAGES:
        yield Finding("", f"{told} messages; at most {MESSAGES}")


def words_are_few(lesson: Lesson) -> Iterator[Finding]:
    most = LONG_WORDS if lesson.minutes > LONG_DROP else WORDS
    told = minutes.words(lesson) + sum(count(exercise.prompt) for exercise in lesson.core)
    if told > most:
        yield Finding("", f"{told} words with the prompts; at most {most}")


def pictures_are_few(lesson: Lesson) -> Iterator[Finding]:
    if minutes.figures(lesson) > PICTURES:
        yield Finding("", f"{minutes.figures(lesson)} pictures; at most {PICTURES}")


def the_first_question_comes_soon(lesson: Lesson) -> Iterator[Finding]:
    before = 0
    for step in lesson.steps:
        if isinstance(step, Exercise):
            break
        before += count(step.text)
    if before > FIRST or not lesson.core:
        yield Finding("", f"{before} words before the first question; at most {FIRST}")


def questions_stand_between_the_beats(lesson: Lesson) -> Iterator[Finding]:
    for one, two, three in zip(lesson.steps, lesson.steps[1:], lesson.steps[2:], strict=False):
        if isinstance(one, Beat) and isinstance(two, Beat) and isinstance(three, Beat):
            yield Finding(two.text, "three beats in a row without a question")


def minutes_are_true(lesson: Lesson) -> Iterator[Finding]:
    found = minutes.seconds(lesson) / 60
    if abs(found - lesson.minutes) > OFF * lesson.minutes:
        yield Finding("", f"takes {found:.1f} minutes by the model, not {lesson.minutes}")


RULES: tuple[Callable[[Lesson], Iterator[Finding]], ...] = (
    messages_are_few,
    words_are_few,
    pictures_are_few,
    the_first_question_comes_soon,
    questions_stand_between_the_beats,
    minutes_are_true,
)
