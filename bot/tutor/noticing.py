"""The operator's words to everyone: silent, in no quiet hour, to nobody who paused or is busy."""

from __future__ import annotations

from dataclasses import replace

from bot.tutor.announcing import MID_DROP, MORNING, NIGHT
from bot.tutor.learner import Answering
from bot.tutor.scene import Scene, is_paused
from bot.tutor.turn import Lane, Say, Turn


def announced(scene: Scene, text: str) -> Turn:
    """At once where it disturbs nobody; else with the next drop."""
    if scene.learner.quiet or scene.learner.rhythm is None or is_paused(scene.learner):
        return scene.turn()
    if _is_busy(scene) or not MORNING <= scene.local.time() < NIGHT:
        return scene.be(notices=(*scene.learner.notices, text)).turn()
    return scene.turn(_said(scene, text))


def with_notices(scene: Scene, turn: Turn) -> Turn:
    """What the clock brought, and before it what waited for this hour."""
    learner = turn.learner
    if learner is None or not learner.notices or is_paused(learner) or _is_busy(scene):
        return turn
    said = tuple(_said(scene, text) for text in learner.notices)
    return replace(turn, learner=replace(learner, notices=()), says=(*said, *turn.says))


def _is_busy(scene: Scene) -> bool:
    active = scene.learner.active
    is_open = isinstance(scene.learner.stage, Answering)
    return is_open and active is not None and scene.now - active < MID_DROP


def _said(scene: Scene, text: str) -> Say:
    return replace(scene.say("notice", text=text), lane=Lane.REMINDER, silent=True)
