"""A text that is wrong, says a learner: where they stand is kept for a person to look at."""

from __future__ import annotations

from bot.tutor.learner import Answering
from bot.tutor.scene import Scene
from bot.tutor.turn import Report, Turn

LONGEST = 500  # letters of a report


def report(scene: Scene, rest: str = "") -> Turn:
    """`/report` and a few words, or the button alone."""
    lesson, exercise = _place(scene)
    text = " ".join(rest.split())[:LONGEST]
    kept = Report(lesson, exercise, text, scene.now)
    said = scene.say("report.kept" if text else "report.marked")
    return scene.turn(said, reports=(kept,))


def tapped(scene: Scene, number: str) -> Turn:
    """Under a finished drop the button bears the drop's number."""
    lessons = {str(lesson.number): lesson.key for lesson in scene.path.lessons}
    if number not in lessons:
        return report(scene)
    kept = Report(lessons[number], "", "", scene.now)
    return scene.turn(scene.say("report.marked"), reports=(kept,))


def _place(scene: Scene) -> tuple[str, str]:
    """The open exercise, else the lesson that was done last."""
    stage, done = scene.learner.stage, scene.learner.finished
    if isinstance(stage, Answering):
        return stage.lesson, stage.exercise
    return (done[-1] if done else ""), ""
