"""Inserting where a row may be there already, on SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


def _insert(connection: sa.Connection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    on_sqlite = connection.dialect.name == "sqlite"
    return sqlite.insert(table) if on_sqlite else postgresql.insert(table)


def insert_new(
    connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Rows whose key is known already are left out."""
    connection.execute(_insert(connection, table).on_conflict_do_nothing(), list(rows))


def put(connection: sa.Connection, table: sa.Table, row: Mapping[str, Any]) -> None:
    """The row replaces the one of its primary key."""
    keys = [column.name for column in table.primary_key]
    rest = {name: value for name, value in row.items() if name not in keys}
    insert = _insert(connection, table).values(**row)
    connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=rest))
