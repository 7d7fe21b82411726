"""An arrival is one turn: once, in the order of its chat, whole or not at all."""

from __future__ import annotations

import asyncio
from datetime import date

from driving import command, heard, letters, running, taken, turns_of
from rows import NOON, keep, learner, rows_of, typed
from small_mind import SmallMind, by_equality

from bot.storage import Storage, tables
from bot.tutor.events import (
    Arrival,
    ChatId,
    Commanded,
    DropDue,
    InGroup,
    Person,
    UserId,
)
from bot.tutor.learner import Answering
from bot.tutor.turn import Lane, Say

# once


async def test_an_update_delivered_twice_is_one_turn(storage):
    await taken(storage, typed(1, "a"), typed(1, "a"))
    await taken(storage, typed(1, "a"))
    assert await heard(storage) == ("a",)
    assert await letters(storage) == [Say("heard a")]


async def test_a_clock_that_knocks_twice_is_one_turn(storage):
    await asyncio.to_thread(keep, storage, learner(7))
    drop = Arrival("drop:7:2026-03-01", ChatId(7), None, DropDue(date(2026, 3, 1)), NOON)
    await taken(storage, drop, drop)
    assert await letters(storage) == [Say("2026-03-01", lane=Lane.DROP)]


async def test_a_stranger_is_met_with_a_seed_that_nobody_can_guess(storage):
    await taken(storage, typed(1, "a", 7), typed(2, "a", 8))
    one, other = await storage.learner(UserId(7)), await storage.learner(UserId(8))
    assert one.seed != other.seed
    assert (one.name, one.told) == ("L7", ("a",))


# in order


async def test_the_order_of_a_chat_is_kept_while_chats_go_on_together(storage):
    arrivals = [typed(n, str(n), user=n % 7) for n in range(1, 141)]
    await taken(storage, *arrivals)
    for user in range(7):
        assert await heard(storage, user) == tuple(str(n) for n in range(1, 141) if n % 7 == user)


async def test_three_workers_take_every_arrival_once_and_in_order(postgres_url):
    storages = [Storage(postgres_url) for _ in range(3)]
    await storages[0].accept([typed(n, str(n), user=n % 20) for n in range(1, 301)])
    workers = [turns_of(storage, places=5) for storage in storages]
    async with running(*workers):
        for turns in workers:
            await asyncio.wait_for(turns.settled(), 30)
    for user in range(20):
        numbers = tuple(str(n) for n in range(1, 301) if n % 20 == user)
        assert await heard(storages[0], user) == numbers
    assert len(await asyncio.to_thread(rows_of, storages[0], tables.letter, "id")) == 300
    takers = set(await asyncio.to_thread(rows_of, storages[0], tables.inbox, "worker"))
    assert len(takers) == 3
    for storage in storages:
        storage.close()


async def test_a_slow_judgement_holds_up_its_own_chat_only(storage):
    release = asyncio.Event()

    async def slow(question, text):
        if text == "slow":
            await release.wait()
        return by_equality(question, text)

    opened = Answering("lesson", "one", {})
    await asyncio.to_thread(keep, storage, learner(7, stage=opened), learner(8, stage=opened))
    turns = turns_of(storage, judge=slow)
    async with running(turns):
        await storage.accept([typed(1, "slow", 7), typed(2, "1/2", 7), typed(3, "1/2", 8)])
        await asyncio.wait_for(_until_heard(storage, 8), 10)
        assert await heard(storage, 7) == ()
        release.set()
        await asyncio.wait_for(turns.settled(), 10)
    assert await heard(storage, 7) == ("one slow", "one 1/2")


async def _until_heard(storage, user):
    while await heard(storage, user) == ():  # noqa: ASYNC110 - a row has no event to wait for
        await asyncio.sleep(0.01)


# judged outside, kept inside


async def test_an_answer_is_judged_and_kept(storage):
    await taken(storage, command(1, "open", "one"), typed(2, "1/2"), typed(3, "3"))
    exported = await storage.export(UserId(7))
    assert [(a["exercise"], a["text"], a["verdict"]) for a in exported["attempts"]] == [
        ("one", "1/2", "right"),
        ("one", "3", "wrong"),
    ]
    assert [say.text for say in await letters(storage)] == ["1/2?", "right", "wrong"]


async def test_an_answer_whose_exercise_changed_under_it_is_judged_again(storage):
    judged = []

    async def while_another_opens(question, text):
        judged.append(text)
        if len(judged) == 1:  # the group chat of the same learner opens another exercise
            await storage.turn(
                other,
                None,
                lambda one: SmallMind().respond(one, Commanded("open", "two"), NOON),
                NOON,
            )
        return by_equality(question, text)

    await asyncio.to_thread(keep, storage, learner(7, stage=Answering("lesson", "one", {})))
    person = Person(UserId(7), "L7", "en")
    await storage.accept([Arrival("update:1", ChatId(-5), person, InGroup("reply"), NOON)])
    ((other, _),) = await storage.claim_arrivals(5, NOON)
    await taken(storage, typed(2, "1/2"), judge=while_another_opens)
    assert judged == ["1/2", "1/2"]
    assert await heard(storage) == ("two 1/2",)
