"""The clock knocks: a drop is announced, or waits, or the tutor goes quiet; and moving it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.tutor.days import returning
from bot.tutor.drop import unaided, walking
from bot.tutor.learner import Answering, New, Waiting
from bot.tutor.putting import put
from bot.tutor.rhythm.pacing import next_time
from bot.tutor.rhythm.settling import first_after, tell_next, when_of
from bot.tutor.scene import Scene, after, is_paused
from bot.tutor.turn import Button, Lane, Say, Turn
from lessons.course import Lesson

SILENT_AFTER = 3  # unanswered announcements
TONIGHT = time(20)
LAST_TONIGHT = time(18)  # later than this [Tonight] would mean now
HOUR = timedelta(hours=1)
KINDS = {1: "push.waits", 2: "push.offers"}  # by how many went unanswered


def due(scene: Scene, day: date) -> Turn:
    """The learner's hour has come. The clock may knock twice; a local day has one drop."""
    learner = scene.learner
    moved = learner.postponed is not None and learner.postponed <= scene.now
    if not moved and learner.last_drop is not None and day <= learner.last_drop:
        return scene.turn()
    if learner.rhythm is None or is_paused(learner) or isinstance(learner.stage, New):
        return scene.turn()
    scene = scene.be(last_drop=day, postponed=None, paused_until=None)
    if learner.every > 1 and learner.rhythm:
        later = day + timedelta(days=learner.every - 1)
        scene = scene.be(next_drop=next_time(learner.rhythm, scene.now, later))
    if not moved and day in learner.opened:
        return scene.turn()  # today's drop was fetched before its hour
    return _announced(scene)


def _announced(scene: Scene) -> Turn:
    learner, lesson = scene.learner, scene.next_lesson
    if isinstance(learner.stage, Answering) and not _aside(learner.stage):
        return _left_open(scene)
    if lesson is None:
        return returning.knocked(scene)
    if scene.is_busy:
        return _in_an_hour(scene)
    if not lesson.ready:
        return scene.turn()
    if isinstance(learner.stage, Waiting) and learner.unanswered:
        return _unanswered(scene, lesson.number)
    scene = _pushed(scene).be(stage=Waiting(lesson.key))
    return scene.turn(_push(scene, "push.ready", _moves(scene), lesson))


def _left_open(scene: Scene) -> Turn:
    """None mid-drop; a drop left half-way waits as an unopened one does."""
    return scene.turn() if scene.is_busy else _unanswered(scene, _number(scene))


def _in_an_hour(scene: Scene) -> Turn:
    """What is open is no drop, and is not taken from under anyone's hands for one."""
    moment = scene.now + HOUR
    return scene.be(postponed=moment, next_drop=moment).turn()


def _aside(stage: Answering) -> bool:
    """Whether what is open is no part of a drop: a harder one, a pass alone, a review."""
    return stage.role in ("harder", "unaided") or (stage.role == "warm-up" and not stage.then)


def _number(scene: Scene) -> int:
    stage = scene.answering
    return scene.path.lesson(stage.then or stage.lesson).number


def _unanswered(scene: Scene, number: int) -> Turn:
    count = scene.learner.unanswered
    if count >= SILENT_AFTER:
        scene = scene.be(quiet=True, next_drop=None)
        said = replace(scene.say("push.quiet", number=number), lane=Lane.REMINDER, silent=True)
        return scene.turn(said)
    scene = _pushed(scene)
    start = scene.button("start", "start")
    rest = scene.button("rest", "rest")
    row = (start, scene.button("later", "later"), rest)
    if count >= 2:
        row = (start, scene.button("every-2", "every/2"), scene.button("pause", "pause"))
    said = scene.say(KINDS.get(count, "push.waits"), row, number=number)
    return scene.turn(replace(said, lane=Lane.DROP, silent=scene.is_late))


def _pushed(scene: Scene) -> Scene:
    return scene.be(unanswered=scene.learner.unanswered + 1, announced=scene.now)


