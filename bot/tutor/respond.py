"""What the tutor does about an event: the learner before, the event and the moment give a Turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import TypeAlias, assert_never

from bot.tutor import tapping
from bot.tutor.commands import command_of
from bot.tutor.days import announcing, noticing, parting
from bot.tutor.drop import answering, stepping, training
from bot.tutor.drop.walking import start
from bot.tutor.events import (
    Announced,
    Answered,
    Blocked,
    Commanded,
    DropDue,
    Event,
    Idle,
    Located,
    Person,
    Sent,
    Started,
    Tapped,
    TaskDone,
    TaskGoesOn,
    Typed,
    Unblocked,
)
from bot.tutor.hearing import meaning, typed
from bot.tutor.learner import Answering, Learner, New, Resting
from bot.tutor.rhythm import settling
from bot.tutor.scene import Scene, is_paused
from bot.tutor.turn import Turn
from engine.question import Question
from lessons.course import Course

OfTheLearner: TypeAlias = Started | Commanded | Typed | Answered | Tapped | Sent | Located
OfTheWorld: TypeAlias = DropDue | Announced | Idle | TaskDone | TaskGoesOn | Blocked | Unblocked


@dataclass(frozen=True, slots=True)
class Judging:
    """A typed text that is to be judged, off the event loop, before it comes back as Answered."""

    key: str  # of the exercise that is open now
    question: Question
    text: str


def meet(course: Course, person: Person) -> Learner:
    """A stranger, at the door of the first path."""
    seed = int.from_bytes(sha256(f"learner {person.user}".encode()).digest()[:6])
    return Learner(person.user, person.name, person.language, seed, next(iter(course.paths)))


def to_judge(course: Course, learner: Learner, event: Event) -> Judging | None:
    """What has to be judged before `respond` can be asked; None when nothing has."""
    if not isinstance(event, Typed) or not isinstance(learner.stage, Answering):
        return None
    scene = _in_this_course(Scene(course, learner, datetime.min.replace(tzinfo=UTC)))
    if not isinstance(scene.learner.stage, Answering) or meaning(scene, event) != "answer":
        return None
    key, question = stepping.to_be_judged(scene, event.text)
    return Judging(key, question, event.text)


def respond(course: Course, learner: Learner, event: Event, now: datetime) -> Turn:
    """Decide; nothing is done here."""
    scene = _in_this_course(Scene(course, learner, now))
    if isinstance(event, OfTheWorld):
        return _to_the_world(scene, event)
    return _to_the_learner(announcing.woken(scene.be(active=now, unanswered=0)), event)


def _to_the_learner(scene: Scene, event: OfTheLearner) -> Turn:  # noqa: PLR0911 - one an event
    match event:
        case Started():
            return _started(scene)
        case Commanded():
            return _commanded(scene, event)
        case Typed():
            return typed(scene, event)
        case Answered():
            return _answered(scene, event)
        case Tapped():
            return tapping.tapped(scene, event)
        case Sent(kind):
            if isinstance(scene.learner.stage, New):
                return announcing.welcome(scene)
            key = f"sent.{kind}"
            return scene.turn(scene.say(key if key in scene.words else "sent.anything"))
        case Located():
            return settling.located(scene, event.latitude, event.longitude)
        case _:
            assert_never(event)


def _to_the_world(scene: Scene, event: OfTheWorld) -> Turn:  # noqa: PLR0911 - one an event
    match event:
        case DropDue(day):
            return noticing.with_notices(scene, announcing.due(scene, day))
        case Announced(text):
            return noticing.announced(scene, text)
        case Idle():
            return parting.idle(scene)
        case Blocked() if is_paused(scene.learner):
            return scene.turn()  # a pause of their own outlives it
        case Blocked():
            return scene.be(next_drop=None, quiet=True).turn()
        case Unblocked():
            return announcing.woken(scene).turn()
        case TaskDone() | TaskGoesOn():
            return training.heard(scene, event)
        case _:
            assert_never(event)


def _started(scene: Scene) -> Turn:
    """The first question at once; later, whatever is open."""
    is_new = isinstance(scene.learner.stage, New)
    return announcing.welcome(scene) if is_new else announcing.begin(scene)


def _commanded(scene: Scene, event: Commanded) -> Turn:
    command = command_of(event.command.lower())
    if event.command.lower() == "start":
        return _started(scene)
    if command is None:
        return scene.turn(scene.say("command-unknown", command=event.command))
    return command.handler(scene, event.rest)


def _answered(scene: Scene, event: Answered) -> Turn:
    if not isinstance(scene.learner.stage, Answering):
        return typed(scene, Typed(event.text, event.message, event.edited))
    return answering.answered(scene, event)


def _in_this_course(scene: Scene) -> Scene:
    """An exercise that the course no longer has is left for the next one of its lesson."""
    from lessons.drawing.numbers import UndrawableError

    stage = scene.learner.stage
    if not isinstance(stage, Answering):
        return scene
    try:
        scene.drawn  # noqa: B018 - what it raises is what is asked
    except (KeyError, UndrawableError):
        return _moved_on(scene, stage)
    return scene


def _moved_on(scene: Scene, stage: Answering) -> Scene:
    """The same exercise with numbers that it can use; one that is gone gives way to the next."""
    if stage.role == "unaided":
        return scene.be(stage=Resting(scene.learner.finished[-1]), unaided=None)
    lessons = {lesson.key: lesson for lesson in scene.path.lessons}
    lesson = lessons.get(stage.lesson)
    if lesson and stage.exercise in lesson.exercises:
        kept = {"role": stage.role, "queue": stage.queue, "then": stage.then}
        return start(scene, lesson, stage.exercise, stage.draw + 1, **kept)
    lesson = lessons.get(stage.then) if stage.then else lesson
    if lesson is None or not lesson.core:
        return scene.be(stage=Resting(stage.lesson))
    place = min(scene.learner.answered, len(lesson.core) - 1)
    return start(scene, lesson, lesson.core[place].key)
