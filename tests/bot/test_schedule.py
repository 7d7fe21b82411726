"""APScheduler carries the drops: its API shows the rows and changes them, and nothing else fires."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from apscheduler.jobstores.base import ConflictingIdError, JobLookupError
from apscheduler.schedulers.base import STATE_RUNNING
from apscheduler.triggers.interval import IntervalTrigger
from rows import EIGHT, keep, learner, rows_of

from bot.schedule import DROPS, LocalTime, Schedule
from bot.storage import Storage, due, packing, tables
from bot.tutor.learner import Rhythm
from bot.tutor.pacing import next_time

DAY = timedelta(days=1)


class Clock:
    """The machine's clock, moved on by what a test says."""

    def __init__(self):
        self.ahead = timedelta(0)

    def __call__(self):
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def schedule(storage, clock):
    made = Schedule(storage, clock)
    yield made
    if made.scheduler.state == STATE_RUNNING:
        made.stop()


def drops(storage):
    return rows_of(storage, tables.inbox, "key")


def wait_for(condition, seconds=5.0):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.01)
    return condition()


def soon(clock, rhythm=EIGHT):
    return next_time(rhythm, clock())


def next_drop(storage):
    return rows_of(storage, tables.learner, "next_drop")[0]


# what APScheduler's own API shows


def test_a_job_shows_the_rows_next_time(storage, schedule, clock):
    keep(storage, learner(7, rhythm=EIGHT, next_drop=soon(clock)))
    schedule.start()
    job = schedule.scheduler.get_job("drop:7")
    assert job.next_run_time == next_drop(storage) == soon(clock)
    assert (job.trigger.rhythm, job.name) == (EIGHT, "drop:7")
    assert [one.id for one in schedule.scheduler.get_jobs(DROPS)] == ["drop:7"]


def test_a_learner_without_an_hour_is_no_job(storage, schedule):
    keep(storage, learner(7))
    schedule.start()
    assert schedule.scheduler.get_job("drop:7") is None
    assert schedule.scheduler.get_job("drop:8") is None
    assert schedule.scheduler.get_job("something else") is None
    assert schedule.scheduler.get_jobs(DROPS) == []


def test_rescheduling_a_job_changes_the_row(storage, schedule, clock):
    keep(storage, learner(7, rhythm=EIGHT, next_drop=soon(clock)))
    schedule.start()
    trigger = LocalTime("19:30", "Asia/Tokyo", 0b0011111)
    schedule.scheduler.reschedule_job("drop:7", DROPS, trigger)
    evening = Rhythm("Asia/Tokyo", "19:30", 0b0011111)
    assert next_drop(storage) == soon(clock, evening)
    assert storage.call(lambda c: c.execute(sa.select(*due.COLUMNS)).one())[2:5] == (
        "Asia/Tokyo", "19:30", 0b0011111,
    )  # fmt: skip


def test_pausing_and_resuming_a_job_change_the_row(storage, schedule, clock):
    keep(storage, learner(7, rhythm=EIGHT, next_drop=soon(clock)))
    schedule.start()
    schedule.scheduler.pause_job("drop:7", DROPS)
    assert next_drop(storage) is None
    assert schedule.scheduler.get_job("drop:7").next_run_time is None
    schedule.scheduler.resume_job("drop:7", DROPS)
    assert next_drop(storage) == soon(clock)


def test_adding_and_removing_a_job_change_the_row(storage, schedule, clock):
    keep(storage, learner(7))
    schedule.start()
    trigger = LocalTime("08:00", "Europe/Berlin")
    schedule.scheduler.add_job(print, trigger, id="drop:7", jobstore=DROPS)
    assert next_drop(storage) == soon(clock)
    with pytest.raises(ConflictingIdError):
        schedule.scheduler.add_job(print, trigger, id="drop:7", jobstore=DROPS)
    schedule.scheduler.remove_job("drop:7", DROPS)
    assert rows_of(storage, tables.learner, "next_drop", "zone") == [(None, None)]
    with pytest.raises(JobLookupError):
        schedule.scheduler.add_job(print, trigger, id="drop:99", jobstore=DROPS)


def test_a_drop_comes_by_no_other_trigger(storage, schedule, clock):
    keep(storage, learner(7, rhythm=EIGHT, next_drop=soon(clock)))
    schedule.start()
    with pytest.raises(TypeError, match="LocalTime"):
        schedule.scheduler.reschedule_job("drop:7", DROPS, IntervalTrigger(hours=1))
    assert next_drop(storage) == soon(clock)


def test_what_a_learner_chose_after_the_claim_stands(storage, schedule, clock):
    """The scheduler reports on a claimed job after the claim; by then the row may have changed."""
    keep(storage, learner(7, rhythm=EIGHT, next_drop=clock() - timedelta(seconds=1)))
    schedule.scheduler.start(paused=True)
    store = schedule.scheduler._jobstores[DROPS]
    (job,) = store.get_due_jobs(clock())
    storage.call(due.change, 7, EIGHT, None)  # /pause
    store.update_job(job)
    assert next_drop(storage) is None


# when drops come


def test_a_due_drop_is_in_the_inbox_and_the_row_has_moved_on(storage, schedule, clock):
    moment = clock() + timedelta(seconds=0.3)
    keep(storage, learner(7, rhythm=EIGHT, next_drop=moment))
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
        clock.ahead = days * DAY
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


# time zones that change between two versions


def test_a_new_edition_of_the_time_zones_moves_what_was_reckoned(storage, clock):
    right = soon(clock)
    snoozed = clock() + timedelta(days=2, hours=5, minutes=7)
    keep(
        storage,
        learner(7, rhythm=EIGHT, next_drop=right + DAY + timedelta(hours=1)),
        learner(
            8, rhythm=Rhythm("UTC", f"{snoozed - timedelta(hours=4):%H:%M}"), next_drop=snoozed
        ),
        learner(9, rhythm=EIGHT),
    )
    storage.call(due.know_zones, "1999a")
    schedule = Schedule(storage, clock)
    schedule.start()
    schedule.stop()
    moved = rows_of(storage, tables.learner, "next_drop")
    assert moved == [next_time(EIGHT, right), snoozed, None]
    assert storage.call(due.zones_known) != "1999a"


def test_local_time_refuses_what_is_no_time():
    for hour, zone, days in (("25:00", "UTC", 1), ("08:00", "No/Where", 1), ("08:00", "UTC", 0)):
        with pytest.raises((ValueError, KeyError)):
            LocalTime(hour, zone, days)
