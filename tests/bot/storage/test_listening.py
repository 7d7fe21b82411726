"""Replicas hear of each other's rows at once, and one of them leads."""

from __future__ import annotations

import asyncio
import time

import pytest
import sqlalchemy as sa
from rows import NOON, typed

from bot.storage import Storage, Unavailable, outbox
from bot.storage.census import EVERY, Part
from bot.tutor.turn import Say


@pytest.fixture
def replicas(postgres_url):
    opened = [Storage(postgres_url) for _ in range(2)]
    for storage in opened:
        storage.listen()
        storage.listen()  # once is enough, twice does no harm
    yield opened
    for storage in opened:
        storage.close()


def wait_for(condition, seconds=8.0):
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    return condition()


async def rung(bell, write):
    """Seconds from the write to the ring; rings of the start are waited out."""
    await asyncio.sleep(0.3)
    await bell.wait(0)
    began = time.monotonic()
    await write()
    await bell.wait(5)
    return time.monotonic() - began


async def test_what_one_replica_writes_the_other_hears(replicas):
    one, other = replicas
    assert await rung(other.inbox_bell, lambda: one.accept([typed(1)])) < 1
    letter = typed(1), [Say("a")], NOON
    assert await rung(other.outbox_bell, lambda: one.run(outbox.write, *letter)) < 1


async def test_one_replica_leads_and_another_takes_over(replicas):
    assert await asyncio.to_thread(wait_for, lambda: any(one.leads for one in replicas))
    assert sorted(one.leads for one in replicas) == [False, True]
    leader, other = sorted(replicas, key=lambda one: not one.leads)
    await asyncio.to_thread(leader.close)
    assert await asyncio.to_thread(wait_for, lambda: other.leads)


async def test_replicas_know_how_many_they_are(replicas):
    one, other = replicas
    assert await asyncio.to_thread(wait_for, lambda: (one.replicas, other.replicas) == (2, 2))
    assert {one.part, other.part} == {Part(0, 2), Part(1, 2)}
    await asyncio.to_thread(one.close)
    assert await asyncio.to_thread(wait_for, lambda: other.replicas == 1)
    assert other.part == EVERY


async def test_a_newcomer_is_counted_by_the_others_before_it_counts_itself(postgres_url):
    one, newcomer = Storage(postgres_url), Storage(postgres_url)
    one.listen()
    assert await asyncio.to_thread(wait_for, lambda: one.replicas == 1)
    newcomer.listen()
    assert newcomer.replicas == 0
    assert await asyncio.to_thread(wait_for, lambda: newcomer.replicas)
    assert (one.replicas, newcomer.replicas) == (2, 2)
    one.close()
    newcomer.close()


async def test_after_the_connection_was_cut_everything_is_heard_again(replicas, postgres_url):
    one, other = replicas
    await one.accept([typed(1)])
    cut = sa.create_engine(postgres_url)
    with cut.connect() as hand:
        hand.execute(
            sa.text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    with pytest.raises(Unavailable):
        await one.accept([typed(2)])  # its connection is dead; the next is new
    await asyncio.sleep(1.5)
    assert await rung(other.inbox_bell, lambda: one.accept([typed(3)])) < 1


def test_a_sqlite_file_has_one_process_and_it_leads(sqlite_url):
    storage = Storage(sqlite_url)
    storage.listen()
    assert storage.leads
    storage.close()
