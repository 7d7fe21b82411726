"""The defence in points: two for the reason that would carry, one for a weak one, none else."""

from __future__ import annotations

from bot.tutor.scene import Scene
from bot.tutor.studio.bench import on_bench
from bot.tutor.turn import Say
from lessons.kinds import ChoiceAsked

POINTS = {"right": 2, "weak": 1, "irrelevant": 0}
BASELINE = "why-baseline"  # a design without a named baseline cannot pass
VERDICT = "verdict"
PASSES = 12
EXPECTED = {"right": "same"}  # the option that the evidence bears out most often


def noted(scene: Scene, key: str) -> Scene:
    """The first choice counts; an expectation is kept, whatever it is."""
    stage, studio = scene.answering, scene.learner.studio
    exercise = scene.lesson.exercise(stage.exercise)
    if not exercise.graded:
        return on_bench(scene, expected=EXPECTED.get(key, key))
    is_reason = (
        isinstance(exercise.kind, ChoiceAsked) and POINTS.keys() <= exercise.kind.options.keys()
    )
    if not (is_reason or stage.exercise == VERDICT) or stage.exercise in studio.points:
        return scene
    return on_bench(scene, points={**studio.points, stage.exercise: POINTS.get(key, 0)})


def score(scene: Scene) -> int:
    """Of 16. The baseline's two points take both its reason and a verdict that the folds bear."""
    points = dict(scene.learner.studio.points)
    verdict = points.pop(VERDICT, 0)
    baseline = points.pop(BASELINE, 0)
    return sum(points.values()) + (min(baseline, 1 + verdict // 2))


def told(scene: Scene) -> list[Say]:
    """The defence in numbers; nothing where none was held."""
    points = scene.learner.studio.points
    if scene.answering.role == "studio" or len(points) <= 1:
        return []
    total = score(scene)
    named = points.get(BASELINE) == POINTS["right"]
    key = "no-baseline" if not named else "passed" if total >= PASSES else "not-yet"
    weak = sum(count < POINTS["right"] for one, count in points.items() if one != VERDICT)
    return [scene.say(f"studio.score.{key}", total=total, passes=PASSES, n=weak)]
