"""Replicas that died: what they had in work waits for no lease."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

from bot.storage.listening import is_dead
from bot.storage.tables import inbox, letter, task

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def bury(connection: sa.Connection, worker: str, taken_before: datetime) -> None:
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
