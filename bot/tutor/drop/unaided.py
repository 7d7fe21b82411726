"""The whole pass alone, weeks after the path: a net never seen, no hints, a result at the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.tutor.drop import networks
from bot.tutor.drop.results import result
from bot.tutor.learner import Answering, Line, Resting, Unaided
from bot.tutor.putting import put
from bot.tutor.scene import Scene
from bot.tutor.turn import Turn
from engine.question import Question, Verdict
from lessons.course import Drawn, Lesson

SETTLED = timedelta(days=16)  # after the last drop: day 30 for a drop a day
LINES = (
    "unaided-totals",
    "unaided-hidden",
    "unaided-prediction",
    "unaided-loss",
    "unaided-blame",
    "unaided-step",
)


def lesson_of(scene: Scene) -> Lesson | None:
    """The lesson that has all the lines."""
    has_all = (one for one in scene.path.lessons if set(LINES) <= set(one.exercises))
    return next(has_all, None)


def is_due(scene: Scene) -> bool:
    learner = scene.learner
    if learner.completed is None or lesson_of(scene) is None:
        return False
    done = learner.unaided is not None and learner.unaided.ended is not None
    return not done and scene.now - learner.completed >= SETTLED


def is_open(scene: Scene) -> bool:
    stage = scene.learner.stage
    return isinstance(stage, Answering) and stage.role == "unaided"


def begin(scene: Scene) -> Turn | None:
    """The first line; None when there is nothing of the kind for this learner now."""
    lesson = lesson_of(scene)
    if lesson is None or not is_due(scene) or isinstance(scene.learner.stage, Answering):
        return None
    from lessons.drawing.exercise import draw

    begun = int(scene.now.timestamp())
    drawn = draw(lesson, LINES[0], scene.learner.seed + begun)
    stage = Answering(lesson.key, LINES[0], drawn.values, begun, role="unaided")
    scene = scene.be(stage=stage, unaided=Unaided(scene.now), unanswered=0)
    return scene.turn(scene.say("unaided.intro", n=len(LINES)), put(scene))


def asked(scene: Scene) -> Question:
    """The open line, knowing also what follows from the lines above it as they were typed."""
    question = followed(scene).asked
    assert isinstance(question, Question), question
    return question


def followed(scene: Scene) -> Drawn:
    from lessons.drawing.exercise import restore
    from lessons.drawing.following import follow_all

    stage, lesson = scene.answering, scene.lesson
    above = [
        (restore(lesson, line.exercise, stage.values), line.read_as)
        for line in _lines(scene)
        if line.read_as and line.exercise in lesson.exercises
    ]
    return follow_all(lesson, scene.drawn, above)


def judged(scene: Scene, text: str, verdict: Verdict) -> Turn:
    """One answer a line; whatever came of it, the next line follows."""
    outcome = "right" if verdict.family == "right" else "slip"
    if (verdict.family, verdict.kind) == ("partial", "follows"):
        outcome = "follows"
    read_as, slips = verdict.read_as or "", verdict.misconceptions
    line = Line(scene.answering.exercise, text.strip(), read_as, outcome, slips)  # type: ignore[arg-type] # one of three, by the lines above
    return _next(scene, line)


def left(scene: Scene) -> Turn:
    return _next(scene, Line(scene.answering.exercise, "", "", "left"))


def back(scene: Scene) -> Turn:
    """The open line again, and the net, which stands in the first one only."""
    if scene.answering.exercise == LINES[0]:
        return scene.turn(put(scene, lead=scene.words("put.back")))
    numbers = networks.told(scene.answering.values)
    return scene.turn(put(scene, lead=scene.words("unaided.back", numbers=numbers)))


def no_hints(scene: Scene) -> Turn:
    return scene.turn(put(scene, lead=scene.words("unaided.no-hints")))


def _lines(scene: Scene) -> tuple[Line, ...]:
    return scene.learner.unaided.lines if scene.learner.unaided else ()


def _next(scene: Scene, line: Line) -> Turn:
    stage, lines = scene.answering, (*_lines(scene), line)
    begun = scene.learner.unaided or Unaided(scene.now)
    scene = scene.be(unaided=replace(begun, lines=lines))
    done = [one.exercise for one in lines]
    rest = [key for key in LINES if key not in done and key in scene.lesson.exercises]
    if rest:
        scene = scene.work(exercise=rest[0], wrong="", slips=())
        return scene.turn(put(scene, lead=scene.words("unaided.noted")))
    said = result(scene, scene.lesson, stage.values)
    over = replace(begun, lines=lines, ended=scene.now)
    return scene.be(unaided=over, stage=Resting(scene.learner.finished[-1])).turn(said)
