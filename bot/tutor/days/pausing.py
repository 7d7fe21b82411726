"""Pausing, with a date or without, and coming back."""

from __future__ import annotations

from datetime import date, timedelta

from bot.tutor.days.announcing import begin
from bot.tutor.days.returning import GOODBYE, review
from bot.tutor.days.returning import again as bring
from bot.tutor.drop.reviewing import bundle
from bot.tutor.drop.unaided import is_due
from bot.tutor.learner import Answering, Waiting
from bot.tutor.rhythm.dates import read_day
from bot.tutor.rhythm.pacing import next_time
from bot.tutor.rhythm.settling import first_after, tell_next
from bot.tutor.scene import Scene, after
from bot.tutor.turn import Turn

OFFERED = (3, 7, 14)  # days


def pause(scene: Scene, rest: str = "") -> Turn:
    """`/pause`, `/pause until Monday`, `/pause 10 days`, `/pause 24.12.`, or a question back."""
    if not rest.strip():
        days = [scene.button("days", f"pause/{n}", n=n) for n in OFFERED]
        forever = (scene.button("until-resume", "pause/0"),)
        return scene.turn(scene.say("pause.how-long", tuple(days), forever))
    until = read_day(rest, scene.today)
    if until is None:
        return scene.turn(scene.say("pause.unread"))
    return pause_until(scene, until)


def pause_for(scene: Scene, days: str) -> Turn:
    """The tap on an offer; a tap can be forged, and then it is asked again."""
    if days not in ("0", *map(str, OFFERED)):
        return pause(scene)
    if days == "0":
        scene = scene.be(next_drop=None, paused_until=None, postponed=None, unanswered=0)
        return scene.turn(scene.say("pause.open"))
    return pause_until(scene, scene.today + timedelta(days=int(days)))


def pause_until(scene: Scene, until: date) -> Turn:
    """The first drop after the pause comes on that day, at the usual hour."""
    rhythm = scene.learner.rhythm
    if rhythm is None:
        return scene.turn(scene.say("pause.no-rhythm"))
    moment = next_time(rhythm, scene.now, until - timedelta(days=1))
    scene = scene.be(next_drop=moment, paused_until=until, postponed=None, unanswered=0)
    first = moment.astimezone(scene.local.tzinfo).date()
    return scene.turn(scene.say("pause.until", day=scene.words.day(first)))


def resume(scene: Scene) -> Turn:
    """The rhythm goes on; what was open or waiting is here again."""
    scene = scene.be(paused_until=None, quiet=False, unanswered=0)
    if scene.learner.rhythm is not None:
        scene = scene.be(next_drop=first_after(scene))
    turn = scene.turn(scene.say("resume.back"))
    open_now = isinstance(scene.learner.stage, Answering | Waiting)
    return after(scene, turn, begin if open_now else tell_next)


def again(scene: Scene, _rest: str = "") -> Turn:
    """After the path its steps come back, also after the goodbye; before, it is /resume."""
    learner = scene.learner
    if scene.next_lesson is not None or isinstance(learner.stage, Answering):
        return resume(scene)
    scene = scene.be(paused_until=None, quiet=False, unanswered=0)
    if learner.completed and scene.now - learner.completed >= GOODBYE:
        scene = scene.be(completed=scene.now, unaided=None)
    if learner.rhythm is not None:
        scene = scene.be(next_drop=first_after(scene))
    if bundle(scene) or is_due(scene):
        return bring(scene)
    return review(scene)
