"""Settings by taps: hour, place, days, language; every one of them can be taken back."""

from __future__ import annotations

from dataclasses import replace

from bot.tutor import wording
from bot.tutor.learner import EVERY_DAY
from bot.tutor.rhythm import settling
from bot.tutor.scene import Scene
from bot.tutor.turn import Button, Turn

DAYS = "0123456"  # as buttons carry them; 0 is Monday


def settings(scene: Scene, _rest: str = "") -> Turn:
    """A new message each time it is asked for; its buttons change that message."""
    if scene.learner.rhythm is None:
        return settling.ask_time(scene)
    return _shown(scene, str(int(scene.now.timestamp())))


def _shown(scene: Scene, stamp: str) -> Turn:
    every = "every-1" if scene.learner.every > 1 else "every-2"
    rows = (
        (scene.button("hour", "set/hour"), scene.button("place", "set/place")),
        (scene.button("weekdays", f"set/days/{stamp}"), scene.button(every, f"every/{every[-1]}")),
        (scene.button("language", f"set/language/{stamp}"), scene.button("pause", "pause")),
    )
    return scene.turn(replace(settling.told(scene), buttons=rows, slot=_slot(stamp)))


def _slot(stamp: str) -> str:
    return f"settings/{stamp}"


def tapped(scene: Scene, rest: str) -> Turn | None:
    what, _, stamp = rest.partition("/")
    rhythm = scene.learner.rhythm
    if rhythm is None:
        return settling.ask_time(scene)
    if what == "hour":
        return settling.ask_hour(scene, rhythm.zone)
    if what == "place":
        return settling.ask_place(scene)
    if what == "language":
        return languages(scene, stamp)
    if what == "days":
        return days(scene, stamp)
    return _shown(scene, stamp) if what == "back" else None


def languages(scene: Scene, stamp: str) -> Turn:
    """Each by its own name; the one in use is ticked."""
    used = scene.words.language
    buttons = [
        Button(tick(one == used) + wording.own_name(one), f"language/{one}/{stamp}")
        for one in sorted(wording.languages())
    ]
    done = (scene.button("done", f"set/back/{stamp}"),)
    said = scene.say("settings.language", tuple(buttons), done)
    return scene.turn(replace(said, slot=_slot(stamp)))


def choose_language(scene: Scene, rest: str) -> Turn | None:
    """From now on; what is open keeps its numbers."""
    chosen, _, stamp = rest.partition("/")
    if chosen not in wording.languages():
        return None
    return languages(scene.be(language=chosen), stamp)


def tick(on: bool) -> str:
    return "✓ " if on else "· "


def days(scene: Scene, stamp: str) -> Turn:
    """One button a weekday, ticked when a drop may come on it."""
    rhythm = scene.learner.rhythm
    assert rhythm is not None
    buttons = [_day(scene, rhythm.days, day, stamp) for day in range(7)]
    done = (scene.button("done", f"set/back/{stamp}"),)
    said = scene.say("settings.days", tuple(buttons[:4]), tuple(buttons[4:]), done)
    return scene.turn(replace(said, slot=_slot(stamp)))


def _day(scene: Scene, mask: int, day: int, stamp: str) -> Button:
    return Button(tick(bool(mask >> day & 1)) + scene.words.weekday(day), f"day/{day}/{stamp}")


def toggle_day(scene: Scene, rest: str) -> Turn | None:
    """The last day cannot be taken off: that would be a pause."""
    day, _, stamp = rest.partition("/")
    rhythm = scene.learner.rhythm
    if rhythm is None or day not in DAYS:
        return None
    mask = (rhythm.days ^ 1 << int(day)) & EVERY_DAY
    if not mask:
        return scene.turn(scene.say("settings.last-day", (scene.button("pause", "pause"),)))
    changed = replace(rhythm, days=mask)
    scene = scene.be(rhythm=changed)
    if scene.learner.next_drop is not None:
        scene = scene.be(next_drop=settling.first_after(scene, rhythm))
    return days(scene, stamp)
