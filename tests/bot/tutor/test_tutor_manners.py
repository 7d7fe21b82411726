"""Whatever is done, in whatever order: what the tutor does of its own accord keeps its manners."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from acting import days, moves, spend
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tutor_chat import Chat
from tutor_course import FINISHABLE, LONG

from bot.tutor.events import Announced, DropDue, Idle, TaskDone
from bot.tutor.learner import Answering
from bot.tutor.turn import Lane, Say

OF_THE_WORLD = (Announced, DropDue, Idle, TaskDone)
NOTICE = "people behind this tutor"  # the operator's words are none of the tutor's own
MID_DROP, WEEK = timedelta(hours=3), timedelta(days=7)


@dataclass
class Push:
    say: object
    local: object  # the moment, by the learner's clock
    before: object  # the learner, when the clock knocked


@dataclass
class Watched(Chat):
    pushes: list = field(default_factory=list)
    unanswered: int = 0
    drops: Counter = field(default_factory=Counter)  # by local date

    def event(self, event):
        before = self.learner
        turn = super().event(event)
        if turn.delivered and before.rhythm:
            self.drops[self.now.astimezone(ZoneInfo(before.rhythm.zone)).date()] += 1
        if not isinstance(event, OF_THE_WORLD):
            self.unanswered = 0
        if isinstance(event, DropDue):
            self._watch(turn, before)
        return turn

    def _watch(self, turn, before):
        said = [say for say in turn.says if isinstance(say, Say) and NOTICE not in say.text]
        for say in (one for one in said if one.lane in (Lane.DROP, Lane.REMINDER)):
            local = self.now.astimezone(ZoneInfo(before.rhythm.zone))
            self.pushes.append(Push(say, local, before))
            self.unanswered += 1
            assert self.unanswered <= 4  # three, and the word that it will be quiet


def lived(course, events):
    chat = Watched(course)
    chat.start()
    chat.finish_drop()
    chat.type("Berlin")
    chat.type("yes")
    chat.type("18:30")
    for what, value in events:
        spend(chat, what, value)
    return chat


lives = pytest.mark.parametrize("course", [LONG, FINISHABLE], ids=["long", "short"])
anything = given(st.lists(days(), max_size=25))
often = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@lives
@often
@given(st.lists(moves("pass", "down", "drop"), min_size=8, max_size=25))
def test_nothing_sounds_at_night_but_at_the_hour_that_was_chosen(course, events):
    for push in lived(course, events).pushes:
        hour = time.fromisoformat(push.before.rhythm.hour)
        begin = push.local.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)
        since = (push.local - begin) % timedelta(days=1)
        by_day = time(8) <= push.local.time() < time(21)
        assert push.say.silent or by_day or since < timedelta(hours=1)


@lives
@often
@anything
def test_nobody_is_interrupted_in_the_midst_of_a_step(course, events):
    for push in lived(course, events).pushes:
        is_open = isinstance(push.before.stage, Answering)
        assert not is_open or push.local - push.before.active >= MID_DROP


@often
@given(st.lists(moves("travel", "drop", "drop", "pass"), min_size=8, max_size=25))
def test_two_drops_are_the_most_on_any_date_wherever_one_travels(events):
    assert all(count <= 2 for count in lived(LONG, events).drops.values())


@often
@given(st.lists(days(), max_size=25), st.integers(1, 200))
def test_after_the_path_no_week_has_three_pushes(events, days):
    chat = lived(FINISHABLE, [*FINISHING, *events, ("pass", 24 * days)])
    after = [push.local for push in chat.pushes if push.before.completed]
    for first, third in zip(after, after[2:], strict=False):
        assert third - first >= WEEK


FINISHING = [("pass", 30), ("drop", 0), ("drop", 0)]
