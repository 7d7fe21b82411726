"""How much waits at this moment, and for how long: what a monitor asks every few seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.storage import outbox
from bot.storage.tables import inbox
from bot.storage.tables import learner as learners
from bot.tutor.turn import Lane

LATE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Pulse:
    due: int  # learners whose drop is due
    late: int  # of them, those who wait longer than LATE
    inbox: int  # arrivals that are not done
    oldest: float  # seconds that the oldest of them has waited
    lanes: Mapping[Lane, int]  # letters that are not done


def pulse(connection: sa.Connection, now: datetime) -> Pulse:
    due = sa.select(sa.func.count()).select_from(learners).where(learners.c.next_drop <= now)
    late = due.where(learners.c.next_drop <= now - LATE)
    waiting = sa.select(sa.func.count()).select_from(inbox).where(inbox.c.done_at.is_(None))
    first = sa.select(inbox.c.at).where(inbox.c.done_at.is_(None)).order_by(inbox.c.id).limit(1)
    oldest: datetime | None = connection.scalar(first)
    return Pulse(
        due=connection.scalar(due) or 0,
        late=connection.scalar(late) or 0,
        inbox=connection.scalar(waiting) or 0,
        oldest=max(0.0, (now - oldest).total_seconds()) if oldest else 0.0,
        lanes=outbox.in_lanes(connection),
    )
