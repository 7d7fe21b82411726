"""Replicas take up what the dead had in work, and none stands in another's way."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import sqlalchemy as sa
from posting import write
from rows import NOON, rows_of, typed

from bot.storage import Storage, tables
from bot.storage.burying import take_up
from bot.tutor.turn import Say

MANY = 30
LATER = NOON + timedelta(minutes=2)
DIED_WITH = (tables.inbox, tables.letter)


async def left_by_the_dead(storage):
    for chat in range(1, MANY + 1):
        await write(storage, chat, Say(f"{chat}"))
    await storage.accept([typed(n, user=n) for n in range(1, MANY + 1)])
    await storage.run(die)


def die(connection):
    """Everything is in the hands of two processes that are no more."""
    for table in DIED_WITH:
        hands = sa.case((table.c.id % 2 == 0, "ab" * 8), else_="cd" * 8)
        connection.execute(sa.update(table).values(worker=hands, taken_at=NOON))


async def test_who_finds_another_at_it_goes_on_and_does_not_wait(postgres_url):
    one, other = Storage(postgres_url), Storage(postgres_url)
    await left_by_the_dead(one)
    with one.engine.begin() as connection:
        take_up(connection, one.worker, one.stale(LATER), LATER)
        async with asyncio.timeout(20):
            await other.revive(LATER)
        assert None not in rows_of(other, tables.letter, "worker")
    for table in DIED_WITH:
        assert rows_of(other, table, "worker") == [None] * MANY
    one.close()
    other.close()


async def test_replicas_that_start_together_take_it_up_once(postgres_url):
    replicas = [Storage(postgres_url) for _ in range(3)]
    await left_by_the_dead(replicas[0])
    await asyncio.gather(*(one.revive(LATER) for one in replicas for _ in range(4)))
    for table in DIED_WITH:
        assert rows_of(replicas[0], table, "worker") == [None] * MANY
    assert rows_of(replicas[0], tables.inbox, "deaths") == [1] * MANY
    for one in replicas:
        one.close()
