"""What each button does; a tap on an old one is answered with what is open now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.tutor.asked import explaining, library
from bot.tutor.days import announcing, parting, pausing, returning
from bot.tutor.drop import (
    choosing,
    designing,
    helping,
    reporting,
    training,
    unaided,
    visiting,
    walking,
)
from bot.tutor.events import Tapped
from bot.tutor.learner import Answering, New, Resting
from bot.tutor.putting import put
from bot.tutor.rhythm import settings, settling
from bot.tutor.scene import Scene, after, tag_of
from bot.tutor.studio import bench
from bot.tutor.turn import Say, Toast, Turn, Unbutton

OPEN: Mapping[str, Callable[[Scene, str, int], Turn]] = {
    "pick": lambda scene, rest, _: choosing.pick(scene, rest),
    "undo": lambda scene, _r, _m: choosing.undo(scene),
    "hint": lambda scene, _r, _m: helping.hint(scene),
    "show": lambda scene, _r, _m: helping.show(scene),
    "leave": lambda scene, _r, _m: helping.leave(scene),
    "dispute": lambda scene, _r, _m: helping.dispute(scene),
    "table": lambda scene, rest, _: bench.choose(scene, rest),
    "build": lambda scene, rest, _: bench.build(scene, rest),
    "take": lambda scene, _r, _m: designing.take(scene),
    "train": lambda scene, _r, _m: training.begin(scene),
    "stop": lambda scene, _r, _m: training.stop(scene),
    "redesign": lambda scene, _r, _m: training.redesign(scene),
    "close": lambda scene, _r, _m: visiting.close(scene),
}  # these bear the open exercise's tag
ANY_TIME: Mapping[str, Callable[[Scene, str], Turn | None]] = {
    "start": lambda scene, _: announcing.begin(scene),
    "more": lambda scene, _: announcing.begin(scene),
    "later": lambda scene, _: announcing.tonight(scene),
    "tonight": lambda scene, _: announcing.tonight(scene),
    "in": lambda scene, _: announcing.in_an_hour(scene),
    "rest": lambda scene, _: announcing.rest_day(scene),
    "every": lambda scene, rest: announcing.every(scene, 2 if rest == "2" else 1),
    "pause": pausing.pause_for,
    "set": settings.tapped,
    "day": settings.toggle_day,
    "language": settings.choose_language,
    "hour": lambda scene, rest: settling.tapped(scene, "hour", rest),
    "clock": lambda scene, rest: settling.tapped(scene, "clock", rest),
    "zone": lambda scene, rest: settling.tapped(scene, "zone", rest),
    "library": library.tapped,
    "switch": library.switch,
    "report": reporting.tapped,
    "review": lambda scene, _: returning.review(scene),
    "unaided": lambda scene, _: unaided.begin(scene),
    "faq": explaining.faq_tapped,
    "harder": lambda scene, rest: _harder(scene, rest),  # noqa: PLW0108 - it stands below
    "forget": lambda scene, rest: (
        parting.forgotten(scene) if rest == "yes" else scene.turn(scene.say("forget.kept"))
    ),
}
KEEPS_BUTTONS = (
    "library",
    "faq",
    "hint",
    "set",
    "day",
    "language",
    "more",
    "harder",
    "report",
)  # to be tapped again


def tapped(scene: Scene, event: Tapped) -> Turn:
    what, _, rest = event.data.partition("/")
    turn = _for_open(scene, what, rest, event.message) if what in OPEN else None
    if what in ANY_TIME:
        turn = ANY_TIME[what](scene, rest)
    if turn is None:
        return stale(scene)
    first = () if _keeps_buttons(what, turn) else (Unbutton(event.message),)
    return replace(turn, says=(Toast(), *first, *turn.says))


def _keeps_buttons(what: str, turn: Turn) -> bool:
    """A message that is edited by its own buttons, or that may be tapped again."""
    boards = ("order/", bench.BOARD)
    edited = any(isinstance(said, Say) and said.slot.startswith(boards) for said in turn.says)
    return what in KEEPS_BUTTONS or edited


def _for_open(scene: Scene, what: str, rest: str, message: int) -> Turn | None:
    tag, _, argument = rest.partition("/")
    stage = scene.learner.stage
    if not isinstance(stage, Answering) or tag != tag_of(stage):
        return None
    return OPEN[what](scene, argument, message)


def _harder(scene: Scene, number: str) -> Turn | None:
    stage = scene.learner.stage
    lessons = {str(lesson.number): lesson for lesson in scene.path.lessons}
    if not isinstance(stage, Resting) or number not in lessons:
        return None
    if lessons[number].key not in scene.learner.finished:
        return None
    return walking.harder(scene, lessons[number])


def stale(scene: Scene) -> Turn:
    """A kind word, and what is open now."""
    toast = Toast(str(scene.words("tap.old")))
    if isinstance(scene.learner.stage, Answering):
        return scene.turn(toast, put(scene, lead=scene.words("put.now")))
    if isinstance(scene.learner.stage, New):
        return after(scene, scene.turn(toast), announcing.begin)
    return after(scene, scene.turn(toast), resting)


def resting(scene: Scene) -> Turn:
    """Where nothing is open: what comes next."""
    if scene.learner.rhythm is None:
        return settling.ask_time(scene)
    if scene.next_lesson is None:
        row = (scene.button("review", "review"), scene.button("library", "library"))
        return scene.turn(scene.say("next.nothing-open", row))
    return settling.tell_next(scene)
