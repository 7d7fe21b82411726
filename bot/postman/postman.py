"""Takes letters from the outbox as fast as Telegram lets them through, and never faster."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import structlog

from bot import metrics
from bot.postman.delivery import Delivery
from bot.postman.pacing import Pace
from bot.settings import SettingsFault
from bot.storage import Letter, Storage, Unavailable
from bot.telegram.line import UNKNOWN_BOT, Backoff
from bot.telegram.outcomes import TokenRefused
from bot.telegram.wire import Wire
from bot.tutor.turn import Lane

log = structlog.get_logger(__name__)

IDLE = 1.0  # seconds between two looks at an outbox that has nothing
GATHERING = 0.01  # seconds in which letters gather, so that one claim takes several
PLACES = 30  # calls on the wire at one time
DRAINED_WITHIN = 25.0  # seconds: longer than any call takes


def utc_now() -> datetime:
    return datetime.now(UTC)


class Postman:
    """`places` bounds what a kill can leave with its fate unknown; a quarter is for replies."""

    def __init__(
        self,
        storage: Storage,
        wire: Wire,
        pace: Pace,
        *,
        places: int = PLACES,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._storage = storage
        self._pace = pace
        self._clock = clock
        self._delivery = Delivery(storage, wire, pace, clock)
        self._places = places
        self._reserve = places // 4
        self._on_the_wire: set[asyncio.Task[None]] = set()
        self._waiting: list[asyncio.Future[None]] = []
        self._stopping = False
        self._token_refused = False

    async def run(self) -> None:
        """Until `stop`, then until nothing is on the wire. SettingsFault: the token is refused."""
        backoff = Backoff()
        while not (self._stopping or self._token_refused):
            try:
                wait = await self._round()
            except Unavailable:
                metrics.away.labels("postman").inc()
                wait = backoff.trouble("the database is away; letters wait")
            else:
                backoff.over("the database is back")
            await asyncio.sleep(GATHERING)
            await self._storage.outbox_bell.wait(wait)
        await self._drain()
        if self._token_refused:
            raise SettingsFault(UNKNOWN_BOT)

    def stop(self) -> None:
        self._stopping = True
        self._storage.outbox_bell.ring()

    async def settled(self) -> None:
        """Waits until no letter may be sent now, none is sent and none waits for its picture."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        self._storage.outbox_bell.ring()
        await waiter

    async def _round(self) -> float:
        """Claims what may go now; how long until the next look, in seconds, if no bell rings."""
        asked = [] if self._is_busy() else list(self._waiting)
        places = self._places - len(self._on_the_wire)
        self._pace.share_among(self._storage.replicas)
        may_go = self._pace.free()
        if places <= 0:
            return IDLE
        if may_go <= 0:
            await asyncio.sleep(min(IDLE, self._pace.wait()))
            return 0.0
        for_all = places - self._reserve
        up_to, room = (Lane.REMINDER, for_all) if for_all > 0 else (Lane.EXERCISE, places)
        limit = min(room, may_go)
        letters = await self._storage.claim_letters(self._clock(), limit, up_to)
        for letter in letters:
            self._dispatch(letter)
        if not letters and not self._is_busy():
            self._tell_settled(asked)
        return GATHERING if len(letters) == limit else IDLE

    def _is_busy(self) -> bool:
        return bool(self._on_the_wire or self._delivery.making)

    def _tell_settled(self, asked: list[asyncio.Future[None]]) -> None:
        for waiter in asked:
            self._waiting.remove(waiter)
            if not waiter.done():
                waiter.set_result(None)

    def _dispatch(self, letter: Letter) -> None:
        sending = asyncio.create_task(self._see_off(letter))
        self._on_the_wire.add(sending)
        sending.add_done_callback(self._landed)

    def _landed(self, sending: asyncio.Task[None]) -> None:
        self._on_the_wire.remove(sending)
        self._storage.outbox_bell.ring()

    async def _see_off(self, letter: Letter) -> None:
        """A letter that breaks the way out is put aside; it must not stand in the way of others."""
        sending = asyncio.create_task(self._delivery.deliver(letter))
        await asyncio.wait([sending])
        if error := sending.exception():
            log.error("a letter broke the postman", letter=letter.id, exc_info=error)
            await self._delivery.give_up(letter, type(error).__name__)
        elif isinstance(sending.result(), TokenRefused):
            self._token_refused = True

    async def _drain(self) -> None:
        for making in self._delivery.making.values():
            making.cancel()
        if self._on_the_wire:
            await asyncio.wait(self._on_the_wire, timeout=DRAINED_WITHIN)
