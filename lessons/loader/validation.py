"""What is checked when a lesson is read: every name known, every hole of a sentence closed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from keyword import iskeyword

from lessons.course import Beat, Exercise, Lesson
from lessons.drawing.asking import unknowns
from lessons.formulas.formula import FormulaError, formula
from lessons.formulas.functions import FUNCTIONS
from lessons.formulas.ranges import RangeError, numbers
from lessons.formulas.templates import form, holes
from lessons.kinds import CellsAsked, ChoiceAsked, Draw, FormulaAsked, OrderAsked
from lessons.loader.sections import Surroundings
from lessons.loader.source import Source

RESERVED = frozenset({"order", "u", "value", *FUNCTIONS})
DAYS = (1, 3, 7)


def validate(lesson: Lesson, around: Surroundings, source: Source) -> None:
    """Tells the source every fault of the lesson that can be seen without drawing."""
    for name, draw in around.draws.items():
        start = source.line(f"[shared.{name}]")
        _check_draw(source, f"shared {name}", draw, set(), start)
    for exercise in lesson.exercises.values():
        _check_exercise(source, exercise, around)
    for step in lesson.steps:
        if isinstance(step, Beat) and ("{" in step.text or "}" in step.text):
            source.fault_at("a beat is the same for everybody: no holes", step.text, 1)
    if lesson.sheet and not _can_be_a_sheet(lesson):
        wanted = "an exercise here that uses a personal net and has a target and a rate"
        source.fault_at(f"sheet = {lesson.sheet}: it names {wanted}", "sheet =", 1)
    for review in lesson.reviews:
        start = source.line(f"[review.{review.key}]")
        if review.exercise not in lesson.exercises:
            source.fault(f"review {review.key}: no exercise {review.exercise}", start)
        if review.after not in DAYS:
            source.fault(f"review {review.key}: after is one of {DAYS} days", start)


def _can_be_a_sheet(lesson: Lesson) -> bool:
    exercise = lesson.exercises.get(lesson.sheet)
    kind = exercise.kind if exercise else None
    return isinstance(kind, CellsAsked) and bool(kind.target and kind.rate)


def _check_draw(source: Source, of: str, draw: Draw, given: set[str], line: int) -> set[str]:
    """The names known after it."""
    known = set(given)
    known |= set(draw.names)
    for name, text in draw.ranges.items():
        if not name.isidentifier() or iskeyword(name) or name in RESERVED:
            source.fault_at(f"{of}: {name} cannot be a name", f"{name} =", line)
        try:
            numbers(text)
        except RangeError as error:
            source.fault_at(f"{of}: {error}", text, line)
        known.add(name)
    known |= draw.let.keys()
    for text in (*draw.let.values(), *draw.require):
        _check_formula(source, of, text, known, line, may_miss=text in draw.let.values())
    return known


def _check_formula(
    source: Source,
    of: str,
    text: str,
    known: Collection[str],
    line: int,
    may_miss: bool = False,
) -> None:
    try:
        missing = formula(text).names - set(known)
    except FormulaError as error:
        source.fault_at(f"{of}: {error}", text, line)
        return
    if missing and not may_miss:
        names = ", ".join(sorted(missing))
        source.fault_at(f"{of}: {text}: {names} is nowhere drawn", text, line)


def _check_exercise(source: Source, exercise: Exercise, around: Surroundings) -> None:
    shared = around.draws.get(exercise.uses, Draw())
    given = {*shared.names, *shared.let}
    known = _check_draw(source, exercise.key, exercise.draw, given, exercise.line)
    if exercise.before_answer:
        names = exercise.kind.names if isinstance(exercise.kind, FormulaAsked) else ()
        _check_formula(
            source, exercise.key, exercise.before_answer, {*known, *names}, exercise.line
        )
    for text, more in _formulas(exercise):
        _check_formula(source, exercise.key, text, {*known, *more}, exercise.line)
    for words in _templates(exercise):
        _check_template(source, exercise, words, known)


def _check_template(source: Source, exercise: Exercise, words: str, known: set[str]) -> None:
    sentence = _fault_of_template(words, known)
    if sentence:
        source.fault_at(f"{exercise.key}: {sentence}", words, exercise.line)


def _fault_of_template(words: str, known: set[str]) -> str:
    try:
        for text, how in holes(words):
            form(how)
            missing = formula(text).names - known
            if missing:
                return f"{', '.join(sorted(missing))} is nowhere drawn"
    except FormulaError as error:
        return str(error)
    return ""


def _formulas(exercise: Exercise) -> Iterator[tuple[str, Iterable[str]]]:
    """Every formula beyond the draw, with the names that it may have besides."""
    match exercise.kind:
        case FormulaAsked() as asked:
            for text in (asked.answer, *asked.slips.values()):
                yield text, unknowns(asked)
        case CellsAsked() as asked:
            layers = (text for layer in asked.layers for text in (layer.weights, layer.biases))
            optional = (text for text in (asked.target, asked.rate) if text)
            for text in (*layers, asked.inputs, *optional, *asked.slips.values()):
                yield text, ()
        case ChoiceAsked(means=means):
            for text in means.values():
                yield text, ()
        case _:
            return


def _templates(exercise: Exercise) -> Iterator[str]:
    yield from (exercise.prompt, exercise.template, exercise.before)
    yield from (*exercise.hints, *exercise.working, *exercise.feedback.values())
    if exercise.figure:
        yield from (exercise.figure.caption, *exercise.figure.values.values())
    match exercise.kind:
        case ChoiceAsked(options=words) | OrderAsked(tiles=words):
            yield from words.values()
        case _:
            return
