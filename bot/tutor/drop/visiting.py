"""/studio: back to the bench when the drop is done, for any table."""

from __future__ import annotations

from bot.tutor.drop import walking
from bot.tutor.learner import Answering, Resting
from bot.tutor.putting import put
from bot.tutor.scene import Scene
from bot.tutor.studio.bench import emptied
from bot.tutor.turn import Turn
from lessons.course import Lesson
from lessons.kinds import DesignAsked


def visit(scene: Scene, _rest: str = "") -> Turn:
    lesson = _lesson(scene)
    if lesson is None or lesson.key not in scene.learner.finished:
        return scene.turn(scene.say("studio.not-yet"))
    if isinstance(scene.learner.stage, Answering):
        return scene.turn(scene.say("review.mid-drop"))
    return design_anew(emptied(scene, ""), lesson)


def close(scene: Scene) -> Turn:
    """Out of the studio; what stands on the bench stays there."""
    closed = scene.say("studio.closed")
    return scene.be(stage=Resting(scene.answering.lesson)).turn(closed)


def design_anew(scene: Scene, lesson: Lesson) -> Turn:
    """From the bench straight to the training: nothing is asked in between."""
    design = next(one.key for one in lesson.core if isinstance(one.kind, DesignAsked))
    scene = walking.start(scene, lesson, design, role="studio")
    return scene.turn(put(scene))


def _lesson(scene: Scene) -> Lesson | None:
    """The lesson of this path that has a studio."""
    kinds = ((lesson, exercise.kind) for lesson in scene.path.lessons for exercise in lesson.core)
    return next((lesson for lesson, kind in kinds if isinstance(kind, DesignAsked)), None)
