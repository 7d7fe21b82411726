"""Pausing, with a date or without, and coming back."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.tutor.announcing import begin
from bot.tutor.learner import Answering, Waiting
from bot.tutor.pacing import next_time
from bot.tutor.returning import GOODBYE
from bot.tutor.returning import again as bring
from bot.tutor.reviewing import bundle
from bot.tutor.scene import Scene, after
from bot.tutor.settling import first_after, tell_next
from bot.tutor.telling import review
from bot.tutor.turn import Turn
from bot.tutor.unaided import is_due

OFFERED = (3, 7, 14)  # days
SPANS = {
    "tag": 1,
    "tage": 1,
    "woche": 7,
    "wochen": 7,
    "monat": 30,
    "monate": 30,
    "day": 1,
    "days": 1,
    "week": 7,
    "weeks": 7,
    "month": 30,
    "months": 30,
}
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
DAYS = {
    name: day
    for day, names in enumerate(
        [
            "monday montag",
            "tuesday dienstag",
            "wednesday mittwoch",
            "thursday donnerstag",
            "friday freitag",
            "saturday samstag",
            "sunday sonntag",
        ]
    )
    for name in names.split()
}
SHORTEST = 3  # letters of a weekday
LONGEST = 366  # days of a pause with a date


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


def read_day(text: str, today: date) -> date | None:
    """A later day, at most a year ahead: `Monday`, `tomorrow`, `3 days`, `24.12.`, `1 March`."""
    plain = re.sub(r"^(until|till|for|to|bis|für|zum)\s+", "", text.strip().lower()).strip(" .!")
    found = _span(plain, today) or _weekday(plain, today) or _in_numbers(plain, today)
    found = found or _in_words(plain, today)
    return found if found and today < found <= today + timedelta(days=LONGEST) else None


def _span(text: str, today: date) -> date | None:
    if text in ("tomorrow", "morgen"):
        return today + timedelta(days=1)
    if span := re.fullmatch(r"(\d{1,3}|an?|eine?n?|one|two|three)?\s*(\w+)", text):
        number = {
            "a": 1,
            "an": 1,
            "ein": 1,
            "eine": 1,
            "einen": 1,
            "one": 1,
            "two": 2,
            "three": 3,
        }.get(span[1] or "a")
        if span[2] in SPANS:
            return today + timedelta(days=SPANS[span[2]] * (number or int(span[1])))
    return None


def _weekday(text: str, today: date) -> date | None:
    found = [day for name, day in DAYS.items() if len(text) >= SHORTEST and name.startswith(text)]
    if not found:
        return None
    ahead = (found[0] - today.weekday() - 1) % 7 + 1
    return today + timedelta(days=ahead)


def _in_numbers(text: str, today: date) -> date | None:
    if iso := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    if short := re.fullmatch(r"(\d{1,2})\s*[./]\s*(\d{1,2})(?:\s*[./]\s*(\d{4}))?", text):
        return _coming(int(short[1]), int(short[2]), short[3], today)
    return None


def _in_words(text: str, today: date) -> date | None:
    found = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s*(?:of\s+)?([a-z]{3,9})", text)
    if found is None:
        turned = re.fullmatch(r"([a-z]{3,9})\s*(\d{1,2})(?:st|nd|rd|th)?", text)
        if turned is None:
            return None
        day, month = turned[2], turned[1]
    else:
        day, month = found[1], found[2]
    if month[:3] not in MONTHS:
        return None
    return _coming(int(day), MONTHS.index(month[:3]) + 1, None, today)


def _coming(day: int, month: int, year: str | None, today: date) -> date | None:
    if year:
        return _date(int(year), month, day)
    found = _date(today.year, month, day)
    return found if found is None or found > today else _date(today.year + 1, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
