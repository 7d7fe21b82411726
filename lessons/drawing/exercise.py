"""An exercise with a learner's own numbers: drawn from a seed, or restored as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache, partial
from random import Random

from lessons.course import Asked, Drawn, Exercise, Figure, Lesson, Shared
from lessons.drawing.asking import asked, names_to_shuffle, step_before
from lessons.drawing.numbers import TRIES, UndrawableError, drawn, worked_out
from lessons.drawing.traced import told
from lessons.formulas.formula import Values, formula
from lessons.formulas.notation import Scope, plain
from lessons.formulas.templates import fill
from lessons.kinds import CellsAsked, Draw

ORDER = "order"  # under this name the order of options is kept among the values
COMPLETIONS = 40  # ways tried to complete shared numbers for one of the exercises that share them

NOTHING = Draw()


def draw(lesson: Lesson, exercise_id: str, seed: int, fresh: int = 0) -> Drawn:
    """The exercise with the numbers of this seed; `fresh` > 0 gives others, for it alone.

    Raises KeyError for an exercise that the lesson has not, UndrawableError when no numbers fit.
    """
    exercise = lesson.exercise(exercise_id)
    shared = lesson.shared.get(exercise.uses)
    base: Values = {}
    if shared and fresh:
        alone = Shared(f"{exercise.key}/{fresh}", shared.draw, (exercise,))
        base = _found(alone, seed, fresh)
    elif shared:
        base = _base(shared, seed)
    completed = _completed(exercise, shared, base, f"{seed}/{exercise.key}/{fresh}")
    return _worded(exercise, shared, *completed)


def restore(lesson: Lesson, exercise_id: str, values: Mapping[str, str]) -> Drawn:
    """The exercise with the numbers that it once had: what `Drawn.values` said.

    Raises KeyError when the lesson has it no longer, or it now wants numbers that were not kept.
    """
    exercise = lesson.exercise(exercise_id)
    shared = lesson.shared.get(exercise.uses)
    kept = {name: _kept(name, text) for name, text in values.items()}
    names = (*(shared.draw.names if shared else ()), *exercise.draw.names)
    missing = [name for name in names if name not in kept]
    if missing:
        raise KeyError(", ".join(missing))
    return _worded(exercise, shared, kept)


def on_the_sheet(lesson: Lesson, seed: int) -> Mapping[str, str]:
    """What the lesson's workbook holds: the learner's own net, its row, its target, its rate."""
    exercise = lesson.exercise(lesson.sheet)
    assert isinstance(exercise.kind, CellsAsked)
    found = draw(lesson, lesson.sheet, seed).values
    numbers = {name: Fraction(text) for name, text in found.items()}
    scope = scope_of(exercise, lesson.shared.get(exercise.uses), numbers)
    return {**found, "rate": plain(formula(exercise.kind.rate).value(scope.values))}


def _kept(name: str, text: str) -> Fraction | str:
    return text if name == ORDER else Fraction(text)


def scope_of(exercise: Exercise, shared: Shared | None, values: Values) -> Scope:
    """The names of the exercise: what was drawn, and what follows from it."""
    let = {**(shared.draw.let if shared else {}), **exercise.draw.let}
    formulas = {name: formula(text) for name, text in let.items()}
    return Scope(worked_out(let, values), formulas)


@lru_cache(maxsize=1024)
def _base(shared: Shared, seed: int) -> Values:
    """The learner's numbers that several exercises share; the same for all of them."""
    return _found(shared, seed)


def _found(shared: Shared, seed: int, fresh: int = 0) -> Values:
    """Numbers of which every exercise that shares them can be asked."""

    def fits(values: Values) -> bool:
        keys = ((user, f"{seed}/{user.key}/{fresh}") for user in shared.users)
        return all(_can_complete(user, shared, values, key) for user, key in keys)

    found, _ = drawn(shared.draw, {}, Random(f"{seed}/{shared.key}"), fits)
    return {name: found[name] for name in shared.draw.names}


def _can_complete(exercise: Exercise, shared: Shared, base: Values, key: str) -> bool:
    try:
        _completed(exercise, shared, base, key)
    except UndrawableError:
        return False
    return True


def _completed(
    exercise: Exercise, shared: Shared | None, base: Values, key: str
) -> tuple[Values, Asked]:
    """All numbers of the exercise, the order of its options among them, and what they ask."""
    random = Random(key)
    order = _order(exercise, random)

    def fits(values: Values) -> Asked | None:
        return asked(exercise, scope_of(exercise, shared, values), order)

    given = worked_out(shared.draw.let if shared else {}, base)
    found, question = drawn(exercise.draw, given, random, fits, _tries(exercise, shared))
    assert question is not None
    values = {name: found[name] for name in (*base, *exercise.draw.names)}
    return ({**values, ORDER: " ".join(order)} if order else values), question


def _tries(exercise: Exercise, shared: Shared | None) -> int:
    if not exercise.draw.names:
        return 1  # nothing of its own to draw: the next try would be the same
    return COMPLETIONS if shared else TRIES


def _order(exercise: Exercise, random: Random) -> list[str]:
    names = list(names_to_shuffle(exercise))
    if getattr(exercise.kind, "shuffled", True):
        random.shuffle(names)
    return names


def _worded(
    exercise: Exercise, shared: Shared | None, values: Values, question: Asked | None = None
) -> Drawn:
    numbers = {name: value for name, value in values.items() if name != ORDER}
    scope = scope_of(exercise, shared, numbers)
    question = question or _asked_again(exercise, scope, str(values.get(ORDER, "")).split())
    put: Callable[[str], str] = partial(fill, values=scope.values, language=exercise.language)
    working = _working(exercise, scope, put)
    return Drawn(
        exercise=exercise.key,
        values={name: plain(value) for name, value in values.items()},
        prompt=put(exercise.prompt),
        asked=question,
        hints=(*map(put, exercise.hints), *_third_hint(exercise, working)),
        working=working,
        feedback={slug: put(text) for slug, text in exercise.feedback.items()},
        template=put(exercise.template),
        before=put(exercise.before),
        before_asked=step_before(exercise, scope),
        figure=exercise.figure and _drawn_figure(exercise.figure, scope.values, put),
    )


def _asked_again(exercise: Exercise, scope: Scope, kept: list[str]) -> Asked:
    """With options in the order that was kept; those that are new come last."""
    names = names_to_shuffle(exercise)
    order = [name for name in kept if name in names] + [name for name in names if name not in kept]
    question = asked(exercise, scope, order) or asked(_without_ties(exercise), scope, order)
    assert question is not None
    return question


def _without_ties(exercise: Exercise) -> Exercise:
    """For numbers drawn before the lesson was changed: a new slip may fall on the right answer."""
    return replace(exercise, may_tie=(*exercise.feedback, *getattr(exercise.kind, "slips", ())))


def _working(exercise: Exercise, scope: Scope, put: Callable[[str], str]) -> tuple[str, ...]:
    if isinstance(exercise.kind, CellsAsked) and not exercise.working:
        return told(exercise.kind, scope)
    return tuple(map(put, exercise.working))


def _third_hint(exercise: Exercise, working: tuple[str, ...]) -> tuple[str, ...]:
    """The learner's own numbers worked up to the last line, which stays theirs."""
    return ("\n".join(working[:-1]),) if exercise.hints and len(working) > 1 else ()


def _drawn_figure(figure: Figure, values: Values, put: Callable[[str], str]) -> Figure:
    """Its numbers as figures read them, its caption in the learner's language."""
    shown = {name: fill(text, values) for name, text in figure.values.items()}
    return Figure(figure.name, shown, put(figure.caption))
