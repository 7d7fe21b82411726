"""The private side of a group's net: a seat's question, its answer, the way there and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import TypeAlias

from bot.tutor import putting, respond
from bot.tutor.events import Answered, Commanded, Event, Started, Tapped, Typed
from bot.tutor.group.telling import question_of, told, verdict_of
from bot.tutor.hearing import meaning
from bot.tutor.learner import Answering, Desk, Learner, New
from bot.tutor.scene import Scene
from bot.tutor.turn import Button, Lane, Post, React, Toast, Turn, Unbutton, Utterance
from bot.tutor.visits import Asked, Knocked, OfADesk, Overheard, Relieved, Told, Wired
from engine.question import Verdict
from lessons.course import Course

Heard: TypeAlias = Event | OfADesk

PREFIX, LINK = "desk/", "g_"
NEVER = datetime.min.replace(tzinfo=UTC)  # what is meant does not hang on the moment
GRADED = ("right", "wrong", "partial")


def to_judge(course: Course, learner: Learner, event: Heard) -> respond.Judging | None:
    """What is typed at an open seat is judged by that seat's question."""
    desk = _open(learner)
    if isinstance(event, Overheard) and (desk is None or desk.group != event.group):
        return respond.to_judge(course, learner, Typed(event.text, 0))
    if desk is None or not isinstance(event, Typed | Overheard):
        return None if not isinstance(event, Typed) else respond.to_judge(course, learner, event)
    typed = Typed(event.text, event.message)
    if meaning(Scene(course, _answering_nothing(learner), NEVER), typed) != "other":
        return None  # a question, a command, a setting: never an answer
    return respond.Judging(_key(desk), desk.question, event.text)


def _answering_nothing(learner: Learner) -> Learner:
    return replace(learner, stage=New())


def _key(desk: Desk) -> str:
    return f"{PREFIX}{desk.group}/{desk.key}/{'mend' if desk.mend else ''}"


def _open(learner: Learner) -> Desk | None:
    return next((desk for desk in learner.desks if desk.open), None)


def hears(  # noqa: PLR0911 - one an event
    course: Course, learner: Learner, event: Heard, now: datetime
) -> Turn:
    """Every event of a learner's comes by here; what is not meant for a seat goes on."""
    scene = Scene(course, learner, now)
    match event:
        case Asked() | Relieved() | Told():
            return _from_the_group(scene, event)
        case Overheard(text=text):
            return _without_reactions(_said_aloud(scene, Typed(text, 0)))
        case Answered(message=0):
            return _without_reactions(_said_aloud(scene, event))
        case Answered(exercise=exercise) if exercise.startswith(PREFIX):
            return _answered(scene, event)
        case Tapped(data) if data.startswith(PREFIX):
            return _tapped(scene, event)
        case Started(payload) if payload.startswith(LINK):
            post = Post(payload.removeprefix(LINK), Knocked(learner.user, learner.finished))
            return Turn(learner, posts=(post,))
        case Started() | Commanded() | Tapped():
            return respond.respond(course, _aside(learner), event, now)
        case _:
            return respond.respond(course, learner, event, now)


def _aside(learner: Learner) -> Learner:
    """Their own drop is what they want now; the seat keeps."""
    return replace(learner, desks=tuple(replace(desk, open=False) for desk in learner.desks))


def _from_the_group(scene: Scene, event: Asked | Relieved | Told) -> Turn:
    learner = scene.learner
    match event:
        case Asked():
            return _asked(scene, event)
        case Relieved(group, key):
            return Turn(replace(learner, desks=_without(learner, group, key)))
        case Told():
            said = told(scene, event)
            if event.what in ("welcome", "with", "ahead", "behind"):
                begun = respond.respond(scene.course, learner, Started(), scene.now)
                return replace(begun, says=(said, *begun.says))
            return Turn(learner, (said,))


def _without(learner: Learner, group: str, key: str) -> tuple[Desk, ...]:
    return tuple(desk for desk in learner.desks if (desk.group, desk.key) != (group, key))


