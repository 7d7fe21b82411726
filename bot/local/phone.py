"""A Telegram of one's own: the strict server, the people before it, and their page."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self, TypeAlias

from aiohttp import web

from bot.local.clock import Clock, RunningClock
from bot.local.exchange import Exchange
from bot.local.faults import Faults
from bot.local.groups import Group
from bot.local.journal import Witness, nobody
from bot.local.limits import Limits
from bot.local.memory import Memory
from bot.local.people import Person
from bot.local.server import BODY_MOST, Server
from bot.local.surface import Surface, loopback_only
from bot.local.things import User
from bot.local.updates import Updates
from bot.local.world import Change, World

Inspect: TypeAlias = Callable[[int], dict[str, Any] | Awaitable[dict[str, Any]]]
NextMoment: TypeAlias = Callable[[int], Awaitable[datetime | None] | datetime | None]
HOST = "127.0.0.1"


class LocalTelegram:
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
        self.clock = clock or RunningClock()
        self.token = token
        self._port = port
        self._memory = Memory(memory) if memory else None
        bot = User(int(token.partition(":")[0]), name, username, is_bot=True)
        world = World(self.clock, bot, self._memory.load() if self._memory else None)
        updates = Updates(self.clock, world.state.updates, first_update)
        self.exchange = Exchange(
            world,
            updates,
            limits or Limits(),
            self._obey,
            witness=witness or type(self).witness,
            privacy=privacy,
        )
        self._server = Server(self.exchange, token)
        self._next_drop = next_drop
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

    def person(self, user_id: int, name: str, language: str = "en", username: str = "") -> Person:
        user = User(user_id, name, username, language)
        return Person(self.exchange, self.exchange.world.state.users.setdefault(user_id, user))

    def people(self) -> list[Person]:
        users = self.exchange.world.state.users.values()
        return [Person(self.exchange, user) for user in users if not user.is_bot]

    def group(
        self,
        title: str,
        *members: Person,
        kind: str = "group",
        forum: bool = False,
        with_bot: bool = True,
    ) -> Group:
        """A new group; the first member is its creator. A forum is a supergroup."""
        chat = self.exchange.world.new_chat("supergroup" if forum else kind, title)
        chat.forum = forum
        chat.members = {person.id: "member" for person in members}
        chat.members[members[0].id] = "creator"
        group = Group(self.exchange, chat.id)
        if with_bot:
            group.bring_bot(members[0])
        return group

    def groups(self) -> list[Group]:
        chats = self.exchange.world.state.chats.values()
        current = [c.id for c in chats if c.kind != "private" and c.moved_to is None]
        return [Group(self.exchange, chat_id) for chat_id in current]

    def changes(self) -> AsyncIterator[Change]:
        return self.exchange.world.feed.changes()

    @property
    def waiting(self) -> int:
        return len(self.exchange.updates)

    @property
    def faults(self) -> Faults:
        return self.exchange.faults

    @property
    def calls(self) -> Counter[str]:
        """How often each method was answered with each code: "sendMessage 200"."""
        return self.exchange.calls

    @property
    def limits(self) -> Limits:
        return self.exchange.floods.limits

    @limits.setter
    def limits(self, limits: Limits) -> None:
        self.exchange.floods.limits = limits

    @property
    def knows_next_drop(self) -> bool:
        return self._next_drop is not None

    async def next_drop(self, chat_id: int) -> datetime | None:
        """The moment of which the bot says that something comes then, in this chat."""
        found = self._next_drop(chat_id) if self._next_drop else None
        return await found if isinstance(found, Awaitable) else found

    def move_clock(self, moment: datetime) -> None:
        self.exchange.world.move_clock(moment)
        self.exchange.close_polls_in_time()
