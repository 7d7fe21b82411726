"""Brings a database to this version's tables, from inside the package, wherever it is run."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from bot.storage.listening import ONE_AT_A_TIME

MIGRATIONS = Path(__file__).parent / "migrations"


def config(connection: sa.Connection | None = None) -> Config:
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def upgrade(connection: sa.Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
    command.upgrade(config(connection), "head")


def newest() -> str:
    """The revision that this version of the program works with."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    assert head is not None
    return head
