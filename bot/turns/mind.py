"""The mind as turns need it: three questions to the tutor, with the course in hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.tutor import respond
from bot.tutor.events import Event, Person
from bot.tutor.learner import Learner
from bot.tutor.turn import Turn
from lessons.course import Course


class Mind(Protocol):
    def meet(self, person: Person) -> Learner: ...

    def to_judge(self, learner: Learner, event: Event) -> respond.Judging | None: ...

    def respond(self, learner: Learner, event: Event, now: datetime) -> Turn: ...


@dataclass(frozen=True, slots=True)
class Tutor:
    """The tutor of one course."""

    course: Course

    def meet(self, person: Person) -> Learner:
        return respond.meet(self.course, person)

    def to_judge(self, learner: Learner, event: Event) -> respond.Judging | None:
        return respond.to_judge(self.course, learner, event)

    def respond(self, learner: Learner, event: Event, now: datetime) -> Turn:
        return respond.respond(self.course, learner, event, now)
