"""What takes time: kept with the turn that wanted it, done by a worker, back as an arrival."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.storage import inbox
from bot.storage.listening import tell
from bot.storage.tables import task
from bot.tutor.events import Arrival, ChatId, TaskDone, TaskGoesOn
from bot.tutor.turn import CALL_OFF, Task

REMEMBERED = timedelta(days=2)

open_ = task.c.done_at.is_(None)


@dataclass(frozen=True, slots=True)
class Errand:
    """A task on its way."""

    id: int
    chat: ChatId
    task: Task


def add(connection: sa.Connection, chat: ChatId, tasks: Sequence[Task], now: datetime) -> None:
    rows = [
        {"chat": chat, "name": one.name, "values": dict(one.values), "at": now} for one in tasks
    ]
    if rows:
        connection.execute(sa.insert(task), rows)
        tell(connection, "task")


def claim(connection: sa.Connection, now: datetime, limit: int, worker: str) -> list[Errand]:
    first = (
        sa.select(task)
        .where(open_, task.c.worker.is_(None))
        .order_by(task.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = connection.execute(first).mappings().all()
    if rows:
        taken = sa.update(task).where(task.c.id.in_([row["id"] for row in rows]))
        connection.execute(taken.values(worker=worker, taken_at=now))
    return [
        Errand(row["id"], ChatId(row["chat"]), Task(row["name"], row["values"])) for row in rows
    ]


def done(connection: sa.Connection, errand: Errand, result: str, now: datetime) -> None:
    over = sa.update(task).where(task.c.id == errand.id, open_).values(done_at=now)
    if connection.execute(over).rowcount:
        event = TaskDone(errand.task.name, result)
        inbox.accept(connection, [Arrival(f"task:{errand.id}", errand.chat, None, event, now)])


def revive(connection: sa.Connection, worker: str, taken_before: datetime) -> None:
    connection.execute(
        sa.update(task)
        .where(open_, task.c.worker != worker, task.c.taken_at < taken_before)
        .values(worker=None, taken_at=None)
    )


def tells(
    connection: sa.Connection, errand: Errand, progress: str, key: str, now: datetime
) -> None:
    """How far it is, as an arrival of its chat."""
    event = TaskGoesOn(errand.task.name, progress)
    inbox.accept(connection, [Arrival(f"task:{errand.id}:{key}", errand.chat, None, event, now)])


def wanted(connection: sa.Connection, errand: Errand) -> bool:
    """Not when it is gone, done, or a later task of its chat calls off this run of it."""
    still_open = sa.select(task.c.id).where(task.c.id == errand.id, open_)
    later = sa.select(task.c["values"]).where(
        task.c.chat == errand.chat, task.c.name == CALL_OFF, task.c.id > errand.id
    )
    run = errand.task.values.get("run")
    called_off = any(values.get("run") == run for values in connection.scalars(later))
    return connection.scalar(still_open) is not None and not called_off


def tidy(connection: sa.Connection, now: datetime) -> None:
    connection.execute(sa.delete(task).where(task.c.done_at < now - REMEMBERED))


def all_done(connection: sa.Connection) -> bool:
    return connection.scalar(sa.select(task.c.id).where(open_).limit(1)) is None
