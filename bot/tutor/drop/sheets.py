"""Sheets to keep: a blank one for the pencil, and the learner's own net as a live workbook."""

from __future__ import annotations

from bot.tutor.scene import Scene
from bot.tutor.turn import Attachment, Say, Turn
from lessons.course import Lesson


def sheet(scene: Scene, _rest: str = "") -> Turn:
    """The blank one; and those that hold no answer any more."""
    blank = Say(scene.words("sheet.blank"), attachment=Attachment("sheet", {"blank": "1"}))
    done = (one for one in scene.path.lessons if one.key in scene.learner.finished)
    return scene.turn(blank, *(say for lesson in done for say in live(scene, lesson)))


def live(scene: Scene, lesson: Lesson) -> list[Say]:
    """The net of a lesson that is done: it computes what was worked out by hand, and the rest."""
    if not lesson.sheet:
        return []
    from lessons.drawing.exercise import on_the_sheet

    numbers = on_the_sheet(lesson, scene.learner.seed)
    return [Say(scene.words("sheet.live"), attachment=Attachment("sheet", numbers))]
