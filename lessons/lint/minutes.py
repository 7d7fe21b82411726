"""How long a drop takes: a model of a thousand learners with a phone, a fifth of answers slips."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from statistics import median

from lessons.course import Beat, Drawn, Exercise, Lesson, Path
from lessons.drawing.exercise import draw
from lessons.drawing.keyboard import taps
from lessons.lint.finding import count

WORDS_A_MINUTE = 200
FIGURE, ANSWERED, WARM_UP, FIRST_DAY = 12, 8, 60, 30  # seconds; the reply to an answer is read
TRY_AGAIN, NEW_NUMBERS = 0.5, 0.7  # of an exercise's seconds: it is known by then
KEY = 1.0  # seconds a key on a phone, signs and digits behind the ?123 key among them
SLIPS = 0.2
PATIENCE = 3
LEARNERS = 1000
SEEDS = range(1, 8)


@dataclass(frozen=True, slots=True)
class Row:
    """One drop as it is told and as it is played."""

    lesson: Lesson
    words: int  # with the prompts
    messages: int
    pictures: int
    keys: float  # median over the core answers
    minutes: float  # median over the learners

    @property
    def off(self) -> float:
        return self.minutes / self.lesson.minutes - 1


def row(lesson: Lesson) -> Row:
    prompts = sum(count(exercise.prompt) for exercise in lesson.core)
    told = words(lesson) + prompts
    return Row(lesson, told, messages(lesson), figures(lesson), keys(lesson), seconds(lesson) / 60)


def table(path: Path) -> Iterator[str]:
    """The drops of a path, a line each."""
    yield f"{path.title}: a slip in every fifth answer, {KEY:g} s a key, medians"
    yield "drop  stated  modelled    off  words  messages  pictures  core  keys"
    for lesson in path.lessons:
        if lesson.ready:
            yield _line(row(lesson))


def _line(drop: Row) -> str:
    return (
        f"{drop.lesson.number:4}  {drop.lesson.minutes:6}  {drop.minutes:8.1f}  {drop.off:+5.0%}"
        f"  {drop.words:5}  {drop.messages:8}  {drop.pictures:8}  {len(drop.lesson.core):4}"
        f"  {drop.keys:4g}"
    )


def words(lesson: Lesson) -> int:
    """Of the beats and of the sentence to carry away; prompts are in the seconds of a question."""
    beats = (step for step in lesson.steps if isinstance(step, Beat))
    return sum(count(beat.text) for beat in beats) + count(lesson.carry)


def messages(lesson: Lesson) -> int:
    """Besides replies: a question right after a question comes with the reply to the first."""
    replies = sum(
        isinstance(step, Exercise) and isinstance(after, Exercise)
        for step, after in pairwise(lesson.steps)
    )
    return len(lesson.steps) - replies + 1  # the sentence to carry away is the last


def figures(lesson: Lesson) -> int:
    beats = sum(isinstance(step, Beat) and step.figure is not None for step in lesson.steps)
    return beats + sum(exercise.figure is not None for exercise in lesson.core)


def keys(lesson: Lesson) -> float:
    """Keys of a right answer: the median over the core exercises and some learners."""
    return median(
        taps(draw(lesson, exercise.key, seed).asked) for exercise in lesson.core for seed in SEEDS
    )


def least_seconds(exercise: Exercise, drawn: Drawn) -> float:
    """What reading its words and typing its answer take, without a thought between."""
    return 60 * count(exercise.prompt) / WORDS_A_MINUTE + KEY * taps(drawn.asked)


def seconds(lesson: Lesson) -> float:
    """The median learner's: reading, looking, answering, slips, the warm-up or the first day."""
    reading = 60 * words(lesson) / WORDS_A_MINUTE + FIGURE * figures(lesson)
    about = WARM_UP if lesson.number > 1 else FIRST_DAY
    return reading + about + median(_answering(lesson))


def _answering(lesson: Lesson) -> Iterator[float]:
    random = Random(0)
    for _ in range(LEARNERS):
        yield sum(_exercise(exercise, random) for exercise in lesson.core)


def _exercise(exercise: Exercise, random: Random) -> float:
    """After a slip another try; once it is right the same skill comes with new numbers."""
    taken: float = exercise.seconds + ANSWERED
    misses = 0
    while exercise.may_slip and misses < PATIENCE and random.random() < SLIPS:
        misses += 1
        taken += TRY_AGAIN * exercise.seconds + ANSWERED
    if misses and exercise.has_other_numbers:
        taken += NEW_NUMBERS * exercise.seconds + ANSWERED
    return taken
