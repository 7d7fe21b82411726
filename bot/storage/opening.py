"""Opens a database: SQLite with one thread that writes, PostgreSQL with a small pool."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple

import sqlalchemy as sa
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError
from sqlalchemy.pool import StaticPool

Ts = TypeVarTuple("Ts")
R = TypeVar("R")

CONNECTIONS = 6  # to PostgreSQL, a process
LEASE = timedelta(seconds=60)  # after which another replica's work is taken for abandoned
BLINK = timedelta(seconds=10)  # the same, where that replica's lock is free: it died
HASTY = "hasty"  # without waiting for the disk: survives a kill, not a power cut
HOLDING_ON = {  # a server that vanished is noticed within seconds, not hours
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",  # milliseconds
}
PRAGMAS = (
    "busy_timeout = 15000",
    "journal_mode = WAL",
    "secure_delete = FAST",  # what is forgotten is overwritten
)


class Unavailable(Exception):  # noqa: N818 - a state of the world, not an error of ours
    """The database is away, locked or full; the transaction left nothing behind."""


class Refused(Exception):  # noqa: N818 - an operator's slip, told in one line
    """Nothing was done, and why."""


class Opened:
    """A database and the threads that alone talk to it."""

    def __init__(self, url: str) -> None:
        self.url = sa.make_url(url.replace("postgres://", "postgresql://", 1))
        self.worker = secrets.token_hex(8)  # this process, in the rows that it has in work
        self.on_sqlite = self.url.get_backend_name() == "sqlite"
        if not self.on_sqlite:
            self.url = self.url.set(query={**HOLDING_ON, **self.url.query})
        engine = _sqlite(self.url) if self.on_sqlite else _postgresql(self.url)
        self.engine = engine.execution_options(worker=self.worker)
        self._hasty = self.engine.execution_options(**{HASTY: True})
        self._threads = ThreadPoolExecutor(1 if self.on_sqlite else CONNECTIONS, "storage")

    async def run(self, work: Callable[[sa.Connection, *Ts], R], *args: *Ts) -> R:
        """`work(connection, *args)` in a transaction of its own, off the loop."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._transact, self.engine, work, args)

    async def run_hastily(
        self,
        work: Callable[[sa.Connection, *Ts], R],
        *args: *Ts,
    ) -> R:
        """The same where a power cut may undo it: what was claimed or reported is so again."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._transact, self._hasty, work, args)

    def call(self, work: Callable[[sa.Connection, *Ts], R], *args: *Ts) -> R:
        """The same for a caller without a loop: a command, the scheduler's thread."""
        return self._threads.submit(self._transact, self.engine, work, args).result()

    def _transact(self, engine: sa.Engine, work: Callable[..., R], args: tuple[Any, ...]) -> R:
        try:
            with engine.begin() as connection:
                return work(connection, *args)
        except (OperationalError, InterfaceError, InternalError) as error:
            raise Unavailable(str(error.orig)) from error

    def migrate(self) -> None:
        """Brings the tables to this version; several replicas may do it at once."""
        from bot.storage.migrating import upgrade

        self.call(upgrade)

    def stale(self, now: datetime) -> datetime:
        """What another worker took before this moment is abandoned: a SQLite has one worker."""
        return datetime.max.replace(tzinfo=now.tzinfo) if self.on_sqlite else now - LEASE

    def close(self) -> None:
        """Waits for what is being written."""
        self._threads.shutdown()
        self.engine.dispose()


def _sqlite(url: sa.URL) -> sa.Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin_at_once)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # sqlite3 shall not open transactions of its own
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_at_once(connection: sa.Connection) -> None:
    """Takes the write lock first: a transaction that reads and then writes never has to fail."""
    safety = "NORMAL" if connection.get_execution_options().get(HASTY) else "FULL"
    if connection.info.get("safety") != safety:
        connection.exec_driver_sql(f"PRAGMA synchronous = {safety}")
        connection.info["safety"] = safety
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _postgresql(url: sa.URL) -> sa.Engine:
    return sa.create_engine(url, pool_size=CONNECTIONS, max_overflow=0)
