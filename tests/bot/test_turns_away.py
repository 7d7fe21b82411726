"""A database that does not answer is told of once, however often it is asked."""

from __future__ import annotations

import asyncio
import logging

from driving import running, turns_of

from bot import metrics
from bot.storage import Storage


async def test_a_database_that_is_away_for_many_tries_is_told_once_and_so_is_its_return(
    sqlite_url, caplog
):
    storage = Storage(sqlite_url)

    def rename(old, new):
        return storage.run(lambda c: c.exec_driver_sql(f"ALTER TABLE {old} RENAME TO {new}"))

    caplog.set_level(logging.INFO, "bot.turns.running")
    before = tries()
    async with running(turns_of(storage)):
        await rename("inbox", "away")
        while tries() < before + 3:  # noqa: ASYNC110 - a metric rings no bell
            await asyncio.sleep(0.02)
        await rename("away", "inbox")
        while len(caplog.messages) < 2:  # noqa: ASYNC110 - nor does a log
            await asyncio.sleep(0.02)
    storage.close()
    away, back = caplog.messages
    assert away.startswith("the database is away; arrivals wait")
    assert back == "the database is back"


def tries():
    return metrics.away.labels("turns")._value.get()
