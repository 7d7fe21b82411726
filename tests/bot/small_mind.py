"""A tutor in forty lines, so that turns can be tested without a course; and judges to try."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

from bot.turns.judge import FIRST
from bot.tutor.events import Answered, Commanded, DropDue, Tapped, TaskDone, Typed
from bot.tutor.learner import Answering, Learner
from bot.tutor.respond import Judging
from bot.tutor.turn import Attempt, Lane, Say, Task, Toast, Turn
from engine.question import Question, Verdict

BOOM = "boom"
HALF = Question("1/2")


class SmallMind:
    """Repeats what it hears; while an exercise is open, a text is an answer to it."""

    def meet(self, person):
        return Learner(person.user, person.name, person.language, 0, "path")

    def to_judge(self, learner, event):
        if isinstance(learner.stage, Answering) and isinstance(event, Typed):
            return Judging(learner.stage.exercise, HALF, event.text)
        return None

    def respond(self, learner, event, now):  # noqa: PLR0911 - one return an event
        match event:
            case Typed(text=text) if text == BOOM:
                raise ZeroDivisionError(f"what {learner.name} typed breaks the tutor")
            case Typed(text=text):
                return Turn(replace(learner, told=(*learner.told, text)), (Say(f"heard {text}"),))
            case Answered(exercise=exercise, text=text, verdict=verdict):
                attempt = Attempt("lesson", exercise, text, verdict, now)
                told = (*learner.told, f"{exercise} {text}")
                return Turn(replace(learner, told=told), (Say(verdict.family),), (attempt,))
            case Commanded(command="open", rest=exercise):
                return Turn(
                    replace(learner, stage=Answering("lesson", exercise, {})),
                    (Say("1/2?", lane=Lane.EXERCISE),),
                    delivered="lesson",
                )
            case Commanded(command="forget"):
                return Turn(None, (Say("All gone."),))
            case Commanded(command="export"):
                return Turn(learner, tasks=(Task("export", {"as": "json"}),))
            case Tapped(data=data):
                return Turn(learner, (Toast(data),) if data else ())
            case DropDue(local_date=day):
                return Turn(replace(learner, last_drop=day), (Say(f"{day}", lane=Lane.DROP),))
            case TaskDone(task=task, result=result):
                return Turn(learner, (Say(f"{task} {result}"),))
        return Turn(learner)


def by_equality(question, text):
    return Verdict("right" if text == question.expect else "wrong", "exact", text)


def demanding(question, text):
    """A check that some texts bring down."""
    if text == "slow":
        time.sleep(60)
    if text == "big":
        return Verdict("right", str(len(bytes(1 << 31))))
    if text == "broken":
        raise ZeroDivisionError(text)
    return by_equality(question, text)


def at_home(question, text):
    """The next to be called dies on its way where the home is closed, and leaves it open."""
    closed = Path(os.environ["HOME"], "closed")
    if text == FIRST[1] and closed.exists():
        closed.unlink()
        raise SystemExit
    return by_equality(question, text)


def environment(_question, _text):
    return Verdict("right", "exact", " ".join(os.environ))
