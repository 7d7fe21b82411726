"""Until a judge is called, what is typed waits in the inbox: who dies meanwhile did not die of it."""

from __future__ import annotations

import asyncio

from driving import command, running, turns_of
from rows import NOON, rows_of, typed

from bot.storage import tables


async def test_only_what_needs_no_judge_is_taken_until_one_is_called(storage):
    await storage.accept([typed(1, "a", user=1), command(2, "today", user=2)])
    ((arrival, _),) = await storage.claim_arrivals(5, NOON, cold=True)
    assert arrival.key == "update:2"
    ((later, _),) = await storage.claim_arrivals(5, NOON)
    assert later.key == "update:1"


async def test_what_is_typed_is_taken_as_soon_as_a_judge_is_called(storage):
    cold = True
    await storage.accept([typed(1, "a", user=1), command(2, "today", user=2)])
    turns = turns_of(storage, is_cold=lambda: cold)
    async with running(turns):
        while done(storage) != ["update:2"]:  # noqa: ASYNC110 - rows ring no bell here
            await asyncio.sleep(0.02)
        cold = False
        storage.inbox_bell.ring()
        await asyncio.wait_for(turns.settled(), 20)
    assert sorted(done(storage)) == ["update:1", "update:2"]


def done(storage):
    rows = rows_of(storage, tables.inbox, "key", "done_at")
    return [key for key, moment in rows if moment]
