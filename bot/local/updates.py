"""Updates on their way to the bot: kept a day, acknowledged by the next offset."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.local.clock import Clock
from bot.local.refusal import conflict

KEPT = timedelta(hours=24)
KINDS = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "message_reaction",
    "message_reaction_count",
)
ONLY_WHEN_NAMED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
USUAL = frozenset(KINDS) - ONLY_WHEN_NAMED
SECOND_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)


@dataclass(frozen=True, slots=True)
class Update:
    number: int
    kind: str
    body: dict[str, Any]
    lane: str  # what a webhook keeps in order: a chat, or for taps a user
    at: datetime

    def wire(self) -> dict[str, Any]:
        return {"update_id": self.number, self.kind: self.body}


class Updates:
    """The queue is handed in: what nobody has acknowledged outlives a restart of the phone."""

    def __init__(self, clock: Clock, queue: deque[Update], first: int | None = None) -> None:
        self._clock = clock
        self._queue = queue
        last = queue[-1].number if queue else 0
        self._next = max(first if first is not None else int(time.time()), last + 1)
        self._arrived = asyncio.Event()
        self._poller: asyncio.Future[None] | None = None
        self.allowed = USUAL
        self.said_allowed: list[str] = []

    def __len__(self) -> int:
        self._expire()
        return len(self._queue)

    @property
    def is_polled(self) -> bool:
        """A bot is waiting for updates right now."""
        return self._poller is not None

    def allow(self, kinds: Sequence[str]) -> None:
        """An empty list means the usual ones. Holds from now on, not for what waits."""
        self.said_allowed = list(kinds)
        self.allowed = frozenset(kinds) or USUAL

    def add(self, kind: str, body: dict[str, Any], lane: str) -> None:
        if kind not in self.allowed:
            return
        self._queue.append(Update(self._next, kind, body, lane, self._clock.now()))
        self._next += 1
        self._arrived.set()

    def done(self, update: Update) -> None:
        if update in self._queue:
            self._queue.remove(update)

    def clear(self) -> None:
        self._queue.clear()

    def waiting(self) -> Iterator[Update]:
        self._expire()
        return iter(tuple(self._queue))

    def _expire(self) -> None:
        oldest = self._clock.now() - KEPT
        while self._queue and self._queue[0].at < oldest:
            self._queue.popleft()

    def listen(self) -> None:
        """From now on `arrival` notices whatever is added, be it awaited a moment later."""
        self._arrived.clear()

    async def arrival(self) -> None:
        """Waits for the first one that is added after `listen`."""
        await self._arrived.wait()

    async def poll(self, offset: int, limit: int, patience: float) -> list[dict[str, Any]]:
        """What getUpdates answers. A second poller sends the first one away with a 409."""
        self._acknowledge(offset)
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(conflict(SECOND_POLLER))
        if not len(self) and patience > 0:
            await self._wait(patience)
        return [update.wire() for update in list(self._queue)[:limit]]

    def _acknowledge(self, offset: int) -> None:
        while offset < 0 and len(self._queue) > -offset:
            self._queue.popleft()
        while offset > 0 and self._queue and self._queue[0].number < offset:
            self._queue.popleft()

    async def _wait(self, patience: float) -> None:
        sent_away: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poller = sent_away
        self.listen()
        arrival = asyncio.ensure_future(self.arrival())
        try:
            await asyncio.wait(
                {sent_away, arrival}, timeout=patience, return_when="FIRST_COMPLETED"
            )
        finally:
            arrival.cancel()
            if self._poller is sent_away:
                self._poller = None
        if sent_away.done():
            sent_away.result()
