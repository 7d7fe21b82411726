"""Arrivals with which process after process died: put aside, so that the rest goes on."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.storage import inbox
from bot.storage.tables import inbox as arrivals
from bot.storage.telling import InTheirs, tell

PATIENCE = timedelta(minutes=3)  # a machine that kills lets some live after a while
TRACE = f"{inbox.DEATHS} processes died with this arrival in work"


def condemn(connection: sa.Connection, says: InTheirs, now: datetime) -> int:
    """How many; the learner of each is told."""
    killers = sa.select(arrivals).where(
        inbox.waiting, arrivals.c.deaths >= inbox.DEATHS, arrivals.c.at <= now - PATIENCE
    )
    rows = connection.execute(killers.with_for_update(skip_locked=True)).mappings().all()
    for row in rows:
        aside = sa.update(arrivals).where(arrivals.c.id == row["id"])
        connection.execute(aside.values(done_at=now, trace=TRACE))
        arrival = inbox.read(connection, row, now)
        if arrival:
            tell(connection, arrival, says, now)
    return len(rows)
