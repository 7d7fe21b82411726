"""What is kept about learners: one of them, and all of them counted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.storage import packing
from bot.storage.pulse import LATE
from bot.storage.tables import attempt, delivery, inbox, letter
from bot.storage.tables import learner as learners
from bot.tutor.events import UserId
from bot.tutor.learner import Learner

SHOWN = 50  # disputed answers and reports in the statistics
is_report = attempt.c.family == packing.REPORT
is_disputed = sa.and_(~is_report, attempt.c.detail["disputed"].as_boolean())
is_attempt = sa.and_(~is_report, sa.not_(attempt.c.detail["disputed"].as_boolean()))


def is_from(user: UserId, chat: int) -> sa.ColumnElement[bool]:
    """Of the inbox: what they did in their own chat, and in groups that speak to the bot."""
    theirs = inbox.c.person["user"].as_integer() == user
    return sa.or_(inbox.c.chat == chat, sa.and_(inbox.c.chat < 0, theirs))


def learner(connection: sa.Connection, user: UserId) -> Learner | None:
    found = row(connection, user)
    return packing.unpack_learner(found) if found else None


def row(connection: sa.Connection, user: UserId) -> sa.RowMapping | None:
    whose = sa.select(learners).where(learners.c.user_id == user)
    return connection.execute(whose).mappings().first()


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
