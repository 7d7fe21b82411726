"""Processes that died: what they had in work is taken up; where replicas are, without a lease."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

from bot.storage import inbox as arrivals
from bot.storage import outbox, tasks
from bot.storage.listening import TAKING_UP, is_dead
from bot.storage.opening import BLINK
from bot.storage.tables import inbox, letter, task

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def take_up(connection: sa.Connection, worker: str, taken_before: datetime, now: datetime) -> None:
    """What others took before that moment, or died with, waits again.

    One replica at a time does it: two would lock the same rows, and each other.
    """
    if connection.dialect.name == "postgresql":
        if not connection.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(TAKING_UP))):
            return
        _bury(connection, worker, now - BLINK)
    arrivals.revive(connection, worker, taken_before)
    outbox.revive(connection, worker, taken_before, now)
    tasks.revive(connection, worker, taken_before)


def _bury(connection: sa.Connection, worker: str, taken_before: datetime) -> None:
    """Work of the dead becomes as old as can be, so that whoever revives takes it up.

    Only what was taken before that moment: a replica that lives may have lost its connection,
    and its lock with it, for the blink of an eye.
    """
    buried: dict[str, bool] = {}
    for table in (inbox, letter, task):
        theirs = sa.and_(
            table.c.done_at.is_(None), table.c.worker != worker, table.c.taken_at < taken_before
        )
        for other in connection.scalars(sa.select(table.c.worker).where(theirs).distinct()).all():
            if other not in buried:
                buried[other] = is_dead(connection, other)
            if buried[other]:
                aged = sa.update(table).where(theirs, table.c.worker == other)
                connection.execute(aged.values(taken_at=LONG_AGO))
