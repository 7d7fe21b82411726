"""A turn that fails, a process that stops or dies, a learner who leaves: nothing else is lost."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
import sqlalchemy as sa
from driving import SORRY, all_letters, command, heard, letters, running, taken, turns_of
from rows import NOON, keep, learner, rows_of, typed
from small_mind import BOOM, SmallMind, by_equality

from bot.storage import Overtaken, Storage, Unavailable, tables
from bot.storage.condemning import PATIENCE, TRACE
from bot.storage.inbox import DEATHS
from bot.tutor.events import (
    Arrival,
    ChatId,
    Person,
    Tapped,
    UserId,
)
from bot.tutor.learner import Answering
from bot.tutor.turn import Say, Toast, Turn

# what fails


async def test_a_turn_that_fails_is_put_aside_with_its_trace_and_the_rest_goes_on(storage, caplog):
    await taken(storage, typed(1, "a"), typed(2, BOOM), typed(3, "b"), typed(4, "c", 8))
    assert await heard(storage) == ("a", "b")
    assert await heard(storage, 8) == ("c",)
    said = [letter.utterance.text for letter in await all_letters(storage) if letter.chat == 7]
    assert said == ["heard a", SORRY, "heard b"]
    traces = await asyncio.to_thread(rows_of, storage, tables.inbox, "trace")
    assert [bool(trace) for trace in traces] == [False, True, False, False]
    assert "ZeroDivisionError" in traces[1]
    assert "L7" not in caplog.text  # who it was is in the row, not in the log
    assert "ZeroDivisionError" in caplog.text


async def test_a_trace_that_no_database_takes_is_kept_all_the_same(storage):
    ((arrival, _),) = await _claimed(storage, typed(1, BOOM))
    await storage.put_aside(arrival, "bad \x00 \ud800 trace", lambda _: (Say(SORRY),), NOON)
    assert await storage.inbox_is_empty()


async def _claimed(storage, *arrivals):
    await storage.accept(arrivals)
    return await storage.claim_arrivals(10, NOON)


# taps, tasks, goodbye


@pytest.mark.parametrize(("data", "toast"), [("noted", Toast("noted")), ("", Toast())])
async def test_every_tap_is_answered(storage, data, toast):
    person = Person(UserId(7), "L7", "en")
    tap = Arrival("update:1", ChatId(7), person, Tapped(data, 5), NOON, tap="query")
    await taken(storage, tap)
    (letter,) = await storage.claim_letters(NOON, 5)
    assert (letter.utterance, letter.tap) == (toast, "query")


async def test_a_task_comes_back_as_an_event(storage):
    await taken(storage, command(1, "export"))
    (errand,) = await storage.claim_tasks(NOON, 5)
    assert (errand.task.name, errand.task.values) == ("export", {"as": "json"})
    assert await storage.claim_tasks(NOON, 5) == []
    await storage.task_done(errand, "ready", NOON)
    await storage.task_done(errand, "ready", NOON)
    await taken(storage)
    assert await letters(storage) == [Say("export ready")]


async def test_who_asks_to_be_forgotten_leaves_no_row_but_is_answered(storage):
    await taken(storage, command(1, "open", "one"), typed(2, "1/2"), command(3, "forget"))
    assert await storage.learner(UserId(7)) is None
    assert await storage.export(UserId(7)) is None
    for table in (tables.learner, tables.attempt, tables.delivery, tables.slot):
        assert (
            await asyncio.to_thread(rows_of, storage, table, table.primary_key.columns.keys()[0])
            == []
        )
    kept = await asyncio.to_thread(rows_of, storage, tables.inbox, "chat", "person", "event")
    assert kept == [(0, None, None)] * 3
    assert await letters(storage) == [Say("All gone.")]


# stopping


async def test_stopping_drains_what_was_begun(storage):
    began = asyncio.Event()

    async def slow(question, text):
        began.set()
        await asyncio.sleep(0.2)
        return by_equality(question, text)

    await asyncio.to_thread(keep, storage, learner(7, stage=Answering("lesson", "one", {})))
    await storage.accept([typed(1, "1/2")])
    async with running(turns_of(storage, judge=slow)):
        await began.wait()
    assert await heard(storage) == ("one 1/2",)


async def test_what_a_killed_process_had_in_work_is_taken_up_at_the_next_start(sqlite_url):
    killed = Storage(sqlite_url)
    await killed.accept([typed(1, "a"), typed(2, "b")])
    assert len(await killed.claim_arrivals(10, NOON)) == 1
    after = Storage(sqlite_url)
    await taken(after)
    assert await heard(after) == ("a", "b")
    killed.close()
    after.close()


async def test_another_replicas_work_is_taken_over_only_after_its_time(postgres_url):
    slow, other = Storage(postgres_url), Storage(postgres_url)
    slow.listen()
    await asyncio.sleep(0.5)  # it holds its lock now: it lives
    await slow.accept([typed(1, "a")])
    ((arrival, _),) = await slow.claim_arrivals(10, NOON)
    await other.revive(NOON.replace(second=30))
    assert await other.claim_arrivals(10, NOON) == []
    await other.revive(NOON.replace(minute=2))
    assert await other.claim_arrivals(10, NOON) == [(arrival, False)]
    with pytest.raises(Overtaken):
        await slow.turn(arrival, SmallMind().meet, Turn, NOON)
    slow.close()
    other.close()


async def test_what_a_replica_that_died_had_in_work_waits_for_no_lease(postgres_url):
    dead, other = Storage(postgres_url), Storage(postgres_url)
    await dead.accept([typed(1, "a")])
    ((arrival, _),) = await dead.claim_arrivals(10, NOON)
    dead.close()
    await other.revive(NOON.replace(second=5))
    assert await other.claim_arrivals(10, NOON) == []  # it may have lost its connection only
    await other.revive(NOON.replace(second=15))
    assert await other.claim_arrivals(10, NOON) == [(arrival, False)]
    other.close()


async def test_what_many_processes_died_with_within_a_few_minutes_is_innocent_yet(storage):
    await storage.accept([typed(1, "a")])
    killed = sa.update(tables.inbox).values(deaths=DEATHS + 1)
    await storage.run(lambda connection: connection.execute(killed))
    assert await storage.condemn(lambda _: (Say(SORRY),), NOON + PATIENCE / 2) == 0
    assert await storage.condemn(lambda _: (Say(SORRY),), NOON + PATIENCE) == 1


async def test_an_arrival_that_kills_its_process_is_tried_a_few_times_and_the_rest_goes_on(
    sqlite_url,
):
    poison, bystanders = "poison", [typed(n, "a", user=n) for n in range(2, 9)]
    living = Storage(sqlite_url)
    await living.accept([replace(typed(1, poison, user=1), at=NOON - PATIENCE), *bystanders])
    living.close()
    lives = 0
    while await _dies(sqlite_url, poison):
        lives += 1
        assert lives <= 2 * DEATHS
    assert lives == DEATHS
    after = Storage(sqlite_url)
    assert [await heard(after, user) for user in range(2, 9)] == [("a",)] * 7
    assert await after.learner(UserId(1)) is None
    assert [one.utterance for one in await all_letters(after) if one.chat == 1] == [Say(SORRY)]
    assert rows_of(after, tables.inbox, "trace")[0] == TRACE
    after.close()


async def _dies(url, poison):
    """A process that ends where it stands when it takes the poison; whether it did."""
    storage, dead = Storage(url), asyncio.Event()

    class Mortal(SmallMind):
        def respond(self, learner, event, now):
            if getattr(event, "text", "") == poison:
                loop.call_soon_threadsafe(dead.set)
                raise Unavailable(poison)  # nothing more is written: the database sees a kill
            return super().respond(learner, event, now)

    loop, turns = asyncio.get_running_loop(), turns_of(storage, Mortal())
    running_, settled = asyncio.create_task(turns.run()), asyncio.create_task(turns.settled())
    died = asyncio.create_task(dead.wait())
    await asyncio.wait([settled, died], return_when=asyncio.FIRST_COMPLETED, timeout=10)
    for task in (running_, settled, died, *turns._in_work):
        task.cancel()
    storage.close()
    return dead.is_set()


async def test_while_the_database_is_away_arrivals_wait_and_none_is_lost(sqlite_url):
    storage = Storage(sqlite_url)
    storage.call(lambda connection: connection.connection.execute("PRAGMA busy_timeout = 20"))
    await storage.accept([typed(1, "a"), typed(2, "b"), typed(3, "c", 8)])
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as other:
        other.execute("BEGIN IMMEDIATE")  # nobody else can write now
        turns = turns_of(storage)
        async with running(turns):
            await asyncio.sleep(0.3)
            other.execute("ROLLBACK")
            await asyncio.wait_for(_settled(turns), 20)
    assert (await heard(storage, 7), await heard(storage, 8)) == (("a", "b"), ("c",))
    storage.close()


async def _settled(turns):
    while True:
        try:
            return await turns.settled()
        except Unavailable:
            await asyncio.sleep(0.05)


async def test_a_database_that_is_restarted_under_the_turns_loses_none(postgres_url):
    storage, other = Storage(postgres_url), Storage(postgres_url)
    turns = turns_of(storage)
    async with running(turns):
        for number in range(1, 61):
            await other.accept([typed(number, str(number), user=number % 3)])
            if number % 20 == 0:
                await other.run(_cut_everyone_else)
        await asyncio.wait_for(_settled(turns), 20)
    for user in range(3):
        assert await heard(other, user) == tuple(str(n) for n in range(1, 61) if n % 3 == user)
    assert len(await letters(other)) == 60
    storage.close()
    other.close()


def _cut_everyone_else(connection):
    connection.exec_driver_sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid()"
    )
