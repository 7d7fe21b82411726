"""Takes letters from the outbox as fast as Telegram lets them through, and never faster."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

import structlog

from bot import metrics
from bot.postman.delivery import Delivery
from bot.postman.pacing import Pace
from bot.settings import SettingsFault
from bot.storage import Letter, Storage, Unavailable
from bot.telegram.line import UNKNOWN_BOT, Backoff
from bot.telegram.outcomes import Outcome, TokenRefused
from bot.telegram.wire import Wire
from bot.tutor.turn import Lane

log = structlog.get_logger(__name__)

IDLE = 1.0  # seconds between two looks at an outbox that has nothing
GATHERING = 0.01  # seconds in which letters gather, so that one claim takes several
NOTED_WITHIN = 0.1  # seconds: what nobody waits for is noted with the next claim, or then
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
        self._on_the_wire: set[asyncio.Task[Outcome | None]] = set()
        self._waiting: list[asyncio.Future[None]] = []
        self._noting: asyncio.TimerHandle | None = None
        self._by_pace = True  # not by places: then nothing may go before something landed
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
            await self._storage.outbox_bell.wait(max(0.0, wait - GATHERING))
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
        """Notes and claims; how long until the next look, in seconds, if no bell rings."""
        self._will_note(None)
        asked = [] if self._is_busy() else list(self._waiting)
        self._pace.share_among(self._storage.replicas)
        limit, up_to, self._by_pace = self._room()
        letters = []
        if limit or self._delivery.sent:
            letters = await self._delivery.next_letters(limit, up_to)
        for letter in letters:
            self._dispatch(letter)
        await asyncio.sleep(0)  # they leave, and the pace has counted them
        if up_to == Lane.REMINDER and len(letters) < limit:
            if not letters and not self._is_busy():
                self._tell_settled(asked)
            return IDLE
        if not self._by_pace:
            return IDLE
        soon = len(letters) == limit and (not letters or letters[-1].lane <= Lane.EXERCISE)
        return min(IDLE, self._pace.wait() if soon else self._pace.wait_for_all())

    def _room(self) -> tuple[int, Lane, bool]:
        """How many may go now, of which lanes, and whether it is the pace that says so.

        What nobody waits for goes by handfuls.
        """
        places = self._places - len(self._on_the_wire) - len(self._delivery.sent)
        may_go, for_all = self._pace.free_for_all(), places - self._reserve
        if for_all > 0 and may_go:
            return min(may_go, for_all), Lane.REMINDER, may_go <= for_all
        may_go = self._pace.free()
        limit = max(0, min(may_go, places))
        return limit, Lane.EXERCISE, for_all > 0 or may_go < places

    def _is_busy(self) -> bool:
        return bool(self._on_the_wire or self._delivery.making or self._delivery.sent)

    def _tell_settled(self, asked: list[asyncio.Future[None]]) -> None:
        for waiter in asked:
            self._waiting.remove(waiter)
            if not waiter.done():
                waiter.set_result(None)

    def _dispatch(self, letter: Letter) -> None:
        self._see_off(self._delivery.deliver(letter), letter)

    def _see_off(self, way: Coroutine[None, None, Outcome | None], letter: Letter) -> None:
        sending = asyncio.create_task(way)
        self._on_the_wire.add(sending)
        sending.add_done_callback(partial(self._landed, letter))

    def _landed(self, letter: Letter, sending: asyncio.Task[Outcome | None]) -> None:
        """A letter that breaks the way out is put aside; it must not stand in the way of others."""
        self._on_the_wire.remove(sending)
        if sending.cancelled():
            return
        if error := sending.exception():
            log.error("a letter broke the postman", letter=letter.id, exc_info=error)
            self._see_off(self._delivery.give_up(letter, type(error).__name__), letter)
        elif isinstance(sending.result(), TokenRefused):
            self._token_refused = True
        if letter.lane <= Lane.EXERCISE or self._waiting or not self._by_pace:
            self._storage.outbox_bell.ring()
        elif self._noting is None:
            ring = self._storage.outbox_bell.ring
            self._will_note(asyncio.get_running_loop().call_later(NOTED_WITHIN, ring))

    def _will_note(self, timer: asyncio.TimerHandle | None) -> None:
        if self._noting is not None:
            self._noting.cancel()
        self._noting = timer

    async def _drain(self) -> None:
        for making in self._delivery.making.values():
            making.cancel()
        with suppress(TimeoutError):
            async with asyncio.timeout(DRAINED_WITHIN):
                while self._on_the_wire:
                    await asyncio.wait(self._on_the_wire)
                await self._delivery.note_sent()
