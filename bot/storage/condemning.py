"""Arrivals with which process after process died: put aside, so that the rest goes on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.storage import inbox, outbox
from bot.storage.tables import inbox as arrivals
from bot.tutor.events import Blocked
from bot.tutor.turn import Utterance

DEATHS = 5  # of processes that had it in work
TRACE = f"{DEATHS} processes died with this arrival in work"


def condemn(connection: sa.Connection, says: Sequence[Utterance], now: datetime) -> int:
    """How many; the learner of each is told."""
    killers = sa.select(arrivals).where(inbox.waiting, arrivals.c.deaths >= DEATHS)
    rows = connection.execute(killers.with_for_update(skip_locked=True)).mappings().all()
    for row in rows:
        aside = sa.update(arrivals).where(arrivals.c.id == row["id"])
        connection.execute(aside.values(done_at=now, trace=TRACE))
        arrival = inbox.read(connection, row, now)
        if arrival and not isinstance(arrival.event, Blocked):
            outbox.write(connection, arrival, says, now)
    return len(rows)
