"""The mind as turns need it: three questions to the tutor, with the course in hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.tutor import respond
from bot.tutor.events import AnyEvent, InGroup, Person
from bot.tutor.group import desk
from bot.tutor.learner import Learner
from bot.tutor.turn import Turn
from bot.tutor.visits import OfAGroup
from lessons.course import Course


class Mind(Protocol):
    def meet(self, person: Person) -> Learner: ...

    def to_judge(self, learner: Learner, event: AnyEvent) -> respond.Judging | None: ...

    def respond(self, learner: Learner, event: AnyEvent, now: datetime) -> Turn: ...


@dataclass(frozen=True, slots=True)
class Tutor:
    """The tutor of one course, which may be told in other languages too."""

    course: Course
    told_in: Mapping[str, Course] = field(default_factory=dict)  # by language

    def meet(self, person: Person) -> Learner:
        return respond.meet(self.course, person)

    def to_judge(self, learner: Learner, event: AnyEvent) -> respond.Judging | None:
        if isinstance(event, InGroup | OfAGroup):
            return None
        return desk.to_judge(self._course(learner), learner, event)

    def respond(self, learner: Learner, event: AnyEvent, now: datetime) -> Turn:
        if isinstance(event, InGroup | OfAGroup):
            return Turn(learner)  # a group's own, astray
        return desk.hears(self._course(learner), learner, event, now)

    def _course(self, learner: Learner) -> Course:
        return self.told_in.get(learner.language.split("-", 1)[0].lower(), self.course)
