"""What a monitor asks over HTTP: the numbers, and whether the process lives and does its work."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime

from aiohttp import web

from bot import metrics
from bot.storage import Storage, Unavailable
from bot.storage.pulse import Pulse

PATIENCE = 3.0  # seconds within which the database is to answer


class Health:
    """`parts` tells of each part of the tutor, by name, whether it goes on."""

    def __init__(
        self,
        storage: Storage,
        parts: Mapping[str, Callable[[], bool]],
        clock: Callable[[], datetime],
    ) -> None:
        self._storage = storage
        self._parts = parts
        self._clock = clock
        self._runner: web.AppRunner | None = None

    async def start(self, listen: tuple[str, int]) -> int:
        """The port it listens on."""
        app = web.Application()
        app.router.add_get("/healthz", self._alive)
        app.router.add_get("/readyz", self._ready)
        app.router.add_get("/metrics", self._numbers)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, *listen).start()
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()

    async def _alive(self, _request: web.Request) -> web.Response:
        """Answering is the proof: the loop turns."""
        return web.Response(text="alive\n")

    async def _ready(self, _request: web.Request) -> web.Response:
        wrong = [name for name, goes_on in self._parts.items() if not goes_on()]
        if await self._pulse() is None:
            wrong.insert(0, "database")
        if wrong:
            return web.Response(status=503, text=f"not ready: {', '.join(wrong)}\n")
        return web.Response(text="ready\n")

    async def _numbers(self, _request: web.Request) -> web.Response:
        if pulse := await self._pulse():
            _show(pulse)
        text, kind = metrics.written()
        return web.Response(body=text, headers={"Content-Type": kind})

    async def _pulse(self) -> Pulse | None:
        """None while the database does not answer."""
        with suppress(Unavailable, TimeoutError):
            async with asyncio.timeout(PATIENCE):
                return await self._storage.pulse(self._clock())
        return None


def _show(pulse: Pulse) -> None:
    metrics.learners_due.set(pulse.due)
    metrics.learners_late.set(pulse.late)
    metrics.inbox.set(pulse.inbox)
    metrics.oldest.set(pulse.oldest)
    for lane, count in pulse.lanes.items():
        metrics.outbox.labels(lane.name.lower()).set(count)