def _push(scene: Scene, key: str, row: tuple[Button, ...], lesson: Lesson) -> Say:
    said = scene.say(
        key, row[:2], row[2:], number=lesson.number, title=lesson.title, n=lesson.minutes
    )
    return replace(said, lane=Lane.DROP, silent=scene.is_late)


def _moves(scene: Scene) -> tuple[Button, ...]:
    tonight = (scene.button("tonight", "tonight"),) if scene.local.time() < LAST_TONIGHT else ()
    start, in_1_h = scene.button("start", "start"), scene.button("in-1-h", "in/1")
    return (start, in_1_h, *tonight, scene.button("rest", "rest"))


def welcome(scene: Scene) -> Turn:
    """A word, and the first question at once."""
    name = scene.learner.name.strip()
    key = "hello.named" if name else "hello.unnamed"
    hello = scene.say(key, name=name, n=len(scene.path.lessons))
    return after(scene, scene.turn(hello), begin)


def begin(scene: Scene) -> Turn:
    """[Start]: whatever is open or waits is here at once."""
    stage = scene.learner.stage
    scene = woken(scene.be(unanswered=0))
    if unaided.is_open(scene):
        return unaided.back(scene)
    if isinstance(stage, Answering):
        return scene.turn(put(scene, lead=scene.words("put.back")))
    lesson = scene.next_lesson
    if lesson is None:
        return returning.again(scene)
    if not lesson.ready:
        return tell_next(scene)
    if scene.opened_today >= 2:
        return after(scene, scene.turn(scene.say("drop.two-a-day")), tell_next)
    return walking.open_drop(scene, lesson)


def woken(scene: Scene) -> Scene:
    """Out of the quiet: the rhythm goes on from here."""
    learner = scene.learner
    if not learner.quiet or learner.rhythm is None:
        return scene
    scene = scene.be(quiet=False, unanswered=0)
    until = learner.paused_until
    if until and until > scene.today:
        return scene.be(next_drop=next_time(learner.rhythm, scene.now, until - timedelta(days=1)))
    return scene.be(next_drop=first_after(scene))


def move(scene: Scene, moment: datetime) -> Turn:
    """Today's drop comes at this moment instead."""
    if isinstance(scene.learner.stage, Answering) or scene.learner.rhythm is None:
        return begin(scene)
    scene = scene.be(postponed=moment, next_drop=moment, unanswered=0, quiet=False)
    return scene.turn(scene.say("push.moved", when=when_of(scene, moment)))


def in_an_hour(scene: Scene) -> Turn:
    return move(scene, scene.now + HOUR)


def tonight(scene: Scene) -> Turn:
    """At eight, or in an hour where eight is past."""
    eight = scene.local.replace(hour=TONIGHT.hour, minute=0, second=0, microsecond=0)
    later = eight.astimezone(scene.now.tzinfo)
    return move(scene, max(later, scene.now + HOUR))


def rest_day(scene: Scene) -> Turn:
    """Nothing more today; the drop keeps."""
    rhythm = scene.learner.rhythm
    if rhythm is None:
        return begin(scene)
    scene = scene.be(postponed=None, unanswered=0, quiet=False)
    moment = next_time(rhythm, scene.now, scene.today)
    scene = scene.be(next_drop=moment)
    return scene.turn(scene.say("push.rests", when=when_of(scene, moment)))


def every(scene: Scene, days: int) -> Turn:
    """A drop every day, or every second day."""
    rhythm = scene.learner.rhythm
    if rhythm is None:
        return begin(scene)
    scene = scene.be(every=days, unanswered=0, quiet=False)
    later = scene.today + timedelta(days=days - 1)
    moment = next_time(rhythm, scene.now, later)
    scene = scene.be(next_drop=moment)
    key = "every.second" if days == 2 else "every.day"
    return scene.turn(scene.say(key, when=when_of(scene, moment)))
