"""What is kept of a learner anywhere in the house is in their export, and of nobody else."""

from __future__ import annotations

import asyncio
import json

import sqlalchemy as sa
from rows import NOON, keep, learner

from bot.storage import packing, tables
from bot.storage.packing import pack_attempt, pack_report
from bot.tutor.events import Arrival, ChatId, InGroup, Person, Typed, UserId
from bot.tutor.group.state import Group, Member, Net
from bot.tutor.turn import Attempt, Report, Say
from engine.question import Verdict

ANA, LUIS, GROUP = 424242, 777000, -5
NUMBERS_ALONE = {"slot", "chat_pause"}  # of messages, and a moment
NOBODYS = {"media", "fact", "study_group"}  # of a group only what is a member's own


def a_net():
    seats = {"h1": UserId(ANA), "h2": UserId(LUIS)}
    return Net("n1", {}, seats, True, NOON, wired={"h1": "7", "h2": "-3/5"})


def a_group():
    members = (Member(UserId(ANA), ("first",), ("no-bias",)), Member(UserId(LUIS), ("second",)))
    return Group("code", 5, title="Friday", members=members, nets=(a_net(),))


def live(connection, user, word):
    """A row in every table that can bear one of theirs."""
    say = packing.pack_utterance(Say(f"Well done, {word}"))
    attempt = Attempt("first", "sum", word, Verdict("wrong", "unexplained"), NOON)
    report = Report("first", "", f"{word} is odd", NOON)
    insert(connection, tables.attempt, pack_attempt(attempt) | {"user_id": user})
    insert(connection, tables.attempt, pack_report(report) | {"user_id": user})
    insert(connection, tables.delivery, {"user_id": user, "lesson": "first", "delivered_at": NOON})
    insert(connection, tables.membership, {"user_id": user, "code": "code"})
    waits = {"lane": 0, "slot": "", "needed": True, "waits": True, "tap": "", "at": NOON}
    insert(connection, tables.letter, {"chat": user, "utterance": say, **waits})
    insert(connection, tables.slot, {"chat": user, "slot": "drop/first", "message": 3})
    insert(connection, tables.chat_pause, {"chat": user, "not_before": NOON})
    task = {"name": "train", "values": {"design": word}, "at": NOON}
    insert(connection, tables.task, {"chat": user, **task})


def insert(connection, table, row):
    connection.execute(sa.insert(table).values(**row))


async def both(storage):
    group = packing.converter.unstructure(a_group())
    group = {"code": "code", "chat": GROUP, "state": group}
    await storage.run(lambda connection: insert(connection, tables.study_group, group))
    for user, word in ((ANA, "heron"), (LUIS, "otter")):
        await asyncio.to_thread(keep, storage, learner(user))
        await storage.run(live, user, word)
        person = Person(UserId(user), "X", "en")
        typed, heard = Typed(word, 1), InGroup("reply", f"{word} said aloud")
        await storage.accept(
            [
                Arrival(f"update:{user}", ChatId(user), person, typed, NOON),
                Arrival(f"update:{user}1", ChatId(GROUP), person, heard, NOON),
            ]
        )


async def test_every_table_that_holds_something_of_a_learners_is_in_the_export(storage):
    await both(storage)
    exported = json.loads(json.dumps(await storage.export(UserId(ANA))))
    held = {name for name in tables.metadata.tables if await rows(storage, name)}
    assert held == set(tables.metadata.tables) - {"media", "fact"}
    told = {"attempt": ("attempts", "reports"), "delivery": ("drops",), "inbox": ("messages",)}
    told |= {"letter": ("letters",), "task": ("tasks",), "membership": ("groups",)}
    told |= {"learner": ("learner",)}
    assert set(told) == held - NUMBERS_ALONE - NOBODYS
    for keys in told.values():
        assert all(exported[key] for key in keys)


async def rows(storage, name):
    return await storage.run(lambda c: c.execute(sa.select(tables.metadata.tables[name])).all())


async def test_the_export_tells_ones_place_in_a_group_and_what_one_said_there(storage):
    await both(storage)
    exported = await storage.export(UserId(ANA))
    assert exported["groups"] == [
        {
            "user": ANA,
            "done": ["first"],
            "slips": ["no-bias"],
            "title": "Friday",
            "seats": [{"place": "h1", "value": "7"}],
        }
    ]
    assert [(one["here"], one["text"]) for one in exported["messages"]] == [
        (True, "heron"),
        (False, "heron said aloud"),
    ]


async def test_nothing_of_anybody_else_is_in_it(storage):
    await both(storage)
    exported = json.dumps(await storage.export(UserId(ANA)))
    for trace in ("otter", str(LUIS), "second", "-3/5"):
        assert trace not in exported


async def test_what_one_did_in_groups_goes_with_one(storage):
    await both(storage)
    while claimed := await storage.claim_arrivals(9, NOON):
        for arrival, _ in claimed:
            await storage.put_aside(arrival, "a trace", lambda _: (), NOON)
    await storage.forget(UserId(ANA))
    left = repr([await rows(storage, name) for name in ("inbox", "letter", "attempt", "task")])
    assert "heron" not in left
    assert "otter said aloud" in left
