"""Asking when and where: the clock, the place, the hour; then the rhythm stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.tutor.learner import Answering, Rhythm
from bot.tutor.putting import put
from bot.tutor.rhythm import places
from bot.tutor.rhythm.hours import read_hour
from bot.tutor.rhythm.pacing import after_change, next_time
from bot.tutor.scene import Scene, after
from bot.tutor.turn import Button, Say, Turn

HOURS = ("07:30", "12:30", "18:00", "20:30")
SAME_CLOCK = 4  # buttons for cities whose clocks agree


def ask_time(scene: Scene) -> Turn:
    """First what the learner's clock shows; a language may tell where to begin."""
    guess = places.zone_of_language(scene.learner.language)
    if guess:
        return _ask_clock(scene, guess, "time.clock")
    return ask_place(scene, "time.place-first")


def ask_place(scene: Scene, key: str = "time.place", **values: Any) -> Turn:
    said = scene.say(key, (scene.button("share-place", ""),), **values)
    return scene.be(asking="place").turn(replace(said, ask_location=True))


def ask_hour(scene: Scene, zone: str, key: str = "time.hour") -> Turn:
    scene = scene.be(asking="hour", zone=zone)
    buttons = tuple(Button(hour, f"hour/{hour}") for hour in HOURS)
    return scene.turn(scene.say(key, buttons[:2], buttons[2:], clock=_clock(scene, zone)))


def _ask_clock(scene: Scene, zone: str, key: str, **values: Any) -> Turn:
    scene = scene.be(asking="clock", zone=zone)
    buttons = (scene.button("yes", "clock/yes"), scene.button("another", "clock/other"))
    return scene.turn(scene.say(key, buttons, clock=_clock(scene, zone), **values))


def _clock(scene: Scene, zone: str) -> str:
    return scene.words.hour(scene.now.astimezone(ZoneInfo(zone)).time())


def tapped(scene: Scene, what: str, choice: str) -> Turn | None:
    """A button of these questions; None when nobody is asking any more."""
    asking = scene.learner.asking
    if what == "hour" and read_hour(choice):
        return set_hour(scene, read_hour(choice) or time())
    if what == "clock" and asking == "clock":
        return _clock_agrees(scene) if choice == "yes" else ask_place(scene)
    if what == "zone" and asking and _is_zone(choice):
        return _settle_zone(scene, choice)
    return None


def _clock_agrees(scene: Scene) -> Turn:
    """A first place leads to the hour; a new one keeps the hour of the day."""
    rhythm = scene.learner.rhythm
    if rhythm is None:
        return ask_hour(scene, scene.learner.zone)
    return set_rhythm(scene, replace(rhythm, zone=scene.learner.zone))


def located(scene: Scene, latitude: float, longitude: float) -> Turn:
    zone = places.zone_of_point(latitude, longitude)
    return _settle_zone(scene, zone) if zone else ask_place(scene, "time.place-unknown")


def reads(scene: Scene, text: str) -> bool:
    """Whether a typed text answers what was asked about time, and not the open exercise.

    Mid-drop an exercise waits as well: what cannot be read here goes to it.
    """
    asking = scene.learner.asking
    if not asking:
        return False
    if not isinstance(scene.learner.stage, Answering):
        return True
    if asking == "hour":
        return read_hour(text) is not None
    is_reply = _agrees(scene, text) or _disagrees(scene, text)
    is_clock = ":" in text and read_hour(text) is not None
    return is_reply or is_clock or places.find_place(text) is not None


def _agrees(scene: Scene, text: str) -> bool:
    return scene.learner.asking == "clock" and _bare(text) in scene.words.forms("yes")


def _disagrees(scene: Scene, text: str) -> bool:
    return scene.learner.asking == "clock" and _bare(text) in scene.words.forms("no")


def _bare(text: str) -> str:
    return text.strip().lower().rstrip(".!")


def typed(scene: Scene, text: str) -> Turn:
    """The hour, the place or the clock, as typed."""
    hour = read_hour(text)
    if scene.learner.asking == "hour":
        return set_hour(scene, hour) if hour else scene.turn(scene.say("time.hour-unread"))
    if _agrees(scene, text):
        return _clock_agrees(scene)
    if _disagrees(scene, text):
        return ask_place(scene)
    if hour:
        return _from_clock(scene, hour)
    place = places.find_place(text)
    if place:
        return _ask_clock(
            scene,
            place.zone,
            "time.clock-in",
            city=place.name,
            country=scene.words.country(place.country),
        )
    return ask_place(scene, "time.place-unknown")


