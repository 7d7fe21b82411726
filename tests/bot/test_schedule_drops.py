"""When drops come through APScheduler: on time, once, late rather than never, and for everybody."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from clocks import drops, far, next_drop, soon, wait_for
from rows import EIGHT, keep, learner, rows_of

from bot.schedule import Schedule
from bot.storage import Storage, due, packing, tables
from bot.tutor.learner import Rhythm

DAY = timedelta(days=1)


# when drops come


def test_a_due_drop_is_in_the_inbox_and_the_row_has_moved_on(storage, schedule, clock):
    moment = clock() + timedelta(seconds=0.3)
    keep(storage, learner(7, rhythm=far(clock), next_drop=moment))
    schedule.start()
    assert drops(storage) == []
    assert wait_for(lambda: drops(storage))
    assert rows_of(storage, tables.inbox, "chat") == [7]
    assert next_drop(storage) > clock()


def test_a_drop_comes_a_learner_of_many(storage, schedule, clock):
    """More than two batches; nobody twice."""
    moment = clock() - timedelta(seconds=1)
    keep(storage, *(learner(user, rhythm=EIGHT, next_drop=moment) for user in range(1, 451)))
    schedule.start()
    assert wait_for(lambda: len(drops(storage)) >= 450)
    assert sorted(rows_of(storage, tables.inbox, "chat")) == list(range(1, 451))


def test_with_the_scheduler_stopped_no_drop_comes(storage, schedule, clock):
    keep(storage, learner(7, rhythm=EIGHT, next_drop=soon(clock)))
    schedule.start()
    schedule.stop()
    clock.ahead = 2 * DAY
    assert not wait_for(lambda: drops(storage), 0.3)


def test_with_the_scheduler_paused_no_drop_comes_until_it_goes_on(storage, schedule, clock):
    keep(storage, learner(7, rhythm=EIGHT, next_drop=soon(clock)))
    schedule.start()
    schedule.scheduler.pause()
    clock.ahead = DAY
    schedule.wake()
    assert not wait_for(lambda: drops(storage), 0.3)
    schedule.scheduler.resume()
    schedule.wake()
    assert wait_for(lambda: drops(storage))


def test_what_was_missed_while_the_process_was_down_comes_once_after_the_start(
    storage, schedule, clock
):
    keep(storage, learner(7, rhythm=EIGHT, next_drop=soon(clock) - 5 * DAY))
    schedule.start()
    assert wait_for(lambda: drops(storage))
    assert not wait_for(lambda: len(drops(storage)) > 1, 0.3)
    assert next_drop(storage) >= clock() + timedelta(hours=8)


def test_a_clock_that_is_moved_is_heard_at_once(storage, schedule, clock):
    keep(storage, learner(7, rhythm=EIGHT, next_drop=soon(clock)))
    schedule.start()
    for days in (1, 2, 3):
        clock.ahead += next_drop(storage) - clock() + timedelta(seconds=1)
        schedule.wake()
        assert wait_for(lambda: len(drops(storage)) == days)  # noqa: B023 - called at once


async def test_a_drop_rings_the_bell_of_the_inbox(storage, schedule, clock):
    keep(storage, learner(7, rhythm=EIGHT, next_drop=soon(clock)))
    schedule.start()
    listening = asyncio.create_task(storage.inbox_bell.wait(10))
    await asyncio.sleep(0.05)
    clock.ahead = DAY
    schedule.wake()
    await asyncio.wait_for(listening, 5)
    assert len(await asyncio.to_thread(drops, storage)) == 1


def test_a_drop_moved_to_another_hour_of_its_day_comes_again(storage):
    """The mind moved today's drop: the same date, another arrival."""
    keep(
        storage,
        learner(7, rhythm=Rhythm("UTC", "08:00"), next_drop=datetime(2026, 3, 1, 8, tzinfo=UTC)),
    )
    storage.call(due.claim, datetime(2026, 3, 1, 8, tzinfo=UTC))
    later = datetime(2026, 3, 1, 20, tzinfo=UTC)
    storage.call(due.change, 7, Rhythm("UTC", "08:00"), later)
    storage.call(due.claim, later)
    assert drops(storage) == ["drop:7:2026-03-01", "drop:7:2026-03-01@20:00"]
    events = [packing.unpack_event(one) for one in rows_of(storage, tables.inbox, "event")]
    assert {event.local_date for event in events} == {date(2026, 3, 1)}
    assert next_drop(storage) == datetime(2026, 3, 2, 8, tzinfo=UTC)


# what must not stop the clock


def test_a_row_that_cannot_be_read_stops_nobody(storage, schedule, clock):
    moment = clock() - timedelta(seconds=1)
    keep(
        storage,
        learner(7, rhythm=Rhythm("Mars/Olympus", "08:00"), next_drop=moment),
        learner(8, rhythm=EIGHT, next_drop=moment),
    )
    schedule.start()
    assert wait_for(lambda: len(drops(storage)) == 2)
    keep(storage, learner(9, rhythm=EIGHT, next_drop=clock() - timedelta(seconds=1)))
    schedule.wake()
    assert wait_for(lambda: len(drops(storage)) == 3)


def test_the_clock_goes_on_after_the_database_was_away(sqlite_url, clock):
    storage = Storage(sqlite_url)
    storage.call(lambda connection: connection.connection.execute("PRAGMA busy_timeout = 50"))
    other = sa.create_engine(sqlite_url)
    keep(storage, learner(7, rhythm=EIGHT, next_drop=soon(clock)))
    schedule = Schedule(storage, clock)
    schedule.start()
    with other.connect() as hand:
        hand.exec_driver_sql("BEGIN IMMEDIATE")  # nobody else can write now
        clock.ahead = DAY
        schedule.wake()
        time.sleep(0.5)
        hand.exec_driver_sql("ROLLBACK")
    assert wait_for(lambda: drops(storage), 8)
    schedule.stop()
    storage.close()
