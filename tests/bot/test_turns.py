"""An arrival is one turn: once, in the order of its chat, whole or not at all."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import date

import pytest
from rows import NOON, keep, learner, rows_of, typed
from small_mind import BOOM, SmallMind, by_equality

from bot.storage import Overtaken, Storage, tables
from bot.turns import Turns
from bot.tutor.events import (
    Arrival,
    Blocked,
    ChatId,
    Commanded,
    DropDue,
    InGroup,
    Person,
    Tapped,
    UserId,
)
from bot.tutor.learner import Answering
from bot.tutor.turn import Lane, Say, Toast, Turn

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
    return [letter.utterance for letter in await _all_letters(storage)]


async def _all_letters(storage):
    found = []
    while some := await storage.claim_letters(NOON, 1000):
        found += some
        for letter in some:
            await storage.letter_sent(letter.id, NOON)
    return found


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


async def test_a_group_does_not_make_a_learner_of_a_stranger(storage):
    person = Person(UserId(7), "L7", "en")
    hello = Arrival("update:1", ChatId(-100), person, InGroup("command", "/start"), NOON)
    await taken(storage, hello)
    assert await storage.learner(UserId(7)) is None


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


# what fails


async def test_a_turn_that_fails_is_put_aside_with_its_trace_and_the_rest_goes_on(storage, caplog):
    await taken(storage, typed(1, "a"), typed(2, BOOM), typed(3, "b"), typed(4, "c", 8))
    assert await heard(storage) == ("a", "b")
    assert await heard(storage, 8) == ("c",)
    said = [letter.utterance.text for letter in await _all_letters(storage) if letter.chat == 7]
    assert said == ["heard a", SORRY, "heard b"]
    traces = await asyncio.to_thread(rows_of, storage, tables.inbox, "trace")
    assert [bool(trace) for trace in traces] == [False, True, False, False]
    assert "ZeroDivisionError" in traces[1]
    assert "L7" not in caplog.text  # who it was is in the row, not in the log
    assert "ZeroDivisionError" in caplog.text


async def test_a_trace_that_no_database_takes_is_kept_all_the_same(storage):
    ((arrival, _),) = await _claimed(storage, typed(1, BOOM))
    await storage.put_aside(arrival, "bad \x00 \ud800 trace", (Say(SORRY),), NOON)
    assert await storage.inbox_is_empty()


async def _claimed(storage, *arrivals):
    await storage.accept(arrivals)
    return await storage.claim_arrivals(10, NOON)


async def test_a_failed_turn_of_someone_who_left_is_not_told(storage):
    await asyncio.to_thread(keep, storage, learner(7))

    class Breaking(SmallMind):
        def respond(self, *_):
            raise ZeroDivisionError

    await taken(storage, Arrival("gone", ChatId(7), None, Blocked(), NOON), mind=Breaking())
    assert await letters(storage) == []


# taps, tasks, goodbye


@pytest.mark.parametrize(("data", "toast"), [("noted", Toast("noted")), ("", Toast())])
async def test_every_tap_is_answered(storage, data, toast):
    person = Person(UserId(7), "L7", "en")
    tap = Arrival("update:1", ChatId(7), person, Tapped(data, 5), NOON, tap="query")
    await taken(storage, tap)
    (letter,) = await storage.claim_letters(NOON, 5)
    assert (letter.utterance, letter.tap) == (toast, "query")


async def test_a_task_comes_back_as_an_event(storage):
    await taken(storage, command(1, "export"))
    (errand,) = await storage.claim_tasks(NOON, 5)
    assert (errand.task.name, errand.task.values) == ("export", {"as": "json"})
    assert await storage.claim_tasks(NOON, 5) == []
    await storage.task_done(errand, "ready", NOON)
    await storage.task_done(errand, "ready", NOON)
    await taken(storage)
    assert await letters(storage) == [Say("export ready")]


async def test_who_asks_to_be_forgotten_leaves_no_row_but_is_answered(storage):
    await taken(storage, command(1, "open", "one"), typed(2, "1/2"), command(3, "forget"))
    assert await storage.learner(UserId(7)) is None
    assert await storage.export(UserId(7)) is None
    for table in (tables.learner, tables.attempt, tables.delivery, tables.slot):
        assert (
            await asyncio.to_thread(rows_of, storage, table, table.primary_key.columns.keys()[0])
            == []
        )
    kept = await asyncio.to_thread(rows_of, storage, tables.inbox, "chat", "person", "event")
    assert kept == [(0, None, None)] * 3
    assert await letters(storage) == [Say("All gone.")]


# stopping


async def test_stopping_drains_what_was_begun(storage):
    began = asyncio.Event()

    async def slow(question, text):
        began.set()
        await asyncio.sleep(0.2)
        return by_equality(question, text)

    await asyncio.to_thread(keep, storage, learner(7, stage=Answering("lesson", "one", {})))
    await storage.accept([typed(1, "1/2")])
    async with running(turns_of(storage, judge=slow)):
        await began.wait()
    assert await heard(storage) == ("one 1/2",)


async def test_what_a_killed_process_had_in_work_is_taken_up_at_the_next_start(sqlite_url):
    killed = Storage(sqlite_url)
    await killed.accept([typed(1, "a"), typed(2, "b")])
    assert len(await killed.claim_arrivals(10, NOON)) == 1
    after = Storage(sqlite_url)
    await taken(after)
    assert await heard(after) == ("a", "b")
    killed.close()
    after.close()


async def test_another_replicas_work_is_taken_over_only_after_its_time(postgres_url):
    slow, other = Storage(postgres_url), Storage(postgres_url)
    await slow.accept([typed(1, "a")])
    ((arrival, _),) = await slow.claim_arrivals(10, NOON)
    await other.revive(NOON.replace(second=30))
    assert await other.claim_arrivals(10, NOON) == []
    await other.revive(NOON.replace(minute=2))
    assert await other.claim_arrivals(10, NOON) == [(arrival, False)]
    with pytest.raises(Overtaken):
        await slow.turn(arrival, SmallMind().meet, Turn, NOON)
    slow.close()
    other.close()
