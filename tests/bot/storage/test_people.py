"""What is kept about a learner is handed over whole, and erased whole."""

from __future__ import annotations

import asyncio
import json
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from rows import EIGHT, NOON, keep, learner, rows_of

from bot.storage import tables
from bot.tutor.events import Arrival, ChatId, Commanded, DropDue, Person, Typed, UserId
from bot.tutor.learner import Learner
from bot.tutor.turn import Attempt, Say, Task, Turn
from engine.question import Verdict

NAME, SECRET, USER = "Xanthippe", "my secret −7/3", 424242
ANA = Person(UserId(USER), NAME, "en")
WRONG = Verdict("wrong", "misconception", "2", misconceptions=("forgot-bias",))
TWICE = Verdict("wrong", "misconception", "3", misconceptions=("a", "b"))
RIGHT = Verdict("right", "exact", "1")


def met(person):
    return Learner(person.user, person.name, person.language, 5, "path", rhythm=EIGHT)


async def live(storage):
    """A learner's day: a drop, three answers, a task, letters sent and unsent, a slot."""
    attempts = tuple(
        Attempt("01", exercise, SECRET, verdict, NOON, {"w": "3"})
        for exercise, verdict in (("one", WRONG), ("one", TWICE), ("one", RIGHT))
    )
    said = (Say(f"Well done, {NAME}", slot="progress"), Say(SECRET))
    await turn(storage, 1, Typed(SECRET, 1), Turn, says=said, attempts=attempts, delivered="01")
    await turn(storage, 2, Commanded("export"), Turn, tasks=(Task("export"),), finished="01")
    (letter,) = await storage.claim_letters(NOON, 1)
    await storage.letter_sent(letter.id, NOON, 77)
    await storage.accept(
        [Arrival(f"drop:{USER}:x", ChatId(USER), None, DropDue(date(2026, 3, 1)), NOON)]
    )
    ((drop, _),) = await storage.claim_arrivals(1, NOON)
    await storage.put_aside(drop, f"Traceback: {NAME} {SECRET}", lambda _: (), NOON)
    await storage.pause_chat(ChatId(USER), NOON, letter.id)


async def turn(storage, number, event, made, **more):
    await storage.accept([Arrival(f"update:{number}", ChatId(USER), ANA, event, NOON)])
    ((arrival, _),) = await storage.claim_arrivals(1, NOON)
    now = NOON + timedelta(minutes=number)
    await storage.turn(arrival, met, lambda one: made(one, **more), now)


async def test_an_export_holds_all_that_the_public_surface_names(storage):
    await live(storage)
    exported = json.loads(json.dumps(await storage.export(UserId(USER))))
    assert {"learner", "drops", "attempts", "reviews"} <= set(exported)
    assert exported["learner"]["name"] == NAME
    assert exported["learner"]["rhythm"] == {"zone": "Europe/Berlin", "hour": "08:00", "days": 127}
    assert exported["drops"] == [
        {
            "lesson": "01",
            "delivered_at": "2026-03-01T12:01:00+00:00",
            "finished_at": "2026-03-01T12:02:00+00:00",
        }
    ]
    told = [(one["verdict"], one["misconception"]) for one in exported["attempts"]]
    assert told == [("wrong", "forgot-bias"), ("wrong", "a+b"), ("right", None)]
    assert {(one["exercise"], one["text"], one["at"]) for one in exported["attempts"]} == {
        ("one", SECRET, "2026-03-01T12:00:00+00:00")
    }


async def test_nothing_of_who_is_forgotten_is_left_in_any_table(storage):
    await live(storage)
    assert NAME in await everything(storage)
    assert await storage.forget(UserId(USER))
    left = await everything(storage)
    for trace in (NAME, "Xanthi", "secret", str(USER)):
        assert trace not in left
    assert not await storage.forget(UserId(USER))
    assert await storage.export(UserId(USER)) is None


async def test_an_update_of_who_was_forgotten_is_not_taken_again(storage):
    await live(storage)
    await storage.forget(UserId(USER))
    await storage.accept([Arrival("update:1", ChatId(USER), ANA, Typed(SECRET, 1), NOON)])
    assert await storage.claim_arrivals(5, NOON) == []
    assert await storage.last_update() == 2


async def test_a_drop_that_waited_while_its_learner_was_forgotten_is_forgotten_too(storage):
    await live(storage)
    due = Arrival(f"drop:{USER}:y", ChatId(USER), None, DropDue(date(2026, 3, 2)), NOON)
    await storage.accept([due])
    await storage.forget(UserId(USER))
    ((arrival, _),) = await storage.claim_arrivals(1, NOON)
    await storage.turn(arrival, met, Turn, NOON)
    assert str(USER) not in await everything(storage)


async def test_forgetting_one_leaves_the_other(storage):
    await live(storage)
    await asyncio.to_thread(keep, storage, learner(8, rhythm=EIGHT, next_drop=NOON))
    before = await storage.learner(UserId(8))
    await storage.forget(UserId(USER))
    assert await storage.learner(UserId(8)) == before


async def everything(storage):
    def dump(connection):
        rows = [
            connection.execute(sa.select(table)).all() for table in tables.metadata.tables.values()
        ]
        return repr([[tuple(row) for row in some] for some in rows])

    return await storage.run(dump)


async def test_stats_count_what_an_operator_asks_for(storage):
    await live(storage)
    await asyncio.to_thread(
        keep, storage, learner(8, rhythm=EIGHT, next_drop=NOON - timedelta(minutes=5))
    )
    stats = await storage.stats(NOON)
    assert stats["learners"] == 2
    assert (stats["scheduled"], stats["due"]) == (1, 1)
    assert stats["late"] == 1
    assert (await storage.stats(NOON - timedelta(minutes=2)))["late"] == 0
    assert (stats["inbox"], stats["aside"], stats["outbox"]) == (0, 1, 1)
    assert (stats["drops_delivered"], stats["drops_finished"]) == (1, 1)
    assert stats["attempts"] == {"wrong": 2, "right": 1}
    assert stats["exercise_slips"] == {"one": {"forgot-bias": 1, "a+b": 1}}


async def test_what_is_old_enough_is_let_go_and_what_was_put_aside_stays_longer(storage):
    await live(storage)
    await storage.tidy(NOON + timedelta(days=8))
    assert await asyncio.to_thread(rows_of, storage, tables.inbox, "key") == [f"drop:{USER}:x"]
    await storage.tidy(NOON + timedelta(days=40))
    assert await asyncio.to_thread(rows_of, storage, tables.inbox, "key") == []


@pytest.mark.parametrize("numbers", [[], [3, 5, 4]])
async def test_the_last_update_is_the_one_accepted_last(storage, numbers):
    for number in numbers:
        await storage.accept([Arrival(f"update:{number}", ChatId(1), ANA, Typed("a", 1), NOON)])
    assert await storage.last_update() == (numbers[-1] if numbers else None)
