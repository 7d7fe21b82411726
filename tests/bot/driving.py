"""Arrivals taken to the end by real turns over a small mind."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

from rows import NOON
from small_mind import SmallMind, by_equality

from bot.turns import Turns
from bot.tutor.events import (
    Arrival,
    ChatId,
    Commanded,
    Person,
    UserId,
)

SORRY = "Something broke here."


def command(number, name, rest="", user=7):
    person = Person(UserId(user), f"L{user}", "en")
    return Arrival(f"update:{number}", ChatId(user), person, Commanded(name, rest), NOON)


async def judge(question, text):
    return by_equality(question, text)


def turns_of(storage, mind=None, judge=judge, **more):
    return Turns(storage, mind or SmallMind(), judge, SORRY, clock=lambda: NOON, **more)


@asynccontextmanager
async def running(*many):
    tasks = [asyncio.create_task(turns.run()) for turns in many]
    yield
    for turns in many:
        turns.stop()
    await asyncio.wait_for(asyncio.gather(*tasks), 20)


async def taken(storage, *arrivals, **more):
    """These arrivals, taken to the end."""
    await storage.accept(arrivals)
    turns = turns_of(storage, **more)
    async with running(turns):
        await asyncio.wait_for(turns.settled(), 20)


async def heard(storage, user=7):
    return (await storage.learner(UserId(user))).told


async def letters(storage):
    return [letter.utterance for letter in await all_letters(storage)]


async def all_letters(storage):
    found = []
    while some := await storage.claim_letters(NOON, 1000):
        found += some
        for letter in some:
            await storage.letter_sent(letter.id, NOON)
    return found
