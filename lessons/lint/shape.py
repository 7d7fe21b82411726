"""Rules of shape: every slip has words, every exercise its hints, every id one meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from lessons.course import Beat, Exercise, Figure, Lesson, Path
from lessons.formulas.formula import formula, words
from lessons.kinds import CellsAsked, ChoiceAsked, FormulaAsked, OrderAsked
from lessons.lint.finding import Finding, at

RIGHT = "right"
HINTS, WORKING, REVIEWS = 2, 2, 3


def every_slip_has_words(lesson: Lesson) -> Iterator[Finding]:
    for exercise in lesson.exercises.values():
        for slug in sorted(slips(exercise) - exercise.feedback.keys() - {RIGHT}):
            yield at(exercise, f"{slug} has no words in feedback")


def words_belong_to_a_slip(lesson: Lesson) -> Iterator[Finding]:
    for exercise in lesson.exercises.values():
        known = slips(exercise) | {RIGHT}
        if isinstance(exercise.kind, CellsAsked):
            known |= _catalogue()
        for slug in sorted(exercise.feedback.keys() - known):
            yield at(exercise, f"feedback.{slug} is no slip of this exercise")
        for slug in sorted(set(exercise.may_tie) - known):
            yield at(exercise, f"may-tie names {slug}, which is no slip of this exercise")


def slips(exercise: Exercise) -> set[str]:
    """Those that the lesson itself declares."""
    match exercise.kind:
        case CellsAsked(slips=named) | FormulaAsked(slips=named) | OrderAsked(slips=named):
            return set(named)
        case ChoiceAsked(options=options, means=means):
            meant = {slug for text in means.values() for slug in words(formula(text))}
            return set(options) - means.keys() | meant
        case _:
            return set()


def _catalogue() -> set[str]:
    from engine import MISCONCEPTIONS

    return set(MISCONCEPTIONS)


def typed_exercises_have_hints_and_working(lesson: Lesson) -> Iterator[Finding]:
    for exercise in lesson.exercises.values():
        if len(exercise.hints) != HINTS:
            yield at(exercise, f"{len(exercise.hints)} hints; two are written, the third is worked")
        if isinstance(exercise.kind, FormulaAsked) and len(exercise.working) < WORKING:
            yield at(exercise, "working has two lines or more: the last one is the answer")


def orders_name_every_tile(lesson: Lesson) -> Iterator[Finding]:
    for exercise in lesson.exercises.values():
        if not isinstance(exercise.kind, OrderAsked):
            continue
        wrong = (order for orders in exercise.kind.slips.values() for order in orders)
        for order in (*exercise.kind.right, *wrong):
            if sorted(order) != sorted(exercise.kind.tiles):
                yield at(exercise, f"“{' '.join(order)}” is not an order of all its tiles")


def a_choice_has_a_right_option(lesson: Lesson) -> Iterator[Finding]:
    for exercise in lesson.exercises.values():
        match exercise.kind:
            case ChoiceAsked(options=options, means=means) if not means and RIGHT not in options:
                yield at(exercise, "no option is called right")
            case ChoiceAsked(options=options, means=means) if means.keys() - options.keys():
                yield at(exercise, "means names an option that is not there")
            case _:
                pass


def figures_can_be_drawn(lesson: Lesson) -> Iterator[Finding]:
    for figure in _figures(lesson):
        sentence = _fault_of_figure(figure)
        if sentence:
            yield Finding(f'"{figure.name}"', f"figure {figure.name}: {sentence}")


def _figures(lesson: Lesson) -> Iterator[Figure]:
    for step in (*lesson.steps, *lesson.exercises.values()):
        if isinstance(step, Beat | Exercise) and step.figure:
            yield step.figure


def _fault_of_figure(figure: Figure) -> str:
    from lessons.figures import FIGURES

    if figure.name not in FIGURES:
        return f"there are {', '.join(sorted(FIGURES))}"
    return ", ".join(sorted(FIGURES[figure.name].faults(figure.values)))


def three_things_come_back(lesson: Lesson) -> Iterator[Finding]:
    days = sorted(review.after for review in lesson.reviews)
    if days != [1, 3, 7]:
        yield Finding("[review", f"reviews come after 1, 3 and 7 days, not {days}")
    if not lesson.carry:
        yield Finding("", "no sentence to carry away")


def ids_have_one_meaning(path: Path) -> Iterator[Finding]:
    found = Counter(key for lesson in path.lessons for key in lesson.exercises)
    for key, times in found.items():
        if times > 1:
            yield Finding("", f"exercise {key} is in {times} lessons")


def the_longest_option_wins_no_more_than_chance(path: Path) -> Iterator[Finding]:
    won, chance, asked = 0.0, 0.0, 0
    for lesson in path.lessons:
        for exercise in lesson.exercises.values():
            if isinstance(exercise.kind, ChoiceAsked) and not exercise.kind.means:
                lengths = {name: len(text) for name, text in exercise.kind.options.items()}
                longest = [name for name in lengths if lengths[name] == max(lengths.values())]
                won += (RIGHT in longest) / len(longest)
                chance += 1 / len(lengths)
                asked += 1
    if won > chance:
        yield Finding(
            "", f"the longest option is right {won:g} times of {asked}; chance {chance:g}"
        )


OF_A_PATH: tuple[Callable[[Path], Iterator[Finding]], ...] = (
    ids_have_one_meaning,
    the_longest_option_wins_no_more_than_chance,
)
RULES: tuple[Callable[[Lesson], Iterator[Finding]], ...] = (
    every_slip_has_words,
    words_belong_to_a_slip,
    typed_exercises_have_hints_and_working,
    orders_name_every_tile,
    a_choice_has_a_right_option,
    figures_can_be_drawn,
    three_things_come_back,
)
