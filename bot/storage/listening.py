"""Replicas on one PostgreSQL: they hear of each other's rows, and agree on who polls Telegram."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from time import monotonic

import psycopg
import sqlalchemy as sa

from bot.storage.census import EVERY, LOOK, Census, part_of

log = logging.getLogger(__name__)

CHANNEL = "dropwise"
ONE_AT_A_TIME = 0x64726F70  # the lock of those who bring the tables to this version
TAKING_UP = 0x64726F72  # the lock of the replica that takes up what the dead had in work
LEADER = 0x64726F71  # the advisory lock that the leading replica holds as long as it lives
ALIVE = (  # replicas, by the locks that they hold as long as they live
    "SELECT (classid::bigint << 32) + objid::bigint FROM pg_locks"
    " WHERE locktype = 'advisory' AND objsubid = 1 AND granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " AND (classid::bigint << 32) + objid::bigint NOT IN (%s, %s, %s)"
)


def tell(connection: sa.Connection, what: str) -> None:
    """Heard by the other replicas once this transaction is committed."""
    if connection.dialect.name == "postgresql":
        worker = connection.get_execution_options().get("worker", "")
        connection.execute(sa.select(sa.func.pg_notify(CHANNEL, f"{what} {worker}")))


def _own_lock(worker: str) -> int:
    """The advisory lock that a replica holds as long as it lives: its name as 64 bits."""
    return int.from_bytes(bytes.fromhex(worker), signed=True)


def is_dead(connection: sa.Connection, worker: str) -> bool:
    free = sa.select(sa.func.pg_try_advisory_xact_lock(_own_lock(worker)))
    return bool(connection.scalar(free))


class Listener(threading.Thread):
    """Rings the bells of this process for what others wrote."""

    def __init__(self, url: sa.URL, worker: str, rings: Mapping[str, Callable[[], None]]) -> None:
        super().__init__(name="listener", daemon=True)
        plain = url.set(drivername="postgresql")
        self._address = plain.render_as_string(hide_password=False)
        self._worker = worker
        self._rings = rings
        self._over = threading.Event()
        self.leads = False
        self.replicas = 0  # to share with, this one included; 0: it may say nothing yet
        self.part = EVERY  # of the chats, this one's

    def run(self) -> None:
        told = False
        while not self._over.is_set():
            try:
                with psycopg.connect(self._address, autocommit=True) as connection:
                    told = False
                    self._listen(connection)
            except psycopg.OperationalError as trouble:
                if not told:
                    log.warning(
                        "the database is away; nothing is heard: %s", type(trouble).__name__
                    )
                told = True
            self.leads, self.replicas = False, 0
            self._over.wait(LOOK)

    def _listen(self, connection: psycopg.Connection[tuple[bool]]) -> None:
        connection.execute("SELECT pg_advisory_lock(%s)", (_own_lock(self._worker),))
        census = Census(monotonic())
        connection.execute(f"LISTEN {CHANNEL}")
        for ring in self._rings.values():
            ring()  # something may have come before we listened
        while not self._over.is_set():
            if not self.leads:
                self.leads = _lead(connection)
            alive = _alive(connection)
            self.part = part_of(_own_lock(self._worker), alive)
            self.replicas = census.counted(len(alive), monotonic())
            for told in connection.notifies(timeout=LOOK):
                self._hear(told.payload)
                if self._over.is_set():
                    return

    def _hear(self, payload: str) -> None:
        what, _, worker = payload.partition(" ")
        if worker != self._worker and what in self._rings:
            self._rings[what]()

    def stop(self) -> None:
        """Within a second; the lead is let go, so that another replica may take it."""
        self._over.set()
        self.join()


def _lead(connection: psycopg.Connection[tuple[bool]]) -> bool:
    answer = connection.execute("SELECT pg_try_advisory_lock(%s)", (LEADER,)).fetchone()
    return bool(answer and answer[0])


def _alive(connection: psycopg.Connection[tuple[bool]]) -> list[int]:
    """The locks that replicas hold."""
    return [int(row[0]) for row in connection.execute(ALIVE, (LEADER, ONE_AT_A_TIME, TAKING_UP))]
