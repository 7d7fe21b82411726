"""When a learner has long been silent: one word a month before all of theirs is let go."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.tutor.scene import Scene
from bot.tutor.turn import Lane, Turn

RETENTION = timedelta(days=365)  # after the latest sign of life
NOTICE = timedelta(days=30)  # before that, and never later


def forget(scene: Scene, _rest: str = "") -> Turn:
    row = (scene.button("forget", "forget/yes"), scene.button("keep", "forget/no"))
    return scene.turn(scene.say("forget.sure", row))


def forgotten(scene: Scene) -> Turn:
    return Turn(None, (scene.say("forget.done"),))


def idle(scene: Scene) -> Turn:
    """The notice, and once its month is over the end; a sign of life makes both void."""
    learner = scene.learner
    silent = scene.now - learner.active if learner.active else RETENTION
    if silent < RETENTION - NOTICE:
        return scene.turn()
    warned = learner.warned if learner.warned and _since(scene) else None
    if warned is None and scene.is_night:
        return scene.turn()
    if warned is None:
        said = scene.say("parting.notice", day=scene.words.day((scene.local + NOTICE).date()))
        silently = replace(said, lane=Lane.REMINDER, silent=True)
        return scene.be(warned=scene.now).turn(silently)
    if scene.now - warned < NOTICE or silent < RETENTION:
        return scene.turn()
    return replace(forgotten(scene), says=())


def _since(scene: Scene) -> bool:
    """Whether the notice was given after the latest sign of life."""
    learner = scene.learner
    return learner.active is None or (learner.warned or learner.active) > learner.active