def _from_clock(scene: Scene, clock: time) -> Turn:
    """A clock tells the zone but for the cities whose clocks agree now."""
    zones = places.zones_of_clock(clock, scene.now)[:SAME_CLOCK]
    if not zones:
        return ask_place(scene, "time.clock-unknown", clock=scene.words.hour(clock))
    rows = [(Button(places.city_of_zone(zone), f"zone/{zone}"),) for zone in zones]
    return scene.be(asking="place").turn(scene.say("time.which-city", *rows))


def _is_zone(name: str) -> bool:
    return name in places.CITIES or name in places.ZONE_OF_LANGUAGE.values()


def _settle_zone(scene: Scene, zone: str) -> Turn:
    """A new place keeps the hour of the day; the first place leads to asking for it."""
    rhythm = scene.learner.rhythm
    if rhythm is None:
        return ask_hour(scene, zone, "time.hour-there")
    return set_rhythm(scene, replace(rhythm, zone=zone))


def set_hour(scene: Scene, hour: time) -> Turn:
    learner = scene.learner
    days = learner.rhythm.days if learner.rhythm else Rhythm("", "").days
    zone = learner.zone or scene.zone
    return set_rhythm(scene, Rhythm(zone, f"{hour:%H:%M}", days))


def set_rhythm(scene: Scene, rhythm: Rhythm) -> Turn:
    """The rhythm stands, the next drop is set by it, and the learner is told."""
    before = scene.learner.rhythm
    scene = scene.be(rhythm=rhythm, zone=rhythm.zone, asking="")
    if before is None:
        scene = scene.be(opened=_in_their_dates(scene))
    if before is None or scene.learner.next_drop is not None:
        scene = scene.be(next_drop=first_after(scene, before))
    key = "time.set" if before is None else "time.changed"
    city = places.city_of_zone(rhythm.zone)
    turn = scene.turn(scene.say(key, hour=rhythm.hour, city=city))
    turn = after(scene, turn, tell_next)
    if isinstance(scene.learner.stage, Answering):
        return after(scene, turn, lambda s: s.turn(put(s, lead=s.words("put.back"))))
    return turn


def _in_their_dates(scene: Scene) -> tuple[date, ...]:
    """What was opened before their zone was known bears dates of UTC."""
    return tuple(scene.today if day == scene.now.date() else day for day in scene.learner.opened)


def first_after(scene: Scene, before: Rhythm | None = None) -> datetime:
    """The next drop by the rhythm: on a later date than any drop that came or was opened."""
    learner, rhythm = scene.learner, scene.learner.rhythm
    assert rhythm is not None
    moment = after_change(rhythm, scene.now, learner.last_drop, before)
    if learner.opened:
        later_than = learner.opened[-1] + timedelta(days=learner.every - 1)
        moment = max(moment, next_time(rhythm, scene.now, later_than))
    return moment


def tell_next(scene: Scene) -> Turn:
    """What comes next, and when."""
    lesson, moment = scene.next_lesson, scene.learner.next_drop
    if moment and isinstance(scene.learner.stage, Answering):
        return scene.turn(scene.say("next.after-this", when=when_of(scene, moment)))
    if lesson is None:
        return scene.turn(scene.say("next.finished"))
    if not lesson.ready:
        return scene.turn(scene.say("next.unwritten", number=lesson.number, title=lesson.title))
    if moment is None:
        return scene.turn(scene.say("next.paused", number=lesson.number, title=lesson.title))
    more = scene.opened_today < 2
    row = (scene.button("one-more", "more"),) if more else ()
    when = when_of(scene, moment)
    return scene.turn(
        scene.say("next.drop", row, number=lesson.number, title=lesson.title, when=when)
    )


def when_of(scene: Scene, moment: datetime) -> str:
    """As in: tomorrow at 07:30, on Friday 1 March at 07:30."""
    local = moment.astimezone(ZoneInfo(scene.zone))
    ahead = (local.date() - scene.today).days
    hour = scene.words.hour(local.time())
    if ahead in (0, 1):
        return scene.words("when.today" if ahead == 0 else "when.tomorrow", hour=hour)
    return scene.words("when.day", day=scene.words.day(local.date()), hour=hour)


def told(scene: Scene) -> Say:
    """The rhythm in a line, for /settings."""
    rhythm = scene.learner.rhythm
    assert rhythm is not None
    return scene.say("settings.now", hour=rhythm.hour, city=places.city_of_zone(rhythm.zone))
