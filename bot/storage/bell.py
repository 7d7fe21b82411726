"""A bell: rung from any thread, heard by the one coroutine that waits for work."""

from __future__ import annotations

import asyncio
from contextlib import suppress


class Bell:
    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def ring(self) -> None:
        """A ring before anyone listens is heard by whoever listens first."""
        if self._loop is None:
            self._rung.set()
            return
        with suppress(RuntimeError):  # the loop is closed: nobody is left to hear it
            self._loop.call_soon_threadsafe(self._rung.set)

    async def wait(self, seconds: float) -> None:
        """Returns when rung since the last wait, or after `seconds`."""
        self._loop = asyncio.get_running_loop()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._rung.wait(), seconds)
        self._rung.clear()
