"""A chat whose numbers come from a small stock: each is drawn, worded and judged only once."""

from __future__ import annotations

from dataclasses import dataclass

from tutor_chat import Chat

import lessons.drawing.exercise
from bot.tutor.events import Answered
from bot.tutor.respond import respond, to_judge
from engine import check

SEEDS, DRAWS = 4, 7  # learners' seeds, and fresh numbers of each exercise
_drawn, _restored, _judged = {}, {}, {}
_draw, _restore = lessons.drawing.exercise.draw, lessons.drawing.exercise.restore


def draw(lesson, exercise, seed, fresh=0):
    key = (lesson.key, exercise, seed % SEEDS, fresh and 1 + fresh % DRAWS)
    if key not in _drawn:
        _drawn[key] = _draw(lesson, *key[1:])
    return _drawn[key]


def restore(lesson, exercise, values):
    key = (lesson.key, exercise, *sorted(values.items()))
    if key not in _restored:
        _restored[key] = _restore(lesson, exercise, values)
    return _restored[key]


def open_the_stock():
    """For the rest of this process, which does nothing else."""
    lessons.drawing.exercise.draw, lessons.drawing.exercise.restore = draw, restore


@dataclass
class Stocked(Chat):
    """The same shell without the rows: that those come back as they were is tested elsewhere."""

    def event(self, event):
        turn = respond(self.course, self.learner, self.judge(event), self.now)
        self.turns.append(turn)
        self.learner = turn.learner
        self.says = list(turn.says)
        for said in turn.says:
            self.show(said)
        return turn

    def judge(self, event):
        wanted = to_judge(self.course, self.learner, event)
        if wanted is None:
            return event
        key = (wanted.text, repr(wanted.question))
        if key not in _judged:
            _judged[key] = check(wanted.question, wanted.text)
        return Answered(wanted.key, wanted.text, _judged[key], event.message, event.edited)
