"""Who is due: the learners' rows as the scheduler sees them, and the claim that makes arrivals."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from bot.storage import inbox
from bot.storage.tables import fact
from bot.storage.tables import learner as learners
from bot.storage.writing import put
from bot.tutor.events import Arrival, ChatId, DropDue, UserId
from bot.tutor.learner import EVERY_DAY, Rhythm
from bot.tutor.rhythm.pacing import DAY, Knock, knock, next_time, same_drop

log = logging.getLogger(__name__)

BATCH = 200  # rows a claim: 8 ms of SQLite's write lock
SHIFT = timedelta(hours=3)  # no edition of the time zones moves a clock farther
ZONES = "iana"  # the fact that tells under which time zones next_drop was reckoned
COLUMNS = tuple(
    learners.c[name] for name in ("user_id", "chat", "zone", "hour", "days", "next_drop")
)
BY_USER = learners.c.user_id == sa.bindparam("whose")


@dataclass(frozen=True, slots=True)
class Due:
    """A learner's row, as far as the clock is concerned."""

    user: UserId
    chat: ChatId
    rhythm: Rhythm
    next_drop: datetime | None  # of a claimed row: when it was due


def claim(connection: sa.Connection, now: datetime, limit: int = BATCH) -> list[Due]:
    """Takes the due: their next_drop moves on and their DropDue waits in the inbox."""
    claimed = [_due(row) for row in connection.execute(due_query(now, limit))]
    if claimed:
        knocks = [_knock(one.rhythm, one.next_drop, now) for one in claimed]
        _advance(connection, [(d.user, k.next_drop) for d, k in zip(claimed, knocks, strict=True)])
        inbox.accept(
            connection, [_arrival(d, k, now) for d, k in zip(claimed, knocks, strict=True)]
        )
    return claimed


def due_query(now: datetime, limit: int) -> sa.Select[Any]:
    return (
        sa.select(*COLUMNS)
        .where(learners.c.next_drop <= now)
        .order_by(learners.c.next_drop)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )


def _due(row: sa.Row[Any]) -> Due:
    hour_of = Rhythm(row.zone or "UTC", row.hour or "00:00", row.days or EVERY_DAY)
    return Due(UserId(row.user_id), ChatId(row.chat), hour_of, row.next_drop)


@lru_cache(maxsize=1024)  # a thousand learners of one city share a moment
def _knock(rhythm: Rhythm, due: datetime, now: datetime) -> Knock:
    if is_readable(rhythm):
        return knock(rhythm, due, now)
    log.warning("unreadable rhythm %r: the next drop comes in a day", rhythm)
    return Knock(due.astimezone(UTC).date(), now + DAY)


@lru_cache(maxsize=1024)
def is_readable(rhythm: Rhythm) -> bool:
    """Whether this version knows the zone and the hour of a row."""
    try:
        next_time(rhythm, datetime(2026, 1, 1, tzinfo=UTC))
    except (KeyError, ValueError):
        return False
    return True


def _advance(connection: sa.Connection, moves: Sequence[tuple[UserId, datetime | None]]) -> None:
    connection.execute(
        sa.update(learners).where(BY_USER).values(next_drop=sa.bindparam("moment")),
        [{"whose": user, "moment": moment} for user, moment in moves],
    )


def _arrival(due: Due, came: Knock, now: datetime) -> Arrival:
    assert due.next_drop is not None
    key = f"drop:{due.user}:{came.local_date}"
    if not _keeps_its_hour(
        due.rhythm, due.next_drop
    ):  # moved to another hour: a second on its date
        key += f"@{due.next_drop:%H:%M}"
    return Arrival(key, due.chat, None, DropDue(came.local_date), now)


@lru_cache(maxsize=1024)
def _keeps_its_hour(rhythm: Rhythm, moment: datetime) -> bool:
    return not is_readable(rhythm) or same_drop(rhythm, moment) is not None


def earliest(connection: sa.Connection) -> datetime | None:
    is_set = learners.c.next_drop.is_not(None)
    first = sa.select(learners.c.next_drop).where(is_set).order_by(learners.c.next_drop).limit(1)
    found: datetime | None = connection.scalar(first)
    return found


def one(connection: sa.Connection, user: UserId) -> Due | None:
    """None for a stranger, and for a learner who has not yet said when."""
    whose = sa.select(*COLUMNS).where(learners.c.user_id == user, learners.c.zone.is_not(None))
    row = connection.execute(whose).first()
    return _due(row) if row else None


def everyone(connection: sa.Connection) -> list[Due]:
    whose = sa.select(*COLUMNS).where(learners.c.zone.is_not(None))
    in_order = whose.order_by(learners.c.next_drop.is_(None), learners.c.next_drop)
    return [_due(row) for row in connection.execute(in_order)]


def change(
    connection: sa.Connection, user: UserId, rhythm: Rhythm | None, next_drop: datetime | None
) -> bool:
    """Sets when a learner's drops come; whether there is such a learner."""
    when = {
        "zone": rhythm and rhythm.zone,
        "hour": rhythm and rhythm.hour,
        "days": rhythm and rhythm.days,
        "next_drop": next_drop,
    }
    changed = sa.update(learners).where(learners.c.user_id == user).values(**when)
    return connection.execute(changed).rowcount == 1


def stop_all(connection: sa.Connection) -> None:
    nothing = dict.fromkeys(("zone", "hour", "days", "next_drop"))
    connection.execute(sa.update(learners).values(**nothing))


def zones_known(connection: sa.Connection) -> str | None:
    return connection.scalar(sa.select(fact.c.value).where(fact.c.name == ZONES))


def know_zones(connection: sa.Connection, version: str) -> None:
    put(connection, fact, {"name": ZONES, "value": version})


def reckon_again(connection: sa.Connection, after: int, limit: int, now: datetime) -> int | None:
    """Moves next_drop where a new edition of the time zones does; the last user id looked at."""
    rows = connection.execute(
        sa.select(*COLUMNS)
        .where(learners.c.user_id > after, learners.c.next_drop > now)
        .order_by(learners.c.user_id)
        .limit(limit)
        .with_for_update()
    ).all()
    moves = list(_moved([_due(row) for row in rows], now))
    if moves:
        _advance(connection, moves)
    return rows[-1].user_id if rows else None


@lru_cache(maxsize=1024)
def _reckoned_anew(rhythm: Rhythm, moment: datetime) -> datetime | None:
    return same_drop(rhythm, moment, SHIFT) if is_readable(rhythm) else None


def _moved(dues: Sequence[Due], now: datetime) -> Iterator[tuple[UserId, datetime]]:
    for due in dues:
        assert due.next_drop is not None
        moment = _reckoned_anew(due.rhythm, due.next_drop)
        if moment and moment > now and moment != due.next_drop:
            yield due.user, moment
