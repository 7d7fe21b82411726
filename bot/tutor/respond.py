"""What the tutor does about an event: the learner before, the event and the moment give a Turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.tutor.events import Event
from bot.tutor.learner import Learner
from bot.tutor.turn import Turn
from engine.question import Question

if TYPE_CHECKING:
    from lessons.course import Course


@dataclass(frozen=True, slots=True)
class Judging:
    """A typed text that is to be judged, off the event loop, before it comes back as Answered."""

    key: str  # of the exercise that is open now
    question: Question
    text: str


def to_judge(course: Course, learner: Learner, event: Event) -> Judging | None:
    """What has to be judged before `respond` can be asked; None when nothing has."""
    del course, learner, event
    return None


def respond(course: Course, learner: Learner, event: Event, now: datetime) -> Turn:
    """Decide; nothing is done here."""
    del course, event, now
    return Turn(learner)
