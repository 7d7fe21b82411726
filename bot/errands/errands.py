"""Takes the tasks that turns left, has them worked on, and brings what came of it back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import TypeAlias

import structlog

from bot.storage import Storage, Unavailable
from bot.storage.tasks import Errand

log = structlog.get_logger(__name__)

Tell: TypeAlias = Callable[[str], None]  # how far it is; the latest word counts
Work: TypeAlias = Callable[[Mapping[str, str], Tell], Awaitable[str]]

PLACES = 2  # tasks in work at once
IDLE = 1.0  # seconds between looks when no bell rings
RETRY = 0.5  # seconds, while the database is away
WATCHING = 0.25  # seconds between looks whether somebody has called a task off
TELLING = 1.0  # seconds between two words about how far it is
GLANCE = 0.01  # seconds, while somebody waits for all tasks to be done


def utc_now() -> datetime:
    return datetime.now(UTC)


class Errands:
    """`works` does tasks by name; a task of any other name is done as soon as it is seen."""

    def __init__(
        self,
        storage: Storage,
        works: Mapping[str, Work],
        *,
        clock: Callable[[], datetime] = utc_now,
        places: int = PLACES,
    ) -> None:
        self._storage = storage
        self._works = works
        self._clock = clock
        self._places = places
        self._in_work: set[asyncio.Task[None]] = set()
        self._stopping = False

    async def run(self) -> None:
        """Until `stop`. What is in work then is let go; it is taken up again by a start."""
        while not self._stopping:
            try:
                busy = await self._look()
            except Unavailable:
                busy = False
            if not busy:
                await self._storage.task_bell.wait(IDLE)
        for task in self._in_work:
            task.cancel()
        if self._in_work:
            await asyncio.wait(self._in_work)

    def stop(self) -> None:
        self._stopping = True
        self._storage.task_bell.ring()

    async def settled(self) -> None:
        """Waits until no task is in work and none waits."""
        while self._in_work or not await self._storage.tasks_are_done():
            if self._in_work:
                await asyncio.wait(set(self._in_work), return_when=asyncio.FIRST_COMPLETED)
            else:
                await asyncio.sleep(GLANCE)

    async def _look(self) -> bool:
        """Takes what may be taken; whether it took anything."""
        room = self._places - len(self._in_work)
        if room <= 0:
            return False
        claimed = await self._storage.claim_tasks(self._clock(), room)
        for errand in claimed:
            task = asyncio.create_task(self._run_errand(errand))
            self._in_work.add(task)
            task.add_done_callback(self._landed)
        return bool(claimed)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._in_work.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("a task broke off", kind=type(error).__name__, exc_info=error)
        self._storage.task_bell.ring()

    async def _run_errand(self, errand: Errand) -> None:
        work = self._works.get(errand.task.name)
        result = await self._worked(errand, work) if work else ""
        await self._through(lambda: self._storage.task_done(errand, result, self._clock()))

    async def _worked(self, errand: Errand, work: Work) -> str:
        """What came of it; nothing where it was called off."""
        latest: list[str] = []
        working = asyncio.ensure_future(work(errand.task.values, latest.append))
        telling = asyncio.create_task(self._tell(errand, latest))
        watching = asyncio.create_task(self._called_off(errand))
        try:
            await asyncio.wait([working, watching], return_when=asyncio.FIRST_COMPLETED)
            return working.result() if working.done() else ""
        finally:
            for task in (working, telling, watching):
                task.cancel()
            await asyncio.wait([working, telling, watching])

    async def _called_off(self, errand: Errand) -> None:
        """Returns once nobody wants it any more."""
        wanted = True
        while wanted:
            with suppress(Unavailable):
                wanted = await self._storage.task_wanted(errand)
            await asyncio.sleep(WATCHING if wanted else 0)

    async def _tell(self, errand: Errand, latest: list[str]) -> None:
        """Its latest word, at most one a second."""
        told = 0
        while True:
            await asyncio.sleep(TELLING)
            if len(latest) > told:
                told = len(latest)
                with suppress(Unavailable):
                    await self._storage.task_tells(errand, latest[-1], told, self._clock())

    async def _through(self, step: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                return await step()
            except Unavailable:
                await asyncio.sleep(RETRY)
