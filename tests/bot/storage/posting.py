"""Letters written and claimed as tests of the outbox do it."""

from __future__ import annotations

import asyncio

from rows import NOON, rows_of

from bot.storage import outbox, tables
from bot.tutor.events import Arrival, ChatId, Commanded
from bot.tutor.turn import Lane

REPLY, EXERCISE, DROP, REMINDER = Lane


async def write(storage, chat, *says, tap=""):
    arrival = Arrival("any", ChatId(chat), None, Commanded("any"), NOON, tap)
    await storage.run(outbox.write, arrival, says, NOON)


async def claim(storage, **more):
    return await storage.claim_letters(NOON, more.pop("limit", 100), **more)


def texts(letters):
    return [letter.utterance.text for letter in letters]


async def fates(storage):
    return await asyncio.to_thread(rows_of, storage, tables.letter, "fate")
