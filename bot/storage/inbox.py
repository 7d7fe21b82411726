"""The inbox: what arrived and is not done, taken in the order of each chat."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import sqlalchemy as sa
from cattrs.errors import BaseValidationError

from bot.storage import packing
from bot.storage.listening import tell
from bot.storage.tables import inbox
from bot.storage.writing import insert_new
from bot.tutor.events import Arrival, ChatId

REMEMBERED = timedelta(days=7)  # an update comes again for 24 h at most
KEPT_ASIDE = timedelta(days=30)
UPDATE = "update:"
DEATHS = 20  # of processes that had a row in work: so many befall no innocent one

Claimed: TypeAlias = tuple[Arrival, bool]  # and whether its chat has more

open_ = inbox.c.done_at.is_(None)
waiting = sa.and_(open_, inbox.c.worker.is_(None))


def accept(connection: sa.Connection, arrivals: Sequence[Arrival]) -> None:
    if arrivals:
        insert_new(connection, inbox, [_row(arrival) for arrival in arrivals])
        tell(connection, "inbox")


def _row(arrival: Arrival) -> packing.Row:
    number = arrival.key.removeprefix(UPDATE)
    return {
        "key": arrival.key,
        "number": int(number) if number != arrival.key else None,
        "chat": arrival.chat,
        "person": packing.pack_person(arrival.person),
        "event": packing.pack_event(arrival.event),
        "at": arrival.at,
        "tap": arrival.tap,
    }


def last_update(connection: sa.Connection) -> int | None:
    return connection.scalar(
        sa.select(inbox.c.number)
        .where(inbox.c.number.is_not(None))
        .order_by(inbox.c.id.desc())
        .limit(1)
    )


def claim(
    connection: sa.Connection, limit: int, worker: str, now: datetime, *, cold: bool = False
) -> list[Claimed]:
    """`cold`: no judge is called yet, and what is typed may need one.

    So it waits here: a process that dies while it calls its judge did not die of an answer.
    """
    heads = connection.execute(UNTYPED if cold else HEADS, {"room": limit}).mappings().all()
    rows = _fit(connection, heads, worker)
    if not rows:
        return []
    taken = {"numbers": [row["id"] for row in rows], "worker": worker, "taken_at": now}
    connection.execute(TAKE, taken)
    found = [(read(connection, row, now), bool(row["more"])) for row in rows]
    return [(arrival, more) for arrival, more in found if arrival]


def _fit(
    connection: sa.Connection, rows: Sequence[sa.RowMapping], worker: str
) -> Sequence[sa.RowMapping]:
    """What a process died with is taken alone: if it kills again, it kills nobody beside it."""
    innocent = [row for row in rows if not row["deaths"]]
    if innocent or not rows:
        return innocent
    own = sa.select(inbox.c.id).where(open_, inbox.c.worker == worker).limit(1)
    return [] if connection.scalar(own) else rows[:1]


def _heads() -> sa.Select[Any]:
    """The first open arrival of each chat, when nobody has it in work."""
    earlier, later = inbox.alias("earlier"), inbox.alias("later")
    more = sa.exists().where(
        later.c.chat == inbox.c.chat, later.c.id > inbox.c.id, later.c.done_at.is_(None)
    )
    return (
        sa.select(inbox, more.label("more"))
        .where(
            waiting,
            ~sa.exists().where(
                earlier.c.chat == inbox.c.chat,
                earlier.c.id < inbox.c.id,
                earlier.c.done_at.is_(None),
            ),
        )
        .order_by(inbox.c.id)
        .limit(sa.bindparam("room", type_=sa.Integer))
        .with_for_update(skip_locked=True, of=inbox)
    )


TAKE = (
    sa.update(inbox)
    .where(inbox.c.id.in_(sa.bindparam("numbers", expanding=True)))
    .values(worker=sa.bindparam("worker"), taken_at=sa.bindparam("taken_at"))
)
HEADS = _heads()  # built once: building costs more than asking
UNTYPED = HEADS.where(inbox.c.event["is"].as_string().not_in(("Typed", "Overheard")))


def read(connection: sa.Connection, row: sa.RowMapping, now: datetime) -> Arrival | None:
    """None when the row was written by a version that knew an event which this one does not."""
    try:
        return Arrival(
            key=row["key"],
            chat=ChatId(row["chat"]),
            person=packing.unpack_person(row["person"]),
            event=packing.unpack_event(row["event"]),
            at=row["at"],
            tap=row["tap"],
        )
    except (BaseValidationError, KeyError):
        aside = sa.update(inbox).where(inbox.c.id == row["id"])
        connection.execute(aside.values(done_at=now, trace=traceback.format_exc()))
        return None


FINISH = sa.update(inbox).where(
    inbox.c.key == sa.bindparam("which"), inbox.c.worker == sa.bindparam("whose"), open_
)


def finish(connection: sa.Connection, key: str, worker: str, now: datetime, **more: str) -> bool:
    """Marks an arrival done; False when it is not, or no longer, in this worker's hands."""
    done = FINISH.values(done_at=now, **more)
    return connection.execute(done, {"whose": worker, "which": key}).rowcount == 1


def is_empty(connection: sa.Connection) -> bool:
    return connection.scalar(sa.select(inbox.c.id).where(open_).limit(1)) is None


def revive(connection: sa.Connection, worker: str, taken_before: datetime) -> None:
    """What other workers took before that moment waits again."""
    connection.execute(
        sa.update(inbox)
        .where(open_, inbox.c.worker != worker, inbox.c.taken_at < taken_before)
        .values(worker=None, taken_at=None, deaths=inbox.c.deaths + 1)
    )


def tidy(connection: sa.Connection, now: datetime) -> None:
    is_aside = inbox.c.trace.is_not(None)
    connection.execute(
        sa.delete(inbox).where(
            sa.or_(
                sa.and_(inbox.c.done_at < now - REMEMBERED, ~is_aside),
                inbox.c.done_at < now - KEPT_ASIDE,
            )
        )
    )
