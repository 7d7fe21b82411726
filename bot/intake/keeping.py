"""Updates as Telegram sends them, read and kept in the inbox."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import structlog
from telegram import Bot, InlineQuery, Update

from bot import metrics
from bot.intake.patience import Patience
from bot.storage import Storage, Unavailable
from bot.telegram.line import Backoff
from bot.telegram.updates import Migrated, Reading, arrival
from bot.tutor.events import Arrival
from bot.tutor.turn import Say

log = structlog.get_logger(__name__)

MALFORMED = (KeyError, TypeError, ValueError, AttributeError, OverflowError)


def utc_now() -> datetime:
    return datetime.now(UTC)


class Keeping:
    """`clock` tells when an update was received; `slower` is said once to who sends too many.

    `inline` answers whoever types the bot's name in another chat: at once, and not by the inbox.
    """

    def __init__(
        self,
        bot: Bot,
        storage: Storage,
        clock: Callable[[], datetime] = utc_now,
        patience: Patience | None = None,
        slower: Callable[[str], str] | None = None,
        inline: Callable[[InlineQuery], Awaitable[None]] | None = None,
    ) -> None:
        self._bot = bot
        self._storage = storage
        self._clock = clock
        self._patience = patience
        self._slower = slower
        self._inline = inline
        self._answering: set[asyncio.Task[None]] = set()

    async def keep(self, updates: Sequence[dict[str, Any]]) -> None:
        """Returns when all are committed; raises Unavailable when they could not be."""
        read = [self._read(update) for update in updates]
        await self._accept([event for event in read if isinstance(event, Arrival)])
        for event in read:
            if isinstance(event, Migrated):
                await self._storage.chat_moved(event.old, event.new)
        for update in updates:
            if self._inline and "inline_query" in update:
                self._answer(self._inline, update)

    def _answer(
        self, inline: Callable[[InlineQuery], Awaitable[None]], raw: dict[str, Any]
    ) -> None:
        """Beside the others: no update waits for a definition."""
        try:
            query = Update.de_json(raw, self._bot).inline_query
        except MALFORMED:
            return
        if query:
            answering = asyncio.ensure_future(inline(query))
            self._answering.add(answering)
            answering.add_done_callback(self._answering.discard)

    async def _accept(self, arrivals: list[Arrival]) -> None:
        if self._patience is None:
            await self._storage.accept(arrivals)
            metrics.arrivals.inc(len(arrivals))
            return
        kept, too_many = self._patience.sift(arrivals)
        try:
            await self._storage.accept(kept)
            for arrival in too_many:
                await self._tell(arrival)
        except Unavailable:
            self._patience.give_back(kept)
            raise
        metrics.arrivals.inc(len(kept))

    async def _tell(self, arrival: Arrival) -> None:
        """In their own chat: a group need not hear it."""
        slower = self._slower
        if slower and arrival.person and int(arrival.person.user) == int(arrival.chat):
            await self._storage.tell(
                arrival, lambda language: (Say(slower(language)),), self._clock()
            )

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