def _asked(scene: Scene, event: Asked) -> Turn:
    """Announced without a sound; opened at once where they came for it, or were at it."""
    learner = scene.learner
    known = next((d for d in learner.desks if (d.group, d.key) == (event.group, event.key)), None)
    opens = event.opened or (known is not None and known.open)
    desk = Desk(
        event.group, event.key, event.task, event.values, event.question,
        event.title, event.mend, opens, event.back,
    )  # fmt: skip
    others = _without(_aside(learner) if opens else learner, event.group, event.key)
    learner = replace(learner, desks=(*others, desk))
    scene = replace(scene, learner=learner)
    if opens:
        return Turn(learner, (question_of(scene, desk),))
    button = scene.button("desk-open", f"{PREFIX}{event.group}/{event.key}")
    first = "desk.waits" if event.task == "hidden" else "desk.goes-on"
    key = "desk.mend-waits" if event.mend else first
    said = scene.say(key, (button,), title=event.title)
    return Turn(learner, (replace(said, silent=True, lane=Lane.DROP),))


def _tapped(scene: Scene, event: Tapped) -> Turn:
    group, _, key = event.data.removeprefix(PREFIX).partition("/")
    gone = Unbutton(event.message)
    if key == "later":
        learner = _aside(scene.learner)
        return Turn(learner, (gone, *_back_to_the_drop(replace(scene, learner=learner))))
    found = next((d for d in scene.learner.desks if (d.group, d.key) == (group, key)), None)
    if found is None:
        return Turn(scene.learner, (Toast(scene.words("desk.over")), gone))
    desk = replace(found, open=True)
    learner = replace(scene.learner, desks=(*_without(_aside(scene.learner), group, key), desk))
    return Turn(learner, (gone, question_of(replace(scene, learner=learner), desk)))


def _back_to_the_drop(scene: Scene) -> tuple[Utterance, ...]:
    ways = _to_other_seats(scene)
    if isinstance(scene.learner.stage, Answering):
        question = putting.put(scene, lead=scene.words("put.now"))
        return (replace(question, buttons=(*question.buttons, *ways)),)
    return (scene.say("desk.later", *ways),)


def _to_other_seats(scene: Scene) -> tuple[tuple[Button, ...], ...]:
    """The way to each seat that waits: its first button went with a tap."""
    seats = (desk for desk in scene.learner.desks if not desk.open)
    return tuple(
        (scene.button("desk-seat", f"{PREFIX}{desk.group}/{desk.key}", title=desk.title),)
        for desk in seats
    )


def _said_aloud(scene: Scene, event: Typed | Answered) -> Turn:
    """A reply in the group: answered here, with a kind word about where answers go."""
    if isinstance(event, Answered) and event.exercise.startswith(PREFIX):
        turn = _answered(scene, event)
    else:
        turn = respond.respond(scene.course, scene.learner, event, scene.now)
    return replace(turn, says=(scene.say("desk.overheard", text=event.text), *turn.says))


def _without_reactions(turn: Turn) -> Turn:
    """The message stands in another chat."""
    return replace(turn, says=tuple(one for one in turn.says if not isinstance(one, React)))


def _answered(scene: Scene, event: Answered) -> Turn:
    """On the wire as it was sent, right or not; a value that is to mend has to be right."""
    desk, learner = _open(scene.learner), scene.learner
    if desk is None or event.exercise != _key(desk):
        return Turn(learner)
    value = wire_value(event.verdict)
    right = event.verdict.family == "right"
    said = verdict_of(scene, desk, event.verdict, wired=value is not None)
    if value is None or (desk.mend and not right):
        return Turn(learner, (said,))
    posts = (Post(desk.group, Wired(learner.user, desk.key, value)),)
    if not right:
        return Turn(learner, (said,), posts=posts)
    learner = replace(learner, desks=_without(learner, desk.group, desk.key))
    ways = _to_other_seats(scene)
    if isinstance(learner.stage, Answering):
        ways = (*ways, (scene.button("desk-drop", "start"),))
    said = replace(said, buttons=(*said.buttons, *ways))
    return Turn(learner, (React(event.message, "👍"), said), posts=posts)


def wire_value(verdict: Verdict) -> str | None:
    """The number, or the row of numbers, that was read; None for all that no wire carries."""
    if verdict.family not in GRADED or verdict.read_as is None:
        return None
    text = verdict.read_as.strip()
    try:
        numbers = [str(Fraction(part.strip())) for part in text.strip("()").split(",")]
    except (ValueError, ZeroDivisionError):
        return None
    return f"({', '.join(numbers)})" if text.startswith("(") else numbers[0]
