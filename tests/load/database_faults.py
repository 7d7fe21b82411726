"""A database on a bad day: SQLite locked, full, gone."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

from tests.load.school import repeated


async def locked(school, gone):
    """Database locked by another for a while."""
    await school.tutor.storage.run(_impatient)
    ana = await school.learner()
    since = len(ana.chat.said)
    with closing(sqlite3.connect(school.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        asking = asyncio.create_task(school.asked(ana, patience=gone + 60))
        await asyncio.sleep(gone)
        waited = school.phone.waiting
        other.execute("ROLLBACK")
    assert not asking.done()
    took = await asking
    await school.quiet()
    assert repeated(ana, since) == 0
    return f"{waited} update waited at Telegram; answered {took - gone:.1f} s after its end"


def _impatient(connection):
    connection.connection.execute("PRAGMA busy_timeout = 200")


async def full(school, gone):
    """Disk full for a while."""
    ana = await school.learner()
    since, seconds = len(ana.chat.said), min(gone, 5.0)

    def fill_up(connection):
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS ballast (x)")

    await _quietly(school, fill_up)
    texts = ["z" * 3000 + str(number) for number in range(8)]
    for text in texts:
        await ana.type(text)
    await asyncio.sleep(seconds)
    waited = school.phone.waiting
    await _quietly(school, lambda c: c.exec_driver_sql("PRAGMA max_page_count = 1000000"))
    async with asyncio.timeout(120):
        while school.phone.waiting:  # noqa: ASYNC110 - a screen rings no bell here
            await asyncio.sleep(0.05)
    await school.quiet()
    assert await school.undone() == 0
    assert waited > 0, "it was never full"
    answers = len(ana.chat.said) - since
    assert answers >= len(texts)
    return f"{waited} updates waited at Telegram; all {len(texts)} answered when there was room"


async def _quietly(school, work):
    from bot.storage import Unavailable

    try:
        await school.tutor.storage.run(work)
    except Unavailable:
        return


FAULTS = (locked, full)
