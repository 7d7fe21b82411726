"""Rules over many seeds: exercises can be drawn, tell slips apart, differ, and keep secrets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from engine.question import Question
from lessons.course import Choice, Drawn, Exercise, Lesson
from lessons.drawing.exercise import draw, restore
from lessons.drawing.keyboard import typed
from lessons.drawing.numbers import UndrawableError
from lessons.formulas.formula import FormulaError
from lessons.kinds import CellsAsked, FormulaAsked
from lessons.lint.finding import Finding, at, count
from lessons.lint.minutes import least_seconds
from lessons.lint.shape import RIGHT, slips
from lessons.lint.words import MESSAGE, fault_of_html

POOL = 50
NETS = 60
TYPED = 10  # right answers of each exercise, counted key by key
RESTORED = 10  # of each exercise, taken back from what is kept
FRESH = 50  # every so many learners, one who asked for other numbers
SEEDS_OF_A_SLIP = 50  # enough to see one that shows in a tenth of the draws
SEEDS_OF_A_POOL = 200  # enough to see 50 of 60 equally likely instances


@dataclass(slots=True)
class Draws:
    """The exercises of a lesson as many learners get them, drawn once for all rules."""

    lesson: Lesson
    seeds: int
    faults: list[Finding] = field(default_factory=list)
    found: dict[str, tuple[Drawn, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for exercise in self.lesson.exercises.values():
            self.found[exercise.key] = tuple(self._drawn(exercise))

    def _drawn(self, exercise: Exercise) -> Iterator[Drawn]:
        for seed in range(self._enough(exercise)):
            try:
                yield draw(self.lesson, exercise.key, seed, fresh=int(seed % FRESH == 1))
            except (UndrawableError, FormulaError, ValueError, TypeError) as error:
                self.faults.append(at(exercise, f"seed {seed}: {error}"))
                return

    def _enough(self, exercise: Exercise) -> int:
        """Nets for a pencil are dear, and never scarce: fewer of them, unless many are wanted."""
        shared = self.lesson.shared.get(exercise.uses)
        is_net = exercise.draw.pencil or (shared and shared.draw.pencil)
        return min(self.seeds, NETS) if is_net and self.seeds <= SEEDS_OF_A_POOL else self.seeds

    def __iter__(self) -> Iterator[tuple[Exercise, tuple[Drawn, ...]]]:
        return ((self.lesson.exercises[key], drawn) for key, drawn in self.found.items())


def numbers_can_be_drawn(draws: Draws) -> Iterator[Finding]:
    yield from draws.faults


def what_was_drawn_can_be_restored(draws: Draws) -> Iterator[Finding]:
    for exercise, found in draws:
        for drawn in found[:RESTORED]:
            if restore(draws.lesson, exercise.key, drawn.values) != drawn:
                yield at(exercise, f"{dict(drawn.values)} does not bring the same exercise back")
                break


def right_and_slips_differ(draws: Draws) -> Iterator[Finding]:
    for exercise, found in draws:
        for drawn in found:
            if isinstance(drawn.asked, Question):
                answers = [drawn.asked.expect, *drawn.asked.slips.values()]
                if len(set(answers)) < len(answers):
                    yield at(exercise, f"{dict(drawn.values)}: a slip gives another's answer")
                    break


def every_slip_can_show(draws: Draws) -> Iterator[Finding]:
    """A slip that may tie must differ at least now and then; the others always do."""
    if draws.seeds < SEEDS_OF_A_SLIP:
        return
    for exercise, found in draws:
        if isinstance(exercise.kind, CellsAsked | FormulaAsked) and found:
            seen = {s for d in found if isinstance(d.asked, Question) for s in d.asked.slips}
            wanted = set(exercise.feedback) - {RIGHT} | slips(exercise)
            for slug in sorted(wanted - seen):
                yield at(exercise, f"{slug} never shows: its answer is another's, or the right one")


def _asks_a_rule(exercise: Exercise) -> bool:
    """In letters alone: the answer is the rule itself, and so the same for everybody."""
    return (
        isinstance(exercise.kind, FormulaAsked)
        and bool(exercise.kind.names)
        and not (exercise.draw.names or exercise.uses)
    )


def pools_are_wide(draws: Draws) -> Iterator[Finding]:
    if draws.seeds < SEEDS_OF_A_POOL:
        return
    for exercise, found in draws:
        typed = isinstance(exercise.kind, CellsAsked | FormulaAsked)
        if exercise.example or _asks_a_rule(exercise):
            continue
        different = len({tuple(sorted(drawn.values.items())) for drawn in found})
        if typed and found and different < POOL:
            yield at(exercise, f"{different} different instances; at least {POOL}, or ask a choice")


def one_option_is_right(draws: Draws) -> Iterator[Finding]:
    for exercise, found in draws:
        for drawn in found:
            if not isinstance(drawn.asked, Choice):
                continue
            keys = [option.key for option in drawn.asked.options]
            texts = {option.text for option in drawn.asked.options}
            if keys.count(RIGHT) != 1 or len(texts) < len(keys) or len(set(keys)) < len(keys):
                yield at(exercise, f"{dict(drawn.values)}: not one right option of different ones")
                break
            if set(keys) - exercise.feedback.keys() - {RIGHT}:
                yield at(exercise, f"an option of {', '.join(keys)} has no words in feedback")
                break


def words_keep_the_secret(draws: Draws) -> Iterator[Finding]:
    """Hints and feedback may name the answer's number by chance, never in every draw."""
    for exercise, found in draws:
        typed = [d for d in found if isinstance(d.asked, Question) and not exercise.example]
        if len({d.asked.expect for d in typed if isinstance(d.asked, Question)}) < 2:
            continue
        named = {slug: text for slug, text in exercise.feedback.items() if slug != RIGHT}
        for slug in named:
            if all(_tells(d, d.feedback[slug]) for d in typed):
                yield at(exercise, f"the words for {slug} give the answer away")
        for number in range(min(len(d.hints) for d in typed)):
            if all(_tells(d, d.hints[number]) for d in typed):
                yield at(exercise, f"hint {number + 1} gives the answer away")


