"""Arrivals for many at once: an announcement to everyone, a knock on those long idle."""

from __future__ import annotations

import hashlib
from datetime import datetime

import sqlalchemy as sa

from bot.storage import inbox
from bot.storage.tables import fact
from bot.storage.tables import learner as learners
from bot.storage.writing import put
from bot.tutor.days.parting import NOTICE, RETENTION
from bot.tutor.events import Announced, Arrival, ChatId, Idle

ANNOUNCED = "announced:"  # the fact that a text went out, and when
HOURS = 6  # between two knocks on one who is idle
IS_REACHED = learners.c.next_drop.is_not(None)  # neither paused, nor quiet, nor gone


def audience(connection: sa.Connection) -> int:
    return (
        connection.scalar(sa.select(sa.func.count()).select_from(learners).where(IS_REACHED)) or 0
    )


def announced_at(connection: sa.Connection, text: str) -> str | None:
    """When this text went out, if it did."""
    name = ANNOUNCED + _mark(text)
    return connection.scalar(sa.select(fact.c.value).where(fact.c.name == name))


def announce(connection: sa.Connection, text: str, now: datetime) -> int:
    """An arrival for each learner who has drops coming; 0 when this text went out before."""
    if announced_at(connection, text):
        return 0
    whose = sa.select(learners.c.user_id, learners.c.chat).where(IS_REACHED)
    arrivals = [
        Arrival(f"announce:{_mark(text)}:{user}", ChatId(chat), None, Announced(text), now)
        for user, chat in connection.execute(whose)
    ]
    if arrivals:
        put(connection, fact, {"name": ANNOUNCED + _mark(text), "value": now.isoformat()})
    inbox.accept(connection, arrivals)
    return len(arrivals)


def _mark(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def knock_on_idle(connection: sa.Connection, now: datetime) -> None:
    """On each of those whose latest sign of life is old enough for the notice.

    Several times a day, for none of it is said at night, and it is night somewhere at any hour.
    """
    long_ago = now - (RETENTION - NOTICE)
    latest = sa.func.coalesce(learners.c.state["active"].as_string(), "")
    idle = sa.select(learners.c.user_id, learners.c.chat).where(
        learners.c.met_at < long_ago, latest < long_ago.isoformat()
    )
    part = f"{now.date()}:{now.hour // HOURS}"
    inbox.accept(
        connection,
        [
            Arrival(f"idle:{user}:{part}", ChatId(chat), None, Idle(), now)
            for user, chat in connection.execute(idle)
        ],
    )
