"""A Telegram of one's own: the strict server, the people before it, and their page."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

from aiohttp import web

from bot.local.api.exchange import Exchange
from bot.local.api.journal import Witness, nobody
from bot.local.api.limits import Limits
from bot.local.api.server import BODY_MOST, Server
from bot.local.clock import Clock, RunningClock
from bot.local.memory import Memory
from bot.local.page.surface import Inspect, Surface, loopback_only
from bot.local.things import User
from bot.local.town import NextMoment, Town
from bot.local.updates import Updates
from bot.local.world import World

HOST = "127.0.0.1"


class LocalTelegram(Town):
    """`async with LocalTelegram() as phone:` listens on the loopback until the block ends.

    `inspect(chat_id)` gives what the page's inspector shows of a chat; `next_drop(chat_id)` the
    moment to which its "next drop" button moves the clock. `memory` is a folder that keeps people,
    chats and files from one start to the next. `witness(call)` hears of every call and its answer;
    a suite of tests may set one for every phone that it will make.
    """

    witness: ClassVar[Witness] = staticmethod(nobody)

    def __init__(  # noqa: PLR0913 - each has a default; a phone is made in one place
        self,
        clock: Clock | None = None,
        *,
        token: str = "1000001:local",  # noqa: S107 - opens nothing but this server
        username: str = "local_bot",
        name: str = "Local bot",
        limits: Limits | None = None,
        privacy: bool = True,
        port: int = 0,
        inspect: Inspect | None = None,
        next_drop: NextMoment | None = None,
        memory: Path | None = None,
        first_update: int | None = None,
        witness: Witness | None = None,
    ) -> None:
        clock = clock or RunningClock()
        self.token = token
        self._port = port
        self._memory = Memory(memory) if memory else None
        bot = User(int(token.partition(":")[0]), name, username, is_bot=True)
        world = World(clock, bot, self._memory.load() if self._memory else None)
        updates = Updates(clock, world.state.updates, first_update)
        exchange = Exchange(
            world,
            updates,
            limits or Limits(),
            self._obey,
            witness=witness or type(self).witness,
            privacy=privacy,
        )
        super().__init__(clock, exchange, next_drop)
        self._server = Server(exchange, token)
        self._surface = Surface(self, inspect)
        self._runner: web.AppRunner | None = None
        self._ticking: asyncio.Task[None] | None = None
        self.url = ""

    async def start(self) -> None:
        app = web.Application(client_max_size=BODY_MOST, middlewares=[loopback_only])
        app.add_routes([*self._server.routes(), *self._surface.routes()])
        self._runner = web.AppRunner(
            app, handler_cancellation=True, access_log=None, shutdown_timeout=0.2
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self._port).start()
        self.url = f"http://{HOST}:{self._runner.addresses[0][1]}"
        self._ticking = asyncio.create_task(self._tick())
        if self._memory:
            self._memory.watch(self.exchange.world)

    async def _tick(self) -> None:
        while True:
            self.exchange.close_polls_in_time()
            await asyncio.sleep(1)

    async def stop(self) -> None:
        self._surface.close()
        if self._ticking is not None:
            self._ticking.cancel()
        await self.exchange.webhook.stop()
        if self._runner is not None:
            await self._runner.cleanup()
        if self._memory:
            await self._memory.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def _obey(self, method: str, given: dict[str, Any]) -> None:
        """A call that came as the answer to a webhook: nobody hears of a refusal."""
        await self._server.answer(method, given, {})
