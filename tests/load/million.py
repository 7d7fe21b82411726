"""A million learners in PostgreSQL, ten thousand of them due: how late, how heavy, at what cost.

python -m tests.load.million [--learners 100000 1000000] [--due 10000] [--spread 60] [--sqlite]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import sqlalchemy as sa

from bot.storage import Storage, tables
from tests.crash.databases import database_at

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))
from drops import fill, strike

MEGABYTE = 1 << 20


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


def _cost(cpu, options):
    """Over a minute, watching costs more than what is watched: then nothing is told."""
    return f"{cpu / options.due * 1e6:8.0f}µs" if options.spread < 5 else f"{'–':>10}"


async def row(kind, url, learners, options):
    storage = Storage(url)
    storage.migrate()
    await asyncio.to_thread(
        fill, storage, learners, options.due, datetime.now(UTC) + timedelta(hours=3)
    )
    before = psutil.Process().memory_info().rss
    moment = datetime.now(UTC) + timedelta(seconds=4)
    moments = await asyncio.to_thread(
        storage.call, bring_forward, learners, options.due, moment, options.spread
    )
    _, last, cpu, worst = await strike(storage, options.due, moment)
    late = await asyncio.to_thread(lateness, storage, moments)
    grown = psutil.Process().memory_info().rss - before
    storage.close()
    p50, p99 = late[len(late) // 2], late[int(len(late) * 0.99)]
    print(
        f"{kind:9} {learners:9,} {options.due:6,} {p50 * 1e3:8.0f}ms {p99 * 1e3:8.0f}ms"
        f" {late[-1] * 1e3:8.0f}ms {_cost(cpu, options)} {worst * 1e3:8.0f}ms"
        f" {grown / MEGABYTE:+7.0f} MB",
        flush=True,
    )
    return {"late": late[-1], "cost": cpu / options.due, "lag": worst, "last": last}


async def measure(options):
    print(
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f},"
        f" due within {options.spread} s\n"
        f"{'database':9} {'learners':>9} {'due':>6} {'late p50':>10} {'p99':>10} {'last':>10}"
        f" {'CPU a drop':>10} {'loop late':>10} {'memory':>10}",
        flush=True,
    )
    kind, rows = "sqlite" if options.sqlite else "postgres", []
    for learners in options.learners:
        with tempfile.TemporaryDirectory() as place, database_at(kind, Path(place)) as url:
            rows.append(await row(kind, url, learners, options))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory of this process, filling included: {most:.0f} MB")
    return rows


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.load.million", description=__doc__)
    parser.add_argument("--learners", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--due", type=int, default=10_000)
    parser.add_argument("--spread", type=float, default=0.0, help="seconds; 0: at one instant")
    parser.add_argument("--sqlite", action="store_true")
    asyncio.run(measure(parser.parse_args()))


if __name__ == "__main__":
    main()
