"""The defence in points: two for the reason that would carry, one for a weak one, none else."""

from __future__ import annotations

from collections.abc import Mapping

from bot.tutor.scene import Scene
from bot.tutor.studio.bench import on_bench
from bot.tutor.turn import Say
from lessons.course import Exercise
from lessons.kinds import ChoiceAsked

POINTS = {"right": 2, "weak": 1, "irrelevant": 0}
FULL = POINTS["right"]
BASELINE = "why-baseline"  # a design without a named baseline cannot pass
VERDICT = "verdict"
NUMBERS = {"why-width": "own-parameters", "why-brakes": "rows-each", "why-loss": "own-blame"}
PASSES = 12
EXPECTED = {"right": "same"}  # the option that the evidence bears out most often


def noted(scene: Scene, key: str) -> Scene:
    """The first choice counts; an expectation is kept, whatever it is."""
    name, points = scene.answering.exercise, scene.learner.studio.points
    exercise = scene.lesson.exercise(name)
    if not exercise.graded:
        return on_bench(scene, expected=EXPECTED.get(key, key))
    if name in points or not (name == VERDICT or _is_reason(exercise)):
        return scene
    return on_bench(scene, points={**points, name: POINTS.get(key, 0)})


def _is_reason(exercise: Exercise) -> bool:
    kind = exercise.kind
    return isinstance(kind, ChoiceAsked) and POINTS.keys() <= kind.options.keys()


def by_choice(scene: Scene) -> Mapping[str, int]:
    """Points of each reason: one less where the number behind it slipped.

    The baseline's number is the verdict: shipping the line is as good as shipping the net, when
    the folds say so.
    """
    points = dict(scene.learner.studio.points)
    slipped = {reason for reason, number in NUMBERS.items() if number in scene.learner.stumbled}
    if points.pop(VERDICT, 0) < FULL:
        slipped.add(BASELINE)
    return {one: max(0, count - (one in slipped)) for one, count in points.items()}


def told(scene: Scene) -> list[Say]:
    """The defence in numbers; nothing where none was held."""
    points = by_choice(scene)
    if scene.answering.role == "studio" or not points:
        return []
    total, named = sum(points.values()), scene.learner.studio.points.get(BASELINE) == FULL
    key = "no-baseline" if not named else "passed" if total >= PASSES else "not-yet"
    short = sum(count < FULL for count in points.values())
    return [scene.say(f"studio.score.{key}", total=total, passes=PASSES, n=short)]
