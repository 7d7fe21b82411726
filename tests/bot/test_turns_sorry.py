"""A turn that failed is told to its learner, in their language; to nobody who did not wait."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import sqlalchemy as sa
from driving import letters, taken
from rows import NOON, keep, learner, typed
from small_mind import SmallMind

from bot.storage import tables
from bot.storage.inbox import DEATHS
from bot.tutor.events import Arrival, Blocked, ChatId, Commanded, DropDue, Person, Tapped, UserId
from bot.tutor.turn import Toast

IN_GERMAN = {"de": "Hier ist etwas kaputt."}


async def in_german(storage, *arrivals):
    """What is said to a learner who chose German, and whose Telegram is in English."""
    await asyncio.to_thread(keep, storage, replace(learner(7), language="de-AT"))
    await taken(storage, *arrivals, mind=Breaking(), sorry_in=IN_GERMAN)
    return [said.text for said in await letters(storage)]


class Breaking(SmallMind):
    def respond(self, *_):
        raise ZeroDivisionError


async def test_the_apology_is_in_the_language_that_the_learner_chose(storage):
    assert await in_german(storage, typed(1, "x")) == [IN_GERMAN["de"]]


async def test_so_it_is_where_the_clock_knocked_and_nobody_spoke(storage):
    due = Arrival("drop:7:x", ChatId(7), None, DropDue(NOON.date()), NOON)
    assert await in_german(storage, due) == [IN_GERMAN["de"]]


async def test_so_it_is_after_process_upon_process_died(storage):
    await storage.accept([typed(1, "x")])
    killer = sa.update(tables.inbox).values(deaths=DEATHS)
    await storage.run(lambda connection: connection.execute(killer))
    assert await in_german(storage) == [IN_GERMAN["de"]]


async def test_a_stranger_is_told_in_the_language_of_their_telegram(storage):
    hans = Person(UserId(7), "Hans", "de")
    came = Arrival("update:1", ChatId(7), hans, Commanded("x"), NOON)
    await taken(storage, came, mind=Breaking(), sorry_in=IN_GERMAN)
    assert [said.text for said in await letters(storage)] == [IN_GERMAN["de"]]


async def test_a_group_is_not_told_and_its_tap_is_answered_all_the_same(storage):
    person = Person(UserId(7), "L7", "en")
    tap = Arrival("update:1", ChatId(-5), person, Tapped("x", 5), NOON, tap="query")
    await taken(storage, tap, mind=Breaking())
    assert await letters(storage) == [Toast()]


async def test_a_failed_turn_of_someone_who_left_is_not_told(storage):
    await asyncio.to_thread(keep, storage, learner(7))
    await taken(storage, Arrival("gone", ChatId(7), None, Blocked(), NOON), mind=Breaking())
    assert await letters(storage) == []
