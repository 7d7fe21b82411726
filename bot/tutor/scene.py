"""What a turn looks at: the course, the learner, the moment, and the words for them."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from bot.tutor import wording
from bot.tutor.learner import Answering, Learner, Resting, Waiting
from bot.tutor.turn import Button, Say, Turn, Utterance
from bot.tutor.wording import Html, Words
from lessons.course import Course, Drawn, Lesson, Path

ELSEWHERE = "UTC"  # until the learner has said where they are
KEPT = 12  # messages whose exercise is remembered
MID_DROP = timedelta(hours=3)  # so long after a sign of life nobody is interrupted
MORNING, NIGHT = time(8), time(21)  # outside them only an hour that the learner chose sounds


@dataclass(frozen=True, slots=True)
class Scene:
    """State in, moment in; `turn` gives a Turn out."""

    course: Course
    learner: Learner
    now: datetime  # UTC
    restored: dict[tuple[object, ...], Drawn] = field(default_factory=dict, compare=False)

    @property
    def words(self) -> Words:
        return wording.of(self.learner.language)

    @property
    def path(self) -> Path:
        return self.course.paths[self.learner.path]

    @property
    def zone(self) -> str:
        rhythm = self.learner.rhythm
        return rhythm.zone if rhythm else self.learner.zone or ELSEWHERE

    @property
    def local(self) -> datetime:
        return self.now.astimezone(ZoneInfo(self.zone))

    @property
    def today(self) -> date:
        return self.local.date()

    @property
    def answering(self) -> Answering:
        """The open exercise; only where one is open."""
        stage = self.learner.stage
        assert isinstance(stage, Answering), stage
        return stage

    @property
    def lesson(self) -> Lesson:
        return self.path.lesson(self.answering.lesson)

    @property
    def drawn(self) -> Drawn:
        """Restored once a turn, however often it is looked at."""
        from lessons.drawing.exercise import restore

        stage = self.answering
        key = (stage.lesson, stage.exercise, *stage.values.items())
        if key not in self.restored:
            self.restored[key] = restore(self.lesson, stage.exercise, stage.values)
        return self.restored[key]

    @property
    def next_lesson(self) -> Lesson | None:
        """The first lesson of the path that is not done; None after the last."""
        done = self.learner.finished
        return next((one for one in self.path.lessons if one.key not in done), None)

    @property
    def opened_today(self) -> int:
        """Also those of tomorrow's date, by whoever travelled west since."""
        return sum(day >= self.today for day in self.learner.opened)

    @property
    def is_night(self) -> bool:
        return not MORNING <= self.local.time() < NIGHT

    @property
    def is_late(self) -> bool:
        """At night, and not at the hour that the learner chose: as after an outage."""
        local, rhythm = self.local, self.learner.rhythm
        hour = time.fromisoformat(rhythm.hour) if rhythm else MORNING
        minutes = (local.hour - hour.hour) * 60 + local.minute - hour.minute
        return self.is_night and minutes % (24 * 60) >= 60

    @property
    def is_busy(self) -> bool:
        """In the midst of something: a step is open, and a sign of life came lately."""
        active = self.learner.active
        is_open = isinstance(self.learner.stage, Answering)
        return is_open and active is not None and self.now - active < MID_DROP

    def be(self, **changes: Any) -> Scene:
        return replace(self, learner=replace(self.learner, **changes))

    def work(self, **changes: Any) -> Scene:
        """The same with the open exercise changed."""
        return self.be(stage=replace(self.answering, **changes))

    def turn(self, *says: Utterance, **more: Any) -> Turn:
        return Turn(self.learner, tuple(says), **more)

    def say(self, key: str, *rows: tuple[Button, ...], pick: int = 0, **values: Any) -> Say:
        return Say(self.words(key, pick, **values), tuple(row for row in rows if row))

    def button(self, key: str, tap: str, **values: Any) -> Button:
        """A button whose label is plain text: Telegram reads no markup there."""
        return Button(plain(self.words(f"button.{key}", **values)), tap)


Step: TypeAlias = Callable[[Scene], Turn]


def after(scene: Scene, turn: Turn, step: Step) -> Turn:
    """What `turn` says, and then what the step does with the learner that it left."""
    assert turn.learner is not None
    more = step(replace(scene, learner=turn.learner))
    return Turn(
        more.learner,
        turn.says + more.says,
        turn.attempts + more.attempts,
        turn.tasks + more.tasks,
        more.delivered or turn.delivered,
        more.finished or turn.finished,
    )


def key_of(stage: Answering) -> str:
    """The open exercise's key: lesson, exercise and draw."""
    return f"{stage.lesson}/{stage.exercise}/{stage.draw}"


def tag_of(stage: Answering) -> str:
    """The key in eight letters, for the 64 bytes of a button."""
    return f"{zlib.crc32(key_of(stage).encode()):08x}"


def remember(learner: Learner, message: int, key: str) -> Learner:
    """Which exercise a message answered, so that a later edit of it is understood."""
    heard = tuple(pair for pair in learner.heard if pair[0] != message)
    return replace(learner, heard=(*heard, (message, key))[-KEPT:])


def is_paused(learner: Learner) -> bool:
    return learner.rhythm is not None and learner.next_drop is None


def waiting_lesson(learner: Learner) -> str | None:
    return learner.stage.lesson if isinstance(learner.stage, Waiting) else None


def rests(learner: Learner) -> bool:
    return isinstance(learner.stage, Resting)


def plain(text: Html) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
