"""The clock: each learner's drop as an APScheduler job, and the row as the only truth about it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.executors.debug import DebugExecutor
from apscheduler.job import Job
from apscheduler.jobstores.base import BaseJobStore, ConflictingIdError, JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from bot import metrics
from bot.storage import Storage, Unavailable, due, groups
from bot.tutor.events import UserId
from bot.tutor.learner import EVERY_DAY, Rhythm
from bot.tutor.rhythm.pacing import next_time

log = logging.getLogger(__name__)

DROPS = "drops"  # the job store's and the executor's name
ID = "drop:"  # and the learner's number
LOOK_AGAIN = timedelta(seconds=15)  # after which another replica's change is seen
RETRY = timedelta(seconds=2)  # while the database is away
ROWS_AT_ONCE = 1000


class LocalTime(BaseTrigger):  # type: ignore[misc] # APScheduler publishes no types
    """Once a local date at an hour of a zone, whatever the clocks do (the rule: tutor.pacing)."""

    def __init__(self, hour: str, zone: str, days: int = EVERY_DAY) -> None:
        self.rhythm = Rhythm(zone, hour, days)
        next_time(self.rhythm, datetime.now(UTC))  # a zone, hour or day that is none fails here

    def get_next_fire_time(
        self, previous_fire_time: datetime | None, now: datetime
    ) -> datetime | None:
        return next_time(self.rhythm, previous_fire_time or now)

    def __repr__(self) -> str:
        return f"<LocalTime {self.rhythm.hour} {self.rhythm.zone} {self.rhythm.days:07b}>"


class DropStore(BaseJobStore):  # type: ignore[misc] # APScheduler publishes no types
    """A view over the learners' rows: asking it for the jobs due is claiming them.

    The claim itself advances the row and writes the arrival, in one transaction; what the
    scheduler says afterwards about a claimed job is therefore heard and not written down.
    """

    def __init__(self, storage: Storage, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._storage = storage
        self._clock = clock
        self._claimed: dict[str, Job] = {}

    def lookup_job(self, job_id: str) -> Job | None:
        user = _user(job_id)
        row = self._storage.call(due.one, user) if user is not None else None
        return self._job(row) if row else None

    def get_all_jobs(self) -> list[Job]:
        return [self._job(row) for row in self._storage.call(due.everyone)]

    def get_due_jobs(self, now: datetime) -> list[Job]:
        moment = self._clock()
        rows = self._storage.call(due.claim, moment)
        _count(rows, moment)
        if self._storage.call(groups.claim, moment):
            self._storage.inbox_bell.ring()
        jobs = [self._job(row, latest=now) for row in rows if due.is_readable(row.rhythm)]
        self._claimed = {job.id: job for job in jobs}
        return jobs

    def get_next_run_time(self) -> datetime:
        now = datetime.now(UTC)
        try:
            first = self._storage.call(groups.earliest)
        except Unavailable:
            return now + RETRY
        if first is None:
            return now + LOOK_AGAIN
        return now + min(max(first - self._clock(), timedelta(0)), LOOK_AGAIN)

    def add_job(self, job: Job) -> None:
        if self.lookup_job(job.id):
            raise ConflictingIdError(job.id)
        self._change(job)

    def update_job(self, job: Job) -> None:
        if self._claimed.get(job.id) is not job:
            self._change(job)

    def remove_job(self, job_id: str) -> None:
        user = _user(job_id)
        if user is None or not self._storage.call(due.change, user, None, None):
            raise JobLookupError(job_id)

    def remove_all_jobs(self) -> None:
        self._storage.call(due.stop_all)

    def _change(self, job: Job) -> None:
        user = _user(job.id)
        if not isinstance(job.trigger, LocalTime):
            raise TypeError(f"a drop comes by LocalTime, not by {job.trigger!r}")
        next_drop = getattr(job, "next_run_time", None)
        if user is None or not self._storage.call(due.change, user, job.trigger.rhythm, next_drop):
            raise JobLookupError(job.id)

    def _job(self, row: due.Due, latest: datetime | None = None) -> Job:
        """Due at `latest` at the latest: APScheduler reads the machine's clock, not ours."""
        when, moment = row.rhythm, row.next_drop
        job = Job(
            self._scheduler,
            id=f"{ID}{row.user}",
            name=f"{ID}{row.user}",
            trigger=LocalTime(when.hour, when.zone, when.days),
            next_run_time=min(moment, latest) if moment and latest else moment,
            func=self._storage.inbox_bell.ring,
            args=(),
            kwargs={},
            executor=DROPS,
            misfire_grace_time=None,  # how late is too late is pacing's to say, and nothing is
            coalesce=True,
            max_instances=1,
        )
        job._jobstore_alias = self._alias  # noqa: SLF001 - as APScheduler's own stores do
        return job


def _count(rows: list[due.Due], moment: datetime) -> None:
    metrics.drops_due.inc(len(rows))
    for row in rows:
        if row.next_drop:
            metrics.drop_lateness.observe(max(0.0, (moment - row.next_drop).total_seconds()))


def _user(job_id: str) -> UserId | None:
    number = job_id.removeprefix(ID)
    return UserId(int(number)) if job_id != number and number.isdecimal() else None


class Schedule:
    """The running clock. `scheduler` is APScheduler's own, with all of its API."""

    def __init__(self, storage: Storage, clock: Callable[[], datetime]) -> None:
        self._storage = storage
        self._clock = clock
        logging.getLogger("apscheduler").setLevel(logging.WARNING)  # it logs every job it runs
        options: dict[str, Any] = {"jobstore_retry_interval": RETRY.total_seconds()}
        self.scheduler = BackgroundScheduler(timezone=UTC, **options)
        self.scheduler.add_jobstore(DropStore(storage, clock), DROPS)
        self.scheduler.add_executor(DebugExecutor(), DROPS)  # ringing a bell needs no thread

    def start(self) -> None:
        self._reckon_again()
        self.scheduler.start()

    def wake(self) -> None:
        """Looks at once: the clock was moved, or a drop was."""
        self.scheduler.wakeup()

    @property
    def is_alive(self) -> bool:
        """Whether its thread goes on: APScheduler's own `running` says so of a dead one, too."""
        thread = getattr(self.scheduler, "_thread", None)
        return bool(thread and thread.is_alive())

    def stop(self) -> None:
        self.scheduler.shutdown(wait=True)

    def _reckon_again(self) -> None:
        """A new edition of the time zones moves the drops that were reckoned with an older one."""
        import tzdata

        edition: str = tzdata.IANA_VERSION
        if self._storage.call(due.zones_known) == edition:
            return
        last: int | None = -(2**63)
        while last is not None:
            last = self._storage.call(due.reckon_again, last, ROWS_AT_ONCE, self._clock())
        self._storage.call(due.know_zones, edition)
