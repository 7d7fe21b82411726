"""The bot's hands on a strict Bot API server: real HTTP on the loopback, real rows."""

import asyncio
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

import sqlalchemy as sa

from bot.intake import Keeping, Poller
from bot.postman import FREE, Pace, Postman
from bot.storage import outbox
from bot.storage.tables import inbox, letter
from bot.telegram.pictures import Pictures
from bot.telegram.wire import Wire
from bot.tutor.events import Arrival, Unblocked


class Rig:
    def __init__(self, phone, storage, bot):
        self.phone = phone
        self.storage = storage
        self.bot = bot

    async def write(self, chat, *says, tap=""):
        """Letters as a turn would leave them."""
        await self.write_all({chat: says}, tap)

    async def write_all(self, says, tap=""):
        now = datetime.now(UTC)

        def all_in_one(connection):
            for chat, utterances in says.items():
                arrival = Arrival("", chat, None, Unblocked(), now, tap)
                outbox.write(connection, arrival, utterances, now)

        await self.storage.run(all_in_one)
        self.storage.outbox_bell.ring()

    async def fates(self):
        """What became of each letter, oldest first: fate and reason; None while it is open."""
        chosen = sa.select(letter.c.fate, letter.c.reason, letter.c.done_at).order_by(letter.c.id)
        rows = await self.storage.run(lambda connection: connection.execute(chosen).all())
        return [(row.fate, row.reason or "") if row.done_at else None for row in rows]

    async def arrivals(self):
        """Keys and chats in the inbox, oldest first."""
        chosen = sa.select(inbox.c.key, inbox.c.chat).order_by(inbox.c.id)
        rows = await self.storage.run(lambda connection: connection.execute(chosen).all())
        return [tuple(row) for row in rows]

    @asynccontextmanager
    async def posting(self, rates=FREE, makers=None, **more):
        pictures = Pictures(makers or {}, keys=more.pop("keys", None))
        wire = Wire(self.bot, self.storage, pictures, paid=more.pop("paid", False))
        postman = Postman(self.storage, wire, Pace(rates), **more)
        running = asyncio.create_task(postman.run())
        try:
            yield postman
        finally:
            postman.stop()
            await running

    @asynccontextmanager
    async def polling(self, long_poll=1):
        poller = Poller(self.bot, Keeping(self.bot, self.storage), long_poll)
        running = asyncio.create_task(poller.run())
        try:
            yield running
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
