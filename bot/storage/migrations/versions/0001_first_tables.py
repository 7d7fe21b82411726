"""The first tables: learners and their course, inbox, outbox, tasks, pictures."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
COUNTED: dict[str, Any] = {"sqlite_autoincrement": True}


def _number(table: str) -> list[Any]:
    return [
        sa.Column("id", LONG, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    ]


def _given(name: str, kind: Any, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, **more)


def _work() -> list[sa.Column[Any]]:
    return [
        sa.Column("worker", sa.Text()),
        sa.Column("taken_at", MOMENT),
        sa.Column("done_at", MOMENT),
    ]


def _index(table: str, name: str, columns: list[str], where: str = "") -> None:
    only = sa.text(where) if where else None
    op.create_index(f"ix_{table}_{name}", table, columns, sqlite_where=only, postgresql_where=only)


def upgrade() -> None:
    _learners()
    _course()
    _inbox()
    _letters()
    _chats()
    _tasks()
    _facts()


def _learners() -> None:
    op.create_table(
        "learner",
        _given("user_id", sa.BigInteger(), autoincrement=False),
        _given("chat", sa.BigInteger()),
        sa.Column("zone", sa.Text()),
        sa.Column("hour", sa.Text()),
        sa.Column("days", sa.SmallInteger()),
        sa.Column("next_drop", MOMENT),
        sa.Column("last_drop", sa.Date()),
        _given("met_at", MOMENT),
        _given("state", sa.JSON()),
        sa.PrimaryKeyConstraint("user_id", name="pk_learner"),
        sa.UniqueConstraint("chat", name="uq_learner_chat"),
    )
    _index("learner", "due", ["next_drop"], "next_drop IS NOT NULL")


def _course() -> None:
    op.create_table(
        "attempt",
        *_number("attempt"),
        _given("user_id", sa.BigInteger()),
        *(_given(name, sa.Text()) for name in ("lesson", "exercise", "family", "kind", "slip")),
        _given("at", MOMENT),
        _given("detail", sa.JSON()),
        **COUNTED,
    )
    _index("attempt", "user_id", ["user_id"])
    _index("attempt", "at", ["at"])
    op.create_table(
        "delivery",
        *_number("delivery"),
        _given("user_id", sa.BigInteger()),
        _given("lesson", sa.Text()),
        sa.Column("delivered_at", MOMENT),
        sa.Column("finished_at", MOMENT),
        **COUNTED,
    )
    _index("delivery", "user_id", ["user_id"])


def _inbox() -> None:
    op.create_table(
        "inbox",
        *_number("inbox"),
        _given("key", sa.Text()),
        sa.Column("number", sa.BigInteger()),
        _given("chat", sa.BigInteger()),
        sa.Column("person", sa.JSON()),
        sa.Column("event", sa.JSON()),
        _given("at", MOMENT),
        _given("tap", sa.Text()),
        *_work(),
        sa.Column("trace", sa.Text()),
        sa.UniqueConstraint("key", name="uq_inbox_key"),
        **COUNTED,
    )
    _index("inbox", "open", ["chat", "id"], "done_at IS NULL")
    _index("inbox", "waiting", ["id"], "done_at IS NULL AND worker IS NULL")
    _index("inbox", "number", ["id"], "number IS NOT NULL")
    _index("inbox", "done", ["done_at"], "done_at IS NOT NULL")


def _letters() -> None:
    op.create_table(
        "letter",
        *_number("letter"),
        _given("chat", sa.BigInteger()),
        _given("lane", sa.SmallInteger()),
        _given("slot", sa.Text()),
        *(_given(name, sa.Boolean()) for name in ("needed", "waits", "repeated")),
        _given("tap", sa.Text()),
        _given("utterance", sa.JSON()),
        _given("at", MOMENT),
        *_work(),
        sa.Column("fate", sa.Text()),
        sa.Column("reason", sa.Text()),
        **COUNTED,
    )
    _index("letter", "open", ["chat", "id"], "done_at IS NULL")
    _index("letter", "waiting", ["lane", "id"], "done_at IS NULL AND worker IS NULL")
    _index("letter", "done", ["done_at"], "done_at IS NOT NULL")


def _chats() -> None:
    op.create_table(
        "slot",
        _given("chat", sa.BigInteger(), autoincrement=False),
        _given("slot", sa.Text()),
        _given("message", sa.BigInteger()),
        sa.PrimaryKeyConstraint("chat", "slot", name="pk_slot"),
    )
    op.create_table(
        "chat_pause",
        _given("chat", sa.BigInteger(), autoincrement=False),
        _given("not_before", MOMENT),
        sa.PrimaryKeyConstraint("chat", name="pk_chat_pause"),
    )


def _tasks() -> None:
    op.create_table(
        "task",
        *_number("task"),
        _given("chat", sa.BigInteger()),
        _given("name", sa.Text()),
        _given("values", sa.JSON()),
        _given("at", MOMENT),
        *_work(),
        **COUNTED,
    )
    _index("task", "open", ["id"], "done_at IS NULL")
    _index("task", "chat", ["chat"])


def _facts() -> None:
    op.create_table(
        "media",
        _given("bot", sa.BigInteger(), autoincrement=False),
        _given("key", sa.Text()),
        _given("file_id", sa.Text()),
        sa.PrimaryKeyConstraint("bot", "key", name="pk_media"),
    )
    op.create_table(
        "fact",
        _given("name", sa.Text()),
        _given("value", sa.Text()),
        sa.PrimaryKeyConstraint("name", name="pk_fact"),
    )


def downgrade() -> None:
    for table in (
        *("learner", "attempt", "delivery", "inbox", "letter"),
        *("slot", "chat_pause", "task", "media", "fact"),
    ):
        op.drop_table(table)
