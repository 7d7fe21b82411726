"""All data from one database to another, and to a file and back: whole, or not at all."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa

from bot.storage.opening import Opened, Refused, Unavailable
from bot.storage.tables import fact, metadata

ROWS_AT_ONCE = 1000
OWNER_ONLY = 0o600
UNFINISHED = ".unfinished"


def back_up(source: Opened, file: Path) -> dict[str, int]:
    """All of a database in one new file, while it is in use; the rows of each table.

    The file is a SQLite database, whatever the source is.
    """
    if file.exists():
        raise Refused(f"{file} exists already")
    unfinished = file.with_name(file.name + UNFINISHED)
    unfinished.unlink(missing_ok=True)
    unfinished.touch(OWNER_ONLY)
    try:
        counted = _copy_file(source, unfinished) if _is_file(source) else _fill(source, unfinished)
        unfinished.rename(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return counted


def bring_back(target: Opened, file: Path) -> dict[str, int]:
    """Fills an empty database from such a file, of this version or an older one."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        _require_backup(file)
        shutil.copyfile(file, copy)
        with _opened(copy) as source:
            return move_over(source, target)


def move_over(source: Opened, target: Opened) -> dict[str, int]:
    """Every row of `source` into `target`, whose tables must be empty."""
    return source.call(_copy_rows, target)


def _is_file(source: Opened) -> bool:
    return source.on_sqlite and source.url.database not in (None, "", ":memory:")


def _copy_file(source: Opened, file: Path) -> dict[str, int]:
    """In one step, so that no writer makes it begin again; writers do not wait for it."""
    try:
        with (
            closing(sqlite3.connect(str(source.url.database))) as live,
            closing(sqlite3.connect(file)) as copy,
        ):
            live.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            return {name: _count(copy, name) for name in metadata.tables}
    except sqlite3.OperationalError as error:
        raise Unavailable(str(error)) from error


def _count(copy: sqlite3.Connection, table: str) -> int:
    counted: int = copy.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608 - a name of ours
    return counted


def _fill(source: Opened, file: Path) -> dict[str, int]:
    with _opened(file) as target:
        return move_over(source, target)


@contextmanager
def _opened(file: Path) -> Iterator[Opened]:
    """A database file brought to this version; one file again when it is closed."""
    opened = Opened(f"sqlite:///{file}")
    try:
        opened.migrate()
        yield opened
    finally:
        opened.close()
        with closing(sqlite3.connect(file)) as last:
            last.execute("PRAGMA journal_mode = DELETE")


def _require_backup(file: Path) -> None:
    if not file.is_file():
        raise Refused(f"{file} is no file")
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as found:
            found.execute("SELECT version_num FROM alembic_version, learner LIMIT 1")
    except sqlite3.DatabaseError as error:
        raise Refused(f"{file} is no backup of Dropwise: {error}") from error


def _copy_rows(source: sa.Connection, target: Opened) -> dict[str, int]:
    """In one transaction on either side: all tables as they were at one moment."""
    if source.dialect.name == "postgresql":
        source.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    with target.engine.begin() as into:
        _require_empty(into)
        into.execute(sa.delete(fact))
        counted = {table.name: _copy_table(source, into, table) for table in metadata.sorted_tables}
        if into.dialect.name == "postgresql":
            _count_on(into)
    return counted


def _require_empty(into: sa.Connection) -> None:
    for table in metadata.sorted_tables:
        if table is not fact and into.execute(sa.select(table).limit(1)).first() is not None:
            raise Refused(f"the target is not empty: it has rows in {table.name}")


def _copy_table(source: sa.Connection, into: sa.Connection, table: sa.Table) -> int:
    copied = 0
    every = sa.select(table).order_by(*table.primary_key).execution_options(yield_per=ROWS_AT_ONCE)
    for some in source.execute(every).mappings().partitions():
        into.execute(sa.insert(table), [dict(row) for row in some])
        copied += len(some)
    return copied


def _count_on(into: sa.Connection) -> None:
    """PostgreSQL's counters go on after the highest number that was brought."""
    for table in metadata.sorted_tables:
        if "id" in table.c:
            highest = sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0) + 1).scalar_subquery()
            counter = sa.func.pg_get_serial_sequence(table.name, "id")
            into.execute(sa.select(sa.func.setval(counter, highest, False)))
