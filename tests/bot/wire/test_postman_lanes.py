"""Replies overtake drops, and Telegram never has to say that it is too much."""

import asyncio
from itertools import pairwise
from time import monotonic

from bot.local import Limits
from bot.local.api.faults import Trouble
from bot.postman import FREE, PAID
from bot.tutor.turn import Lane, Say


def drop(number):
    return (Say(f"drop {number}", lane=Lane.DROP),)


async def people(phone, numbers):
    for number in numbers:
        await phone.person(number, f"P{number}").type("/start")


async def all_done(rig):
    return all(await rig.fates())


async def test_a_reply_overtakes_600_drops_and_nobody_is_refused(rig):
    rig.phone.limits = Limits()
    await people(rig.phone, range(1, 602))
    sent = lambda: rig.phone.calls["sendMessage 200"]  # noqa: E731
    async with rig.posting():
        await rig.write_all({number: drop(number) for number in range(1, 601)})
        for _ in range(4):
            await asyncio.sleep(1.2)
            before = sent()
            await rig.write(601, Say("Correct."))
            await rig.phone.person(601, "").chat.next(timeout=20)
            assert sent() - before <= 60  # two seconds' worth: the machine may stutter
    assert sent() < 600
    assert rig.phone.calls["sendMessage 429"] == 0


async def test_lanes_are_strict(rig):
    await people(rig.phone, range(1, 31))
    lanes = [Lane(number % 4) for number in range(1, 31)]
    says = {n: (Say(lane.name, lane=lane),) for n, lane in enumerate(lanes, 1)}
    order = []
    changes = rig.phone.changes()
    await rig.write_all(says)
    async with rig.posting(places=1) as postman:
        settled = asyncio.create_task(postman.settled())
        async for change in changes:
            if change.message and change.message.text in Lane.__members__:
                order.append(Lane[change.message.text])
            if len(order) == 30:
                break
        await settled
    assert all(earlier <= later for earlier, later in pairwise(order))


async def test_a_talk_in_one_chat_keeps_to_its_own_budget(rig, ana):
    rig.phone.limits = Limits()
    async with rig.posting() as postman:
        await rig.write(7, *(Say(str(n)) for n in range(7)))
        await ana.chat.until(lambda message: message.text == "6", timeout=8)
        await postman.settled()
    assert rig.phone.calls["sendMessage 429"] == 0
    assert [message.text for message in ana.chat.said] == [str(n) for n in range(7)]


async def test_a_handful_of_drops_costs_one_claim(rig, eventually):
    await people(rig.phone, range(1, 61))
    claims, claim = [], rig.storage.claim_letters

    async def counted(*what):
        claims.append(what)
        return await claim(*what)

    rig.storage.claim_letters = counted
    await rig.write_all({number: drop(number) for number in range(1, 61)})
    async with rig.posting():
        await eventually(lambda: all_done(rig))
    assert len(claims) <= 60 / FREE.handful + 5


async def test_drops_that_hang_leave_places_for_replies(rig, ana):
    await people(rig.phone, range(100, 140))
    async with rig.posting(places=8):
        rig.phone.faults.strike(Trouble.SLOW, seconds=3)
        await rig.write_all({number: drop(number) for number in range(100, 140)})
        await asyncio.sleep(0.5)
        rig.phone.faults.clear()
        await rig.write(7, Say("Correct."))
        await ana.chat.next(timeout=1)


async def test_paid_broadcast_goes_beyond_thirty_a_second(rig):
    rig.phone.limits = Limits()
    await people(rig.phone, range(1, 301))
    async with rig.posting(PAID, paid=True, places=100) as postman:
        started = monotonic()
        await rig.write_all({number: drop(number) for number in range(1, 301)})
        await postman.settled()
        took = monotonic() - started
    assert rig.phone.calls == {"getMe 200": 1, "sendMessage 200": 300}
    assert took < 6


async def test_a_bot_that_is_too_fast_slows_down_and_loses_nothing(rig):
    rig.phone.limits = Limits(bot_per_second=15)
    await people(rig.phone, range(1, 61))
    async with rig.posting() as postman:
        await rig.write_all({number: drop(number) for number in range(1, 61)})
        async with asyncio.timeout(20):
            while rig.phone.calls["sendMessage 200"] < 60:  # noqa: ASYNC110 - paused chats ring no bell
                await asyncio.sleep(0.1)
        await postman.settled()
    assert set(await rig.fates()) == {("sent", "")}


async def test_stopping_finishes_what_is_on_the_wire_and_keeps_the_rest(rig):
    await people(rig.phone, range(1, 101))
    rig.phone.faults.strike(Trouble.SLOW, seconds=0.5)
    async with rig.posting(places=8):
        await rig.write_all({number: drop(number) for number in range(1, 101)})
        await asyncio.sleep(0.2)
    fates = await rig.fates()
    assert fates.count(("sent", "")) == rig.phone.calls["sendMessage 200"]
    assert 0 < fates.count(("sent", "")) <= 8
    assert fates.count(None) == 100 - fates.count(("sent", ""))
