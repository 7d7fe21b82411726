"""A person who floods is let go after a minute's share, told once; nobody else notices."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from rows import keep, learner

from bot.intake import Keeping
from bot.intake.patience import Patience
from bot.storage import Unavailable
from bot.storage.tables import letter

SLOWER = "Slowly, please."


def slower(language):
    return "Langsam, bitte." if language == "de" else SLOWER


def update(number, user, chat=None, language="en"):
    kind = "private" if chat is None else "group"
    named = {"first_name": f"L{user}", "language_code": language}
    person = {"id": user, "is_bot": False, **named}
    message = {
        "message_id": number, "date": 1, "text": "4", "from": person,
        "chat": {"id": chat or user, "type": kind}, "entities": [],
    }  # fmt: skip
    return {"update_id": number, "message": message}


class Seconds:
    now = 0.0

    def __call__(self):
        return self.now


def keeping_of(rig, seconds, a_minute=10):
    return Keeping(rig.bot, rig.storage, patience=Patience(a_minute, seconds), slower=slower)


async def told(rig):
    rows = await rig.storage.run(lambda c: c.execute(letter.select()).all())
    return [(row.chat, row.utterance["text"]) for row in rows]


async def test_a_flood_of_one_person_is_let_go_and_told_once_and_others_are_heard(rig):
    keeping = keeping_of(rig, Seconds())
    flood = [update(number, 7) for number in range(1, 101)]
    await keeping.keep([*flood[:50], update(200, 8), *flood[50:], update(201, 8)])
    chats = [chat for _, chat in await rig.arrivals()]
    assert (chats.count(7), chats.count(8)) == (10, 2)
    assert await told(rig) == [(7, SLOWER)]


async def test_who_waits_is_heard_again_and_a_later_flood_is_told_again(rig):
    seconds = Seconds()
    keeping = keeping_of(rig, seconds)
    await keeping.keep([update(number, 7) for number in range(1, 20)])
    seconds.now = 12.0
    await keeping.keep([update(number, 7) for number in range(20, 30)])
    assert len(await rig.arrivals()) == 12
    assert len(await told(rig)) == 1  # still the same flood
    seconds.now = 72.0
    await keeping.keep([update(number, 7) for number in range(30, 60)])
    assert len(await rig.arrivals()) == 22
    assert len(await told(rig)) == 2


async def test_what_the_database_did_not_take_costs_no_share(rig):
    class Away:
        gone = True

        def __getattr__(self, name):
            return getattr(rig.storage, name)

        async def accept(self, arrivals):
            if self.gone:
                raise Unavailable("away")
            await rig.storage.accept(arrivals)

    away = Away()
    keeping = Keeping(rig.bot, away, patience=Patience(10, Seconds()), slower=slower)
    updates = [update(number, 7) for number in range(1, 11)]
    for _ in range(5):
        try:
            await keeping.keep(updates)
        except Unavailable:
            continue
    away.gone = False
    await keeping.keep(updates)
    assert len(await rig.arrivals()) == 10
    assert await told(rig) == []


async def test_a_group_is_not_told_of_its_member(rig):
    updates = [update(number, 7, chat=-5) for number in range(1, 31)]
    await keeping_of(rig, Seconds()).keep(updates)
    assert await told(rig) == []


async def test_who_floods_in_german_is_told_in_german(rig):
    updates = [update(number, 7, language="de") for number in range(1, 31)]
    await keeping_of(rig, Seconds()).keep(updates)
    assert await told(rig) == [(7, slower("de"))]


async def test_a_language_that_was_chosen_wins_over_that_of_their_telegram(rig):
    await asyncio.to_thread(keep, rig.storage, replace(learner(7), language="de"))
    await keeping_of(rig, Seconds()).keep([update(number, 7) for number in range(1, 31)])
    assert await told(rig) == [(7, slower("de"))]
