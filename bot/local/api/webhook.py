"""Updates carried to the bot's own address: one in flight a chat, again and again until taken."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import aiohttp

from bot.local.api.journal import WEBHOOK, Call, Witness
from bot.local.updates import Update, Updates

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name, not a secret
PATIENCE = aiohttp.ClientTimeout(total=60)
LONGEST_PAUSE = 60.0
Obey: TypeAlias = Callable[[str, dict[str, Any]], Awaitable[None]]  # a method and its parameters


@dataclass(frozen=True, slots=True)
class Address:
    url: str
    secret: str
    most: int  # connections at once


class Webhook:
    """Carries updates in lanes (a chat; for taps, a user): within one, nothing is sent in parallel.

    Lanes do not wait for each other. What is not answered by 2xx comes again after a pause that
    doubles.
    """

    def __init__(self, updates: Updates, obey: Obey, witness: Witness) -> None:
        self.address: Address | None = None
        self.last_error: tuple[int, str] | None = None
        self.first_pause = 1.0  # seconds
        self._updates = updates
        self._obey = obey
        self._witness = witness
        self._carrier: asyncio.Task[None] | None = None
        self._in_flight: dict[str, asyncio.Task[None]] = {}

    def start(self, address: Address) -> None:
        self.address = address
        self.last_error = None
        if self._carrier is None:
            self._carrier = asyncio.create_task(self._carry())

    async def stop(self) -> None:
        self.address = None
        tasks = [*self._in_flight.values(), *([self._carrier] if self._carrier else [])]
        self._carrier = None
        self._in_flight.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _carry(self) -> None:
        async with aiohttp.ClientSession(timeout=PATIENCE) as session:
            while True:
                self._updates.listen()
                for update in self._updates.waiting():
                    self._send_off(session, update)
                arrival = asyncio.ensure_future(self._updates.arrival())
                busy = set(self._in_flight.values())
                await asyncio.wait({arrival, *busy}, return_when="FIRST_COMPLETED")
                arrival.cancel()

    def _send_off(self, session: aiohttp.ClientSession, update: Update) -> None:
        assert self.address is not None
        if update.lane in self._in_flight or len(self._in_flight) >= self.address.most:
            return
        task = asyncio.create_task(self._deliver(session, update))
        self._in_flight[update.lane] = task
        task.add_done_callback(lambda _: self._in_flight.pop(update.lane, None))

    async def _deliver(self, session: aiohttp.ClientSession, update: Update) -> None:
        pause = self.first_pause
        while update in tuple(self._updates.waiting()) and self.address is not None:
            if await self._taken(session, self.address, update):
                self._updates.done(update)
                return
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _taken(
        self, session: aiohttp.ClientSession, address: Address, update: Update
    ) -> bool:
        headers = {SECRET_HEADER: address.secret} if address.secret else {}
        body = update.wire()
        self._witness(Call(WEBHOOK, {}, body))
        try:
            async with session.post(address.url, json=body, headers=headers) as answer:
                if answer.ok:
                    await self._do_as_answered(answer)
                    return True
                self._note(f"Wrong response from the webhook: {answer.status} {answer.reason}")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            self._note(f"Connection failed: {type(error).__name__}")
        return False

    async def _do_as_answered(self, answer: aiohttp.ClientResponse) -> None:
        """A bot may call one method in its answer; it does not learn what came of it."""
        if answer.content_type != "application/json":
            return
        call = await answer.json()
        if isinstance(call, dict) and isinstance(method := call.pop("method", None), str):
            await self._obey(method, call)

    def _note(self, words: str) -> None:
        self.last_error = (int(time.time()), words)
