"""Rules of size: a drop's messages, words, pictures and minutes, and how soon it asks something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from lessons.course import Beat, Exercise, Lesson
from lessons.lint.finding import Finding, count

MESSAGES, WORDS, PICTURES = 12, 330, 3
LONG_DROP, LONG_WORDS = 10, 480  # the last drop has more minutes and more words
FIRST = 50
WORDS_A_MINUTE, FIGURE, ANSWERED, WARM_UP, FIRST_DAY = 200, 12, 8, 60, 30  # seconds
SLIPS = 0.2  # share of answers that miss once and are given again in half the time
OFF = 0.15


def messages_are_few(lesson: Lesson) -> Iterator[Finding]:
    """Besides replies: a question right after a question comes with the reply to the first."""
    replies = sum(
        isinstance(step, Exercise) and isinstance(after, Exercise)
        for step, after in pairwise(lesson.steps)
    )
    told = len(lesson.steps) - replies + 1  # the sentence to carry away is the last
    if told > MESSAGES:
        yield Finding("", f"{told} messages; at most {MESSAGES}")


def words_are_few(lesson: Lesson) -> Iterator[Finding]:
    most = LONG_WORDS if lesson.minutes > LONG_DROP else WORDS
    told = words(lesson) + sum(count(exercise.prompt) for exercise in lesson.core)
    if told > most:
        yield Finding("", f"{told} words with the prompts; at most {most}")


def pictures_are_few(lesson: Lesson) -> Iterator[Finding]:
    if figures(lesson) > PICTURES:
        yield Finding("", f"{figures(lesson)} pictures; at most {PICTURES}")


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
    found = seconds(lesson) / 60
    if abs(found - lesson.minutes) > OFF * lesson.minutes:
        yield Finding("", f"takes {found:.1f} minutes by the model, not {lesson.minutes}")


def words(lesson: Lesson) -> int:
    """Of the beats and of the sentence to carry away; prompts are in the seconds of a question."""
    beats = (step for step in lesson.steps if isinstance(step, Beat))
    return sum(count(beat.text) for beat in beats) + count(lesson.carry)


def figures(lesson: Lesson) -> int:
    beats = sum(isinstance(step, Beat) and step.figure is not None for step in lesson.steps)
    return beats + sum(exercise.figure is not None for exercise in lesson.core)


def seconds(lesson: Lesson) -> float:
    """Reading, looking, answering, answering again; the warm-up, or the first day's questions."""
    reading = 60 * words(lesson) / WORDS_A_MINUTE + FIGURE * figures(lesson)
    answering = sum(exercise.seconds + ANSWERED for exercise in lesson.core)
    again = SLIPS * sum(exercise.seconds / 2 + ANSWERED for exercise in lesson.core)
    return reading + answering + again + (WARM_UP if lesson.number > 1 else FIRST_DAY)


RULES: tuple[Callable[[Lesson], Iterator[Finding]], ...] = (
    messages_are_few,
    words_are_few,
    pictures_are_few,
    the_first_question_comes_soon,
    questions_stand_between_the_beats,
    minutes_are_true,
)
