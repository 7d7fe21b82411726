"""Updates as Telegram sends them, read and kept in the inbox."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import structlog
from telegram import Bot, Update

from bot import metrics
from bot.storage import Storage, Unavailable
from bot.telegram.line import Backoff
from bot.telegram.updates import Migrated, Reading, arrival
from bot.tutor.events import Arrival

log = structlog.get_logger(__name__)

MALFORMED = (KeyError, TypeError, ValueError, AttributeError, OverflowError)


def utc_now() -> datetime:
    return datetime.now(UTC)


class Keeping:
    """`clock` tells when an update was received."""

    def __init__(self, bot: Bot, storage: Storage, clock: Callable[[], datetime] = utc_now) -> None:
        self._bot = bot
        self._storage = storage
        self._clock = clock

    async def keep(self, updates: Sequence[dict[str, Any]]) -> None:
        """Returns when all are committed; raises Unavailable when they could not be."""
        read = [self._read(update) for update in updates]
        arrivals = [event for event in read if isinstance(event, Arrival)]
        await self._storage.accept(arrivals)
        metrics.arrivals.inc(len(arrivals))
        for event in read:
            if isinstance(event, Migrated):
                await self._storage.chat_moved(event.old, event.new)

    async def keep_at_last(self, updates: Sequence[dict[str, Any]]) -> None:
        """Keeps them however long the database is away."""
        backoff = Backoff()
        while True:
            try:
                await self.keep(updates)
            except Unavailable:
                metrics.away.labels("intake").inc()
                wait = backoff.trouble("the database is away; updates wait at Telegram")
                await asyncio.sleep(wait)
            else:
                backoff.over("the database is back")
                return

    def _read(self, raw: dict[str, Any]) -> Reading:
        """What cannot be read is nothing: it would come again and again and stop all others."""
        try:
            return arrival(Update.de_json(raw, self._bot), self._clock(), self._bot.id)
        except MALFORMED:
            log.exception("an update cannot be read and is let go", update=raw.get("update_id"))
            return None
