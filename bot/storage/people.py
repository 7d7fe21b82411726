"""What is kept about a learner: shown, handed over, erased, counted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.storage import packing, posting
from bot.storage.pulse import LATE
from bot.storage.tables import (
    attempt,
    chat_pause,
    delivery,
    inbox,
    letter,
    slot,
    task,
)
from bot.storage.tables import learner as learners
from bot.tutor.events import UserId
from bot.tutor.learner import Learner

SHOWN = 50  # disputed answers and reports in the statistics
is_report = attempt.c.family == packing.REPORT
is_disputed = sa.and_(~is_report, attempt.c.detail["disputed"].as_boolean())
is_attempt = sa.and_(~is_report, sa.not_(attempt.c.detail["disputed"].as_boolean()))


def learner(connection: sa.Connection, user: UserId) -> Learner | None:
    found = _row(connection, user)
    return packing.unpack_learner(found) if found else None


def _row(connection: sa.Connection, user: UserId) -> sa.RowMapping | None:
    whose = sa.select(learners).where(learners.c.user_id == user)
    return connection.execute(whose).mappings().first()


def export(connection: sa.Connection, user: UserId) -> dict[str, Any] | None:
    row = _row(connection, user)
    if row is None:
        return None
    known = packing.converter.unstructure(packing.unpack_learner(row))
    reviews = known.pop("cards", [])
    return {
        "learner": {**known, "met_at": row["met_at"].isoformat()},
        "drops": _drops(connection, user),
        "attempts": _attempts(connection, user),
        "reviews": reviews,
    }


def _drops(connection: sa.Connection, user: UserId) -> list[dict[str, Any]]:
    own = sa.select(delivery).where(delivery.c.user_id == user).order_by(delivery.c.id)
    return [
        {
            "lesson": row["lesson"],
            "delivered_at": row["delivered_at"] and row["delivered_at"].isoformat(),
            "finished_at": row["finished_at"] and row["finished_at"].isoformat(),
        }
        for row in connection.execute(own).mappings()
    ]


def _attempts(connection: sa.Connection, user: UserId) -> list[dict[str, Any]]:
    own = sa.select(attempt).where(attempt.c.user_id == user).order_by(attempt.c.id)
    return [
        {
            "lesson": row["lesson"],
            "exercise": row["exercise"],
            "text": row["detail"]["text"],
            "verdict": row["family"],
            "kind": row["kind"],
            "misconception": row["slip"] or None,
            "values": row["detail"].get("values", {}),
            "disputed": row["detail"].get("disputed", False),
            "at": row["at"].isoformat(),
        }
        for row in connection.execute(own).mappings()
    ]


def forget(connection: sa.Connection, user: UserId) -> bool:
    """What waits in the inbox stays: it came after the wish, or is the wish itself."""
    posting.forget(connection, user)
    row = _row(connection, user)
    if row is None:
        return False
    for table in (learners, attempt, delivery):
        connection.execute(sa.delete(table).where(table.c.user_id == user))
    for table in (letter, slot, chat_pause, task):
        connection.execute(sa.delete(table).where(table.c.chat == row["chat"]))
    _forget_arrivals(connection, row["chat"])
    return True


def _forget_arrivals(connection: sa.Connection, chat: int) -> None:
    """Of an update only its number stays, so that it is not taken for a new one."""
    over = sa.and_(inbox.c.chat == chat, inbox.c.done_at.is_not(None))
    connection.execute(sa.delete(inbox).where(over, inbox.c.number.is_(None)))
    nobody = {"chat": 0, "person": None, "event": None, "tap": "", "trace": None}
    connection.execute(sa.update(inbox).where(over).values(**nobody))


def stats(connection: sa.Connection, now: datetime) -> dict[str, Any]:
    due = learners.c.next_drop <= now
    return {
        "learners": _count(connection, learners),
        "scheduled": _count(connection, learners, learners.c.next_drop.is_not(None)),
        "due": _count(connection, learners, due),
        "late": _count(connection, learners, learners.c.next_drop <= now - LATE),
        "inbox": _count(connection, inbox, inbox.c.done_at.is_(None)),
        "aside": _count(connection, inbox, inbox.c.trace.is_not(None)),
        "outbox": _count(connection, letter, letter.c.done_at.is_(None)),
        "drops_delivered": _count(connection, delivery, delivery.c.delivered_at.is_not(None)),
        "drops_finished": _count(connection, delivery, delivery.c.finished_at.is_not(None)),
        "attempts": _by_verdict(connection),
        "disputed": _told(connection, is_disputed),
        "reported": _told(connection, is_report),
        "exercise_slips": _slips(connection),
    }


def _told(connection: sa.Connection, which: sa.ColumnElement[bool]) -> list[dict[str, str]]:
    """What learners said about the course, the latest first; nobody is named."""
    latest = sa.select(attempt).where(which).order_by(attempt.c.id.desc()).limit(SHOWN)
    return [
        {
            "lesson": row["lesson"],
            "exercise": row["exercise"],
            "text": row["detail"]["text"],
            "expected": row["detail"].get("expected", ""),
        }
        for row in connection.execute(latest).mappings()
    ]


def _count(connection: sa.Connection, table: sa.Table, *which: sa.ColumnElement[bool]) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(table).where(*which)) or 0


def _by_verdict(connection: sa.Connection) -> dict[str, int]:
    """A claim to be right is about an attempt that is counted already."""
    counted = sa.select(attempt.c.family, sa.func.count()).where(is_attempt)
    counted = counted.group_by(attempt.c.family)
    return {row[0]: row[1] for row in connection.execute(counted)}


def _slips(connection: sa.Connection) -> dict[str, dict[str, int]]:
    """Where the course hurts: by exercise, how often each slip was made."""
    counted = (
        sa.select(attempt.c.exercise, attempt.c.slip, sa.func.count())
        .where(attempt.c.family == "wrong", is_attempt)
        .group_by(attempt.c.exercise, attempt.c.slip)
        .order_by(attempt.c.exercise, attempt.c.slip)
    )
    found: dict[str, dict[str, int]] = {}
    for exercise, slip, times in connection.execute(counted):
        found.setdefault(exercise, {})[slip or "unexplained"] = times
    return found
