"""The operator's words to everyone: silent, in no quiet hour, to nobody who paused or is busy."""

from __future__ import annotations

from dataclasses import replace

from bot.tutor.scene import Scene, is_paused
from bot.tutor.turn import Lane, Say, Turn


def announced(scene: Scene, text: str) -> Turn:
    """At once where it disturbs nobody; else with the next drop."""
    learner = scene.learner
    if learner.quiet or learner.rhythm is None or is_paused(learner) or _on_holiday(scene):
        return scene.turn()
    if scene.is_busy or scene.is_night:
        return scene.be(notices=(*learner.notices, text)).turn()
    return scene.turn(_said(scene, text))


def _on_holiday(scene: Scene) -> bool:
    until = scene.learner.paused_until
    return until is not None and until > scene.today


def with_notices(scene: Scene, turn: Turn) -> Turn:
    """What the clock brought, and before it what waited for this hour."""
    learner = turn.learner
    if learner is None or not learner.notices or is_paused(learner) or scene.is_busy:
        return turn
    said = tuple(_said(scene, text) for text in learner.notices)
    return replace(turn, learner=replace(learner, notices=()), says=(*said, *turn.says))


def _said(scene: Scene, text: str) -> Say:
    return replace(scene.say("notice", text=text), lane=Lane.REMINDER, silent=True)
