"""A million learners in PostgreSQL, ten thousand of them due: how late, how heavy, at what cost.

python -m tests.load.million [--learners 100000 1000000] [--due 10000] [--spread 60]
[--buffers 1GB] [--sqlite]

CPU is told of the tutor and of the database's processes, and the pages of 8 kB that the database
looked at, each for one drop; none of them depends on what else the machine does.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import sqlalchemy as sa

from bot.storage import Storage, tables
from tests.crash.databases import database_at

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))
from drops import fill, strike

MEGABYTE = 1 << 20
COSTS = ("the tutor’s CPU a drop", "the database’s", "both", "pages looked at")


def bring_forward(connection, learners, due, moment, spread):
    """Every so-many-th is due, all at one moment or one after the other over so many seconds."""
    learner, every = tables.learner, learners // due
    chosen = learner.c.user_id % every == 0
    rows = connection.execute(sa.select(learner.c.user_id).where(chosen)).scalars().all()
    step = timedelta(seconds=spread / len(rows))
    connection.execute(
        sa.update(learner).where(learner.c.user_id == sa.bindparam("whose")).values(next_drop=sa.bindparam("moment")),
        [{"whose": user, "moment": moment + n * step} for n, user in enumerate(rows)],
    )  # fmt: skip
    return {user: moment + n * step for n, user in enumerate(rows)}


def lateness(storage, moments):
    """Seconds from each drop's moment to its claim, sorted."""
    inbox = tables.inbox
    rows = storage.call(lambda c: c.execute(sa.select(inbox.c.chat, inbox.c.at)).all())
    assert len(rows) == len({row.chat for row in rows}) == len(moments)
    return sorted((row.at - moments[row.chat]).total_seconds() for row in rows)


class Server:
    """What the database costs: CPU seconds of its processes, and pages it looked at."""

    PAGES = "SELECT sum(blks_hit + blks_read) FROM pg_stat_database"
    SETTLING = 1.5  # seconds after which a process of PostgreSQL's has told what it did

    def __init__(self, storage):
        self._storage = storage

    def rest(self):
        """What filling left to be done is done, as after a night, before anything is measured."""
        if not self._storage.on_sqlite:
            with sa.create_engine(
                self._storage.url, isolation_level="AUTOCOMMIT"
            ).connect() as hand:
                hand.exec_driver_sql("VACUUM (ANALYZE) learner")
                hand.exec_driver_sql("CHECKPOINT")

    def begin(self):
        self._before = self._so_far()

    def end(self):
        return [now - before for now, before in zip(self._so_far(), self._before, strict=True)]

    def _so_far(self):
        if self._storage.on_sqlite:
            return 0.0, 0
        time.sleep(self.SETTLING)
        own = self._storage.call(lambda c: c.exec_driver_sql("SELECT pg_backend_pid()").scalar())
        everyone = psutil.Process(own).parent().children(recursive=True)
        spent = [process.cpu_times() for process in everyone]
        pages = self._storage.call(lambda c: c.exec_driver_sql(self.PAGES).scalar())
        return sum(one.user + one.system for one in spent), int(pages)


async def row(kind, url, learners, options):
    storage = Storage(url)
    storage.migrate()
    await asyncio.to_thread(
        fill, storage, learners, options.due, datetime.now(UTC) + timedelta(hours=3)
    )
    before, server = psutil.Process().memory_info().rss, Server(storage)
    await asyncio.to_thread(server.rest)
    moment = datetime.now(UTC) + timedelta(seconds=6)  # the database tells its counts late
    moments = await asyncio.to_thread(
        storage.call, bring_forward, learners, options.due, moment, options.spread
    )
    await asyncio.to_thread(server.begin)
    cpu, worst = await strike(storage, options.due, moment)
    servers, pages = await asyncio.to_thread(server.end)
    late = await asyncio.to_thread(lateness, storage, moments)
    grown = psutil.Process().memory_info().rss - before
    storage.close()
    p50, p99 = late[len(late) // 2], late[int(len(late) * 0.99)]
    ours, theirs = cpu / options.due * 1e6, servers / options.due * 1e6
    costs = [ours, theirs, ours + theirs, pages / options.due]
    told = f"{costs[0]:8.0f}µs {costs[1]:8.0f}µs {costs[3]:7.1f}"
    if options.spread >= 5:  # over a minute, watching costs more than what is watched
        told = f"{'–':>10} {'–':>10} {'–':>7}"
    print(
        f"{kind:9} {learners:9,} {options.due:6,} {p50 * 1e3:8.0f}ms {p99 * 1e3:8.0f}ms"
        f" {late[-1] * 1e3:8.0f}ms {told} {worst * 1e3:8.0f}ms {grown / MEGABYTE:+7.0f} MB",
        flush=True,
    )
    return costs


async def measure(options):
    print(
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f},"
        f" due within {options.spread} s\n"
        f"{'database':9} {'learners':>9} {'due':>6} {'late p50':>10} {'p99':>10} {'last':>10}"
        f" {'CPU a drop':>10} {'database’s':>10} {'pages':>7} {'loop late':>10} {'memory':>10}",
        flush=True,
    )
    kind, rows = "sqlite" if options.sqlite else "postgres", []
    for learners in options.learners:
        with (
            tempfile.TemporaryDirectory() as place,
            database_at(kind, Path(place), options.buffers) as url,
        ):
            rows.append(await row(kind, url, learners, options))
    if len(rows) > 1 and options.spread < 5:
        for what, first, last in zip(COSTS, rows[0], rows[-1], strict=True):
            if first:
                print(
                    f"{what}, of the last row against the first: {100 * (last / first - 1):+.0f} %"
                )
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory of this process, filling included: {most:.0f} MB")
    return rows


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.load.million", description=__doc__)
    parser.add_argument("--learners", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--due", type=int, default=10_000)
    parser.add_argument("--spread", type=float, default=0.0, help="seconds; 0: at one instant")
    parser.add_argument("--buffers", default="1GB", help="PostgreSQL’s shared ones")
    parser.add_argument("--sqlite", action="store_true")
    asyncio.run(measure(parser.parse_args()))


if __name__ == "__main__":
    main()
