"""Of all replicas one polls Telegram; the others stand by, and one of them goes on when it goes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

import structlog

from bot import metrics
from bot.intake.poller import Poller

log = structlog.get_logger(__name__)

LOOK = 0.25  # seconds between two looks at who leads


class Standby:
    """`leads` tells at every moment whether this process is the one that polls."""

    def __init__(self, poller: Poller, leads: Callable[[], bool]) -> None:
        self._poller = poller
        self._leads = leads

    async def run(self) -> None:
        """Until cancelled; raises what polling raises."""
        while True:
            if self._leads():
                await self._poll_while_leading()
            await asyncio.sleep(LOOK)

    @property
    def is_alive(self) -> bool:
        """Who stands by is as alive as who polls and hears Telegram."""
        return not self._leads() or self._poller.is_alive

    async def _poll_while_leading(self) -> None:
        metrics.leads.set(1)
        log.info("this process polls Telegram")
        polling = asyncio.create_task(self._poller.run())
        try:
            while self._leads() and not polling.done():
                await asyncio.wait([polling], timeout=LOOK)
        finally:
            metrics.leads.set(0)
            await _ended(polling)
        log.info("another process may poll Telegram now")


async def _ended(polling: asyncio.Task[None]) -> None:
    """What was not yet kept was not acknowledged: whoever polls next is told it again."""
    polling.cancel()
    with suppress(asyncio.CancelledError):
        await polling
