"""Settings by taps: the hour, the place, the days; every one of them can be taken back."""

from __future__ import annotations

from dataclasses import replace

from bot.tutor import settling
from bot.tutor.learner import EVERY_DAY
from bot.tutor.scene import Scene
from bot.tutor.turn import Button, Turn

SLOT = "settings"


def settings(scene: Scene, _rest: str = "") -> Turn:
    learner = scene.learner
    if learner.rhythm is None:
        return settling.ask_time(scene)
    every = "every-1" if learner.every > 1 else "every-2"
    rows = (
        (scene.button("hour", "set/hour"), scene.button("place", "set/place")),
        (scene.button("weekdays", "set/days"), scene.button(every, f"every/{every[-1]}")),
        (scene.button("pause", "pause"),),
    )
    return scene.turn(replace(settling.told(scene), buttons=rows, slot=SLOT))


def tapped(scene: Scene, what: str) -> Turn | None:
    rhythm = scene.learner.rhythm
    if rhythm is None:
        return settling.ask_time(scene)
    if what == "hour":
        return settling.ask_hour(scene, rhythm.zone)
    if what == "place":
        return settling.ask_place(scene)
    return days(scene) if what == "days" else settings(scene) if what == "back" else None


def days(scene: Scene) -> Turn:
    """One button a weekday, ticked when a drop may come on it."""
    rhythm = scene.learner.rhythm
    assert rhythm is not None
    buttons = [_day(scene, rhythm.days, day) for day in range(7)]
    done = (scene.button("done", "set/back"),)
    said = scene.say("settings.days", tuple(buttons[:4]), tuple(buttons[4:]), done)
    return scene.turn(replace(said, slot=SLOT))


def _day(scene: Scene, mask: int, day: int) -> Button:
    tick = "✓ " if mask >> day & 1 else "· "
    return Button(tick + scene.words.weekday(day), f"day/{day}")


def toggle_day(scene: Scene, day: int) -> Turn:
    """The last day cannot be taken off: that would be a pause."""
    rhythm = scene.learner.rhythm
    if rhythm is None or not 0 <= day < 7:
        return settings(scene)
    mask = (rhythm.days ^ 1 << day) & EVERY_DAY
    if not mask:
        return scene.turn(scene.say("settings.last-day", (scene.button("pause", "pause"),)))
    changed = replace(rhythm, days=mask)
    scene = scene.be(rhythm=changed)
    if scene.learner.next_drop is not None:
        scene = scene.be(next_drop=settling.first_after(scene, rhythm))
    return days(scene)
