"""What is said when something is done: a drop, a phase, a few steps that came back."""

from __future__ import annotations

from dataclasses import replace

from bot.tutor.drop import reviewing
from bot.tutor.learner import Resting
from bot.tutor.rhythm.settling import ask_time, tell_next
from bot.tutor.scene import Scene, after
from bot.tutor.turn import Say, Turn
from bot.tutor.wording import Html
from lessons.course import Lesson

TOLD_LANGUAGE = "language"


def finish(scene: Scene, lesson: Lesson) -> Turn:
    learner = scene.learner
    finished = tuple(dict.fromkeys((*learner.finished, lesson.key)))
    cards = reviewing.added(scene, lesson)
    scene = scene.be(stage=Resting(lesson.key), finished=finished, cards=cards)
    if scene.next_lesson is None:
        scene = scene.be(completed=scene.now)
    scene, notice = _about_language(scene)
    phase = _finish_line(scene, lesson)
    done = scene.turn(_done(scene, lesson), *phase, *notice, finished=lesson.key)
    if scene.learner.rhythm is None:
        return after(scene, done, ask_time)
    told = after(scene, done, tell_next)
    return told if phase or notice else _in_one(told)


def _about_language(scene: Scene) -> tuple[Scene, list[Say]]:
    """Once, when the drops ahead are not told in the learner's language."""
    language, told = scene.learner.language.lower().split("-")[0], scene.learner.told
    name, ahead = scene.words.name_of(language) if language else "", scene.next_lesson
    if not name or ahead is None or language == ahead.language or TOLD_LANGUAGE in told:
        return scene, []
    scene = scene.be(told=(*told, TOLD_LANGUAGE))
    return scene, [scene.say("language.not-yet", language=name)]


def _in_one(turn: Turn) -> Turn:
    """What is done and what comes next, in one message."""
    done, following = turn.says
    assert isinstance(done, Say)
    assert isinstance(following, Say)
    text = f"{done.text}\n\n{following.text}"
    *first, last = done.buttons
    rows = (*first, *following.buttons, last)
    return replace(turn, says=(replace(done, text=text, buttons=rows),))


def _done(scene: Scene, lesson: Lesson) -> Say:
    slips = len(scene.learner.stumbled)
    how = scene.words("done.clean") if not slips else scene.words("done.slips", n=slips)
    carry = scene.words("done.carry", carry=Html(lesson.carry)) if lesson.carry else ""
    row = (scene.button("harder", f"harder/{lesson.number}"),) if lesson.stretch else ()
    report = (scene.button("report", f"report/{lesson.number}"),)
    return scene.say("done.drop", row, report, number=lesson.number, how=how, carry=carry)


def _finish_line(scene: Scene, lesson: Lesson) -> list[Say]:
    """After the last drop of a phase: what it was for, and the way to the library."""
    for number, phase in enumerate(scene.path.phases, 1):
        if phase.lessons[-1].key == lesson.key:
            row = (scene.button("library", "library"),)
            title, outcome = phase.title, phase.outcome
            return [scene.say("done.phase", row, number=number, title=title, outcome=outcome)]
    return []


def refreshed(scene: Scene) -> Turn:
    """After steps that were no part of a drop; whoever wants one more has it by a tap."""
    row = (scene.button("review", "review"),)
    done = scene.turn(scene.say("review.done", row))
    return after(scene, done, tell_next) if scene.next_lesson else done
