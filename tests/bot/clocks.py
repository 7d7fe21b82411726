"""A clock that tests move on, and what the scheduler made of it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from rows import EIGHT, rows_of

from bot.storage import tables
from bot.tutor.learner import Rhythm
from bot.tutor.rhythm.pacing import DAY, next_time


class Clock:
    """The machine's clock, moved on by what a test says."""

    def __init__(self):
        self.ahead = timedelta(0)

    def __call__(self):
        return datetime.now(UTC) + self.ahead


def drops(storage):
    return rows_of(storage, tables.inbox, "key")


def wait_for(condition, seconds=5.0):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.01)
    return condition()


def soon(clock, rhythm=EIGHT):
    return next_time(rhythm, clock())


def far(clock):
    """A rhythm whose hour is half a day away: no start moves a drop of just now to it."""
    return Rhythm("UTC", f"{clock() + DAY / 2:%H:%M}")


def next_drop(storage):
    return rows_of(storage, tables.learner, "next_drop")[0]
