"""Three replicas that take the same chats, and take them from one another: a turn is kept once."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from rows import NOON, keep, learner, meet, rows_of, typed

from bot.storage import Overtaken, Storage, tables
from bot.tutor.turn import Attempt, Turn
from engine.question import Verdict

CHATS, EACH = 6, 8


async def test_work_stolen_from_the_living_is_done_once_and_in_the_order_of_its_chat(postgres_url):
    replicas = [Storage(postgres_url) for _ in range(3)]
    keep(replicas[0], *(learner(user) for user in range(1, CHATS + 1)))
    arrivals = [typed(n, f"{n}", user=n % CHATS + 1) for n in range(CHATS * EACH)]
    await replicas[0].accept(arrivals)
    ((first, _),) = await replicas[0].claim_arrivals(1, NOON)
    await asyncio.gather(*(works(one, number) for number, one in enumerate(replicas)))
    with pytest.raises(Overtaken):
        await replicas[0].turn(first, meet, lambda one: answered(one, first), NOON)
    kept = rows_of(replicas[0], tables.attempt, "user_id", "detail")
    for one in replicas:
        one.close()
    texts = [(user, int(detail["text"])) for user, detail in kept]
    assert Counter(texts) == Counter((n % CHATS + 1, n) for n in range(CHATS * EACH))
    for user in range(1, CHATS + 1):
        own = [number for whose, number in texts if whose == user]
        assert own == sorted(own)


async def works(storage, number):
    """Takes, dawdles, now and then takes up what others have in work."""
    dice, idle = random.Random(number), 0
    while idle < 3:
        if dice.random() < 0.5:
            await storage.revive(NOON + timedelta(hours=1))  # as if all others had been gone long
        claimed = await storage.claim_arrivals(3, NOON)
        idle = 0 if claimed or not await storage.inbox_is_empty() else idle + 1
        for arrival, _ in claimed:
            await asyncio.sleep(dice.uniform(0, 0.02))
            with suppress(Overtaken):
                await storage.turn(arrival, meet, lambda one, a=arrival: answered(one, a), NOON)


def answered(one, arrival):
    text = arrival.event.text
    attempt = Attempt("first", "sum", text, Verdict("right", "exact", text), NOON)
    return Turn(replace(one, answered=one.answered + 1), attempts=(attempt,))
