"""APScheduler carries the drops: its API shows the rows and changes them, and nothing else fires."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from apscheduler.jobstores.base import ConflictingIdError, JobLookupError
from apscheduler.triggers.interval import IntervalTrigger
from clocks import next_drop, soon
from rows import EIGHT, keep, learner, rows_of

from bot.schedule import DROPS, LocalTime, Schedule
from bot.storage import due, tables
from bot.tutor.learner import Rhythm
from bot.tutor.rhythm.pacing import next_time

DAY = timedelta(days=1)


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
