"""The tables. What a query asks for is a column; the rest of a value is JSON beside it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

NEVER_AGAIN: dict[str, Any] = {"sqlite_autoincrement": True}  # a number is not given twice
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = sa.MetaData(naming_convention=NAMING)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, on every database, with its zone when it comes back."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


Long = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # counts up by itself on both
Json = sa.JSON(none_as_null=True)


def _number() -> sa.Column[int]:
    return sa.Column("id", Long, primary_key=True, autoincrement=True)


def _needed(name: str, kind: Any, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, **more)


def _work() -> tuple[sa.Column[Any], ...]:
    """Waiting: neither is set. In work: a worker is. Over: done_at is."""
    return (
        sa.Column("worker", sa.Text),
        sa.Column("taken_at", Moment),
        sa.Column("done_at", Moment),
    )


def _waiting(table: sa.Table) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.done_at.is_(None), table.c.worker.is_(None))


def _index(name: str, *columns: sa.Column[Any], where: sa.ColumnElement[bool]) -> None:
    sa.Index(name, *columns, sqlite_where=where, postgresql_where=where)


learner = sa.Table(
    "learner",
    metadata,
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    _needed("chat", sa.BigInteger, unique=True),
    sa.Column("zone", sa.Text),
    sa.Column("hour", sa.Text),
    sa.Column("days", sa.SmallInteger),
    sa.Column("next_drop", Moment),
    sa.Column("last_drop", sa.Date),
    _needed("met_at", Moment),
    _needed("state", Json),
)
_index("ix_learner_due", learner.c.next_drop, where=learner.c.next_drop.is_not(None))

attempt = sa.Table(
    "attempt",
    metadata,
    _number(),
    _needed("user_id", sa.BigInteger, index=True),
    _needed("lesson", sa.Text),
    _needed("exercise", sa.Text),
    _needed("family", sa.Text),
    _needed("kind", sa.Text),
    _needed("slip", sa.Text),  # a misconception's slug, two with + between, or none
    _needed("at", Moment, index=True),
    _needed("detail", Json),
    **NEVER_AGAIN,
)
delivery = sa.Table(
    "delivery",
    metadata,
    _number(),
    _needed("user_id", sa.BigInteger, index=True),
    _needed("lesson", sa.Text),
    sa.Column("delivered_at", Moment),
    sa.Column("finished_at", Moment),
    **NEVER_AGAIN,
)

inbox = sa.Table(
    "inbox",
    metadata,
    _number(),
    _needed("key", sa.Text, unique=True),
    sa.Column("number", sa.BigInteger),  # of Telegram's update
    _needed("chat", sa.BigInteger),
    sa.Column("person", Json),
    sa.Column("event", Json),
    _needed("at", Moment),
    _needed("tap", sa.Text),
    *_work(),
    sa.Column("trace", sa.Text),  # of the turn that failed: the arrival was put aside
    _needed("deaths", sa.SmallInteger, server_default="0"),  # of processes that had it in work
    **NEVER_AGAIN,
)
_index("ix_inbox_open", inbox.c.chat, inbox.c.id, where=inbox.c.done_at.is_(None))
_index("ix_inbox_waiting", inbox.c.id, where=_waiting(inbox))
_index("ix_inbox_number", inbox.c.id, where=inbox.c.number.is_not(None))
_index("ix_inbox_done", inbox.c.done_at, where=inbox.c.done_at.is_not(None))

letter = sa.Table(
    "letter",
    metadata,
    _number(),
    _needed("chat", sa.BigInteger),
    _needed("lane", sa.SmallInteger),
    _needed("slot", sa.Text),
    _needed("needed", sa.Boolean),
    _needed("waits", sa.Boolean),  # for the earlier letters of its chat; a toast does not
    _needed("repeated", sa.Boolean, default=False),
    _needed("tap", sa.Text),
    _needed("utterance", Json),
    _needed("at", Moment),
    *_work(),
    sa.Column("fate", sa.Text),  # once over: sent, unknown, failed
    sa.Column("reason", sa.Text),
    sa.Column("not_before", Moment),
    _needed("deaths", sa.SmallInteger, server_default="0"),  # of processes that were sending it
    **NEVER_AGAIN,
)
_index("ix_letter_open", letter.c.chat, letter.c.id, where=letter.c.done_at.is_(None))
_index("ix_letter_waiting", letter.c.lane, letter.c.id, where=_waiting(letter))
_index("ix_letter_done", letter.c.done_at, where=letter.c.done_at.is_not(None))

slot = sa.Table(
    "slot",
    metadata,
    sa.Column("chat", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("slot", sa.Text, primary_key=True),
    _needed("message", sa.BigInteger),
)
chat_pause = sa.Table(
    "chat_pause",
    metadata,
    sa.Column("chat", sa.BigInteger, primary_key=True, autoincrement=False),
    _needed("not_before", Moment),
)

task = sa.Table(
    "task",
    metadata,
    _number(),
    _needed("chat", sa.BigInteger),
    _needed("name", sa.Text),
    _needed("values", Json),
    _needed("at", Moment),
    *_work(),
    **NEVER_AGAIN,
)
_index("ix_task_open", task.c.id, where=task.c.done_at.is_(None))
sa.Index("ix_task_chat", task.c.chat)

media = sa.Table(
    "media",
    metadata,
    sa.Column("bot", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("key", sa.Text, primary_key=True),
    _needed("file_id", sa.Text),
)
fact = sa.Table(
    "fact",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    _needed("value", sa.Text),
)

study_group = sa.Table(
    "study_group",
    metadata,
    sa.Column("code", sa.Text, primary_key=True),
    _needed("chat", sa.BigInteger, unique=True),
    sa.Column("wake", Moment),
    _needed("state", Json),
)
_index("ix_study_group_due", study_group.c.wake, where=study_group.c.wake.is_not(None))

membership = sa.Table(
    "membership",
    metadata,
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("code", sa.Text, primary_key=True),
)
sa.Index("ix_membership_code", membership.c.code)