def _tells(drawn: Drawn, text: str) -> bool:
    assert isinstance(drawn.asked, Question)
    answer = re.escape(drawn.asked.expect.replace("-", "−"))
    return re.search(rf"(?<![\w−]){answer}(?!\w)", text) is not None


def filled_words_fit(draws: Draws) -> Iterator[Finding]:
    for exercise, found in draws:
        for drawn in found[:RESTORED]:
            if count(drawn.prompt) > MESSAGE or fault_of_html(drawn.prompt):
                yield at(exercise, f"{dict(drawn.values)}: its prompt is too long, or no HTML")
                break


def what_is_typed_is_told_as_it_is_meant(draws: Draws) -> Iterator[Finding]:
    """The right answer and every slip, through the judge that learners meet."""
    for exercise, found in draws:
        told = (sentence for drawn in found[:TYPED] for sentence in _misjudged(drawn))
        if sentence := next(told, ""):
            yield at(exercise, sentence)


def _misjudged(drawn: Drawn) -> Iterator[str]:
    from engine import check

    if not isinstance(drawn.asked, Question):
        return
    for slug, canonical in {RIGHT: drawn.asked.expect, **drawn.asked.slips}.items():
        text = typed(drawn.asked, canonical)
        verdict = check(drawn.asked, text)
        if slug not in (verdict.family, *verdict.misconceptions):
            yield f"{slug}, typed as {text!r}, is told as {verdict.family}, {verdict.kind}"


def seconds_hold_reading_and_typing(draws: Draws) -> Iterator[Finding]:
    for exercise, found in draws:
        least = max((least_seconds(exercise, drawn) for drawn in found[:TYPED]), default=0)
        if least > exercise.seconds:
            yield at(exercise, f"{exercise.seconds} s; reading and typing alone take {least:.0f}")


RULES: tuple[Callable[[Draws], Iterator[Finding]], ...] = (
    numbers_can_be_drawn,
    what_was_drawn_can_be_restored,
    right_and_slips_differ,
    every_slip_can_show,
    pools_are_wide,
    one_option_is_right,
    words_keep_the_secret,
    filled_words_fit,
    what_is_typed_is_told_as_it_is_meant,
    seconds_hold_reading_and_typing,
)
