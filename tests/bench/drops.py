"""What it costs when many drops fall due at one instant: `python tests/bench/drops.py --postgres`.

Learners in rows, a part of them due together, APScheduler with DropStore claiming them: seconds to
the first and the last arrival in the inbox, drops a second, and how long an asyncio loop beside it
was kept waiting at most.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
import tzdata
from turns import databases, opened  # the bench beside this one; it sets the path to the house

from bot.schedule import Schedule
from bot.storage import due as due_rows
from bot.storage import packing, tables
from bot.tutor.events import UserId
from bot.tutor.learner import Learner, Rhythm

AT_ONCE = 5000  # rows an insert


def fill(storage, learners, due, moment):
    """`due` of them fall due at `moment`, the others some hours later."""
    eight = Rhythm("Europe/Berlin", "08:00")
    row = packing.pack_learner(Learner(UserId(0), "L", "en", 11, "path", rhythm=eight))
    row |= {"met_at": moment}
    for first in range(1, learners + 1, AT_ONCE):
        users = range(first, min(first + AT_ONCE, learners + 1))
        rows = [
            row | {"user_id": user, "chat": user, "next_drop": when(user, learners, due, moment)}
            for user in users
        ]
        storage.call(lambda connection: connection.execute(sa.insert(tables.learner), rows))  # noqa: B023
    storage.call(due_rows.know_zones, tzdata.IANA_VERSION)  # as at every start but the first
    if not storage.on_sqlite:
        storage.call(lambda connection: connection.exec_driver_sql("ANALYZE learner"))


def when(user, learners, due, moment):
    every = learners // due
    return moment if user % every == 0 else moment + timedelta(hours=1 + user % 20)


def arrived(storage):
    """How many came; the inbox was empty before, and its numbers count up."""
    return storage.call(lambda c: c.scalar(sa.select(sa.func.max(tables.inbox.c.id)))) or 0


def first_and_last(storage):
    at = tables.inbox.c.at
    return storage.call(lambda c: c.execute(sa.select(sa.func.min(at), sa.func.max(at))).one())


async def lag(over):
    """The longest that the loop was late for a sleep of 20 ms: watching shall cost little."""
    worst = 0.0
    while not over.is_set():
        began = time.perf_counter()
        await asyncio.sleep(0.02)
        worst = max(worst, time.perf_counter() - began - 0.02)
    return worst


async def strike(storage, due, moment):
    """Starts the clock before the instant; seconds of CPU, from then on, and of the loop's lag."""
    schedule = Schedule(storage, lambda: datetime.now(UTC))
    over = asyncio.Event()
    await asyncio.to_thread(schedule.start)
    await asyncio.sleep(max(0.0, (moment - datetime.now(UTC)).total_seconds() - 0.05))
    cpu = time.process_time()
    watching = asyncio.create_task(lag(over))
    while await asyncio.to_thread(arrived, storage) < due:  # noqa: ASYNC110 - rows ring no bell here
        await asyncio.sleep(0.25)
    cpu = time.process_time() - cpu
    over.set()
    worst = await watching
    await asyncio.to_thread(schedule.stop)
    return cpu, worst


async def measure(options):
    print(
        f"{'database':11} {'learners':>9} {'due':>6} {'first':>8} {'last':>8} {'drops/s':>8} {'CPU a drop':>11} {'loop late':>10}"
    )
    for database, new in databases(options.postgres):
        for learners in options.learners:
            storage = opened(new(f"drops_{learners}"))
            await asyncio.to_thread(
                fill, storage, learners, options.due, datetime.now(UTC) + timedelta(hours=1)
            )
            moment = datetime.now(UTC) + timedelta(seconds=1)
            await asyncio.to_thread(storage.call, bring_forward, moment)
            cpu, worst = await strike(storage, options.due, moment)
            first, last = (
                (at - moment).total_seconds()
                for at in await asyncio.to_thread(first_and_last, storage)
            )
            print(
                f"{database:11} {learners:9,} {options.due:6,} {first * 1e3:6.0f}ms {last:7.2f}s"
                f" {options.due / (last - max(0, first)):8,.0f} {cpu / options.due * 1e6:8.0f}µs {worst * 1e3:8.0f}ms"
            )
            storage.close()


def bring_forward(connection, moment):
    """Filling takes its time: the instant is set when all rows are there."""
    learner = tables.learner
    first = sa.select(sa.func.min(learner.c.next_drop)).scalar_subquery()
    connection.execute(
        sa.update(learner).where(learner.c.next_drop == first).values(next_drop=moment)
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--learners", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--due", type=int, default=5_000)
    parser.add_argument("--postgres", action="store_true")
    asyncio.run(measure(parser.parse_args()))


if __name__ == "__main__":
    main()
