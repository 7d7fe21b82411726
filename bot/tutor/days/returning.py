"""After the last drop: older steps come back now and then, bundled, and one day a goodbye."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.tutor.drop import reviewing, unaided
from bot.tutor.drop.reviewing import next_one
from bot.tutor.drop.walking import warm_up
from bot.tutor.learner import Answering
from bot.tutor.rhythm.settling import tell_next
from bot.tutor.scene import Scene, after
from bot.tutor.turn import Lane, Turn

APART = timedelta(days=3, hours=12)  # at most two pushes a week
GOODBYE = timedelta(days=120)
UNANSWERED = 3  # then nothing more comes


def knocked(scene: Scene) -> Turn:
    """The learner's hour, when the whole path is done."""
    learner = scene.learner
    completed = learner.completed or scene.now
    rested = learner.announced is None or scene.now - learner.announced >= APART
    if scene.is_busy or not rested:
        return scene.turn()
    if scene.now - completed >= GOODBYE or learner.unanswered >= UNANSWERED:
        scene = scene.be(next_drop=None, announced=scene.now)
        said = replace(scene.say("review.goodbye"), lane=Lane.REMINDER, silent=True)
        return scene.turn(said)
    if unaided.is_due(scene):
        return _alone(scene)
    due = reviewing.bundle(scene)
    if not due:
        return scene.turn()
    scene = scene.be(announced=scene.now, unanswered=learner.unanswered + 1)
    said = scene.say("review.ready", (scene.button("start", "start"),), n=len(due))
    return scene.turn(replace(said, lane=Lane.REMINDER, silent=scene.is_late))


def _alone(scene: Scene) -> Turn:
    """The whole pass is offered, or is open still."""
    scene = scene.be(announced=scene.now, unanswered=scene.learner.unanswered + 1)
    key, tap = (
        ("unaided.waits", "start") if unaided.is_open(scene) else ("unaided.ready", "unaided")
    )
    said = scene.say(key, (scene.button("start", tap),))
    return scene.turn(replace(said, lane=Lane.REMINDER, silent=scene.is_late))


def again(scene: Scene) -> Turn:
    """[Start] when the path is done: the steps that are due, else what has been done."""
    due = reviewing.bundle(scene)
    if not due:
        return unaided.begin(scene) or tell_next(scene)
    intro = scene.turn(scene.say("review.intro", n=len(due)))
    return after(scene, intro, lambda s: warm_up(s, due, ""))


def review(scene: Scene, _rest: str = "") -> Turn:
    """The skill that is next to come back, with new numbers, now."""
    if isinstance(scene.learner.stage, Answering):
        return scene.turn(scene.say("review.mid-drop"))
    cards = next_one(scene)
    if not cards:
        return scene.turn(scene.say("review.none-yet"))
    intro = scene.turn(scene.say("review.intro", n=len(cards)))
    return after(scene, intro, lambda s: warm_up(s, cards, ""))
