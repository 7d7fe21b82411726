"""The migrations build the tables that the program works with, from nothing, on both databases."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.storage import Storage
from bot.storage.migrating import config, newest, upgrade
from bot.storage.tables import metadata


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request, tmp_path):
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/new/folder/dropwise.db"
    else:
        url = request.getfixturevalue("empty_postgres_url")
    storage = Storage(url)
    yield storage
    storage.close()


def test_an_empty_database_gets_every_table(empty, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # nothing is looked for in the current folder
    empty.migrate()
    with empty.engine.connect() as connection:
        tables = set(sa.inspect(connection).get_table_names())
        revision = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    assert tables == set(metadata.tables) | {"alembic_version"}
    assert revision == newest()
    assert not list(tmp_path.glob("*.ini"))


def test_migrating_twice_changes_nothing(empty):
    empty.migrate()
    before = _schema(empty)
    empty.migrate()
    assert _schema(empty) == before


def test_migrations_and_tables_agree(empty):
    empty.migrate()
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_indexes_and_their_conditions_agree(empty):
    """Alembic does not compare the conditions of partial indexes; the schemas as text do."""
    empty.migrate()
    from_migrations = _schema(empty)

    def rebuild(connection):
        for table in from_migrations:
            connection.exec_driver_sql(f'DROP TABLE "{table}"')
        metadata.create_all(connection)

    empty.call(rebuild)
    assert from_migrations == _schema(empty)


def test_every_migration_can_be_undone(empty):
    empty.migrate()

    def down_and_up(connection):
        command.downgrade(config(connection), "base")
        left = set(sa.inspect(connection).get_table_names())
        upgrade(connection)
        return left

    assert empty.call(down_and_up) == {"alembic_version"}
    assert set(_schema(empty)) == set(metadata.tables)


def _schema(storage):
    """Columns and indexes by table, alembic's own left out."""
    with storage.engine.connect() as connection:
        looked_at = sa.inspect(connection)
        return {
            table: (
                [_column(column) for column in looked_at.get_columns(table)],
                sorted(str(_index(index)) for index in looked_at.get_indexes(table)),
                looked_at.get_pk_constraint(table),
                looked_at.get_unique_constraints(table),
            )
            for table in looked_at.get_table_names()
            if table != "alembic_version"
        }


def _column(column):
    return (column["name"], str(column["type"]), column["nullable"])


def _index(index):
    conditions = {key: str(value) for key, value in index.get("dialect_options", {}).items()}
    return index["name"], index["column_names"], bool(index["unique"]), conditions
