"""A course of two small lessons and one unwritten, with every kind of question in it."""

from __future__ import annotations

from dataclasses import replace

from lessons.course import Beat, Course, Exercise, Lesson, Path, Phase, Review
from lessons.kinds import ChoiceAsked, Draw, FormulaAsked, OrderAsked

DRAW = Draw(ranges={"w": "2..5", "x": "2..6", "b": "-4..-1"}, require=("w != x",))

SUM = Exercise(
    "sum",
    FormulaAsked("w*x + b", slips={"no-bias": "w*x", "bias-sign": "w*x - b"}),
    "w = {w}, x = {x}, b = {b}. What is z?",
    DRAW,
    hints=("Multiply first.", "Then add b."),
    working=("{w}·{x} = {w*x}", "{w*x} {b:+} = {w*x + b}"),
    feedback={"no-bias": "You stopped before the bias.", "bias-sign": "The bias pulls down."},
    before="What is {w}·{x}?",
)
PAIR = Exercise(
    "pair",
    FormulaAsked("(w, x)", slips={"turned": "(x, w)"}),
    "Type w = {w} and x = {x} as a pair.",
    DRAW,
    hints=("w first.",),
    working=("({w}, {x})",),
    feedback={"turned": "The other way round."},
    template="(w, x)",
)
KIND = Exercise(
    "kind",
    ChoiceAsked({"right": "multiply, add, squash", "average": "take the average of all inputs"}),
    "Which recipe is one neuron?",
    hints=("Three verbs.",),
    feedback={"average": "A neuron chooses its weights."},
)
STEPS = Exercise(
    "steps",
    OrderAsked(
        {"m": "multiply", "a": "add", "s": "squash"},
        (("m", "a", "s"),),
        {"squash-first": (("s", "m", "a"),)},
    ),
    "Put the steps in order.",
    feedback={"squash-first": "The squash comes last."},
)
HARDER = Exercise(
    "which-bias",
    FormulaAsked("-w*x", slips={"sign": "w*x"}),
    "w = {w}, x = {x}. Which bias makes z = 0?",
    DRAW,
    hints=("z is w·x + b.",),
    working=("{w}·{x} = {w*x}", "b = {-w*x}"),
    feedback={"sign": "The other sign."},
    role="stretch",
)


def lesson(key, number, title, steps, more=(), reviews=()):
    found = [step for step in steps if isinstance(step, Exercise)]
    exercises = {exercise.key: exercise for exercise in (*found, *more)}
    return Lesson(key, number, title, 6, tuple(steps), exercises, reviews, carry="Small steps.")


FIRST = lesson(
    "first",
    1,
    "One neuron",
    [Beat("A weight, an input, a bias."), SUM, Beat("Two now."), PAIR, KIND],
    more=[HARDER],
    reviews=(Review("r1", "sum", 1), Review("r2", "which-bias", 7)),
)
SECOND = lesson("second", 2, "Its steps", [Beat("Now the order."), STEPS])
THIRD = Lesson("third", 3, "Unwritten", 6)

PHASE = Phase("phase", "A neuron", "See a neuron as arithmetic", (FIRST, SECOND, THIRD))
SMALL = Course({"path": Path("path", "Small", "A small path.", ("3 drops",), (PHASE,))})


def of(*lessons):
    """The same path with these lessons: without the unwritten one it can be finished."""
    whole = replace(PHASE, lessons=lessons)
    return Course({"path": replace(SMALL.paths["path"], phases=(whole,))})


FINISHABLE = of(FIRST, SECOND)
LONG = of(FIRST, *(replace(SECOND, key=f"later-{n}", number=n) for n in range(2, 10)))
