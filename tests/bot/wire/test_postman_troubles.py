"""The world's troubles on the way out: floods, broken servers, cut lines, moved groups."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.local.api.faults import Trouble
from bot.postman import FREE, Rates
from bot.settings import SettingsFault
from bot.storage.tables import chat_pause
from bot.telegram.line import bot_of
from bot.tutor.turn import Say

QUICK = Rates(bot=1000, burst=1000, chat=1000, chat_burst=1000)
SENT = ("sent", "")


async def test_a_flooded_chat_waits_as_long_as_telegram_says_and_others_do_not(rig, ana):
    ben = rig.phone.person(8, "Ben")
    await ben.type("/start")
    rig.phone.faults.strike(Trouble.FLOOD, seconds=2, times=1)
    async with rig.posting() as postman:
        await rig.write(7, Say("one"))
        await postman.settled()
        until = await rig.storage.run(lambda c: c.execute(chat_pause.select()).one().not_before)
        assert timedelta(seconds=1) < until - datetime.now(UTC) <= timedelta(seconds=2)
        await rig.write(8, Say("for Ben"))
        await ben.chat.next(timeout=0.9)
        assert ana.chat.said == []
        await ana.chat.next(timeout=3)
    assert rig.phone.calls["sendMessage 429"] == 1


async def test_a_broken_server_gets_the_letter_once_it_is_well(rig, ana):
    rig.phone.faults.strike(Trouble.BROKEN, times=2)
    async with rig.posting() as postman:
        await rig.write(7, Say("one"))
        await ana.chat.next(timeout=6)
        await postman.settled()
    assert rig.phone.calls["sendMessage 502"] == 2
    assert await rig.fates() == [SENT]


async def test_a_server_that_is_away_is_waited_for(rig, ana):
    await rig.phone.stop()
    async with rig.posting():
        await rig.write(7, Say("one"))
        await asyncio.sleep(0.3)
        assert await rig.fates() == [None]
        rig.phone._port = int(rig.phone.url.rpartition(":")[2])
        await rig.phone.start()
        await ana.chat.next(timeout=6)
    assert [message.text for message in ana.chat.said] == ["one"]


async def test_an_answer_that_never_came_repeats_what_is_needed_once_and_lets_the_rest_go(rig, ana):
    rig.phone.faults.strike(Trouble.CLOSING, methods=["sendMessage"])
    async with rig.posting(FREE) as postman:
        await rig.write(7, Say("progress", needed=False))
        await rig.write(7, Say("exercise"))
        await postman.settled()
        rig.phone.faults.clear()
        await rig.write(7, Say("next"))
        await ana.chat.until(lambda message: message.text == "next", timeout=6)
        await postman.settled()
    assert [message.text for message in ana.chat.said] == [
        "progress",
        "exercise",
        "exercise",
        "next",
    ]
    assert await rig.fates() == [("unknown", ""), ("unknown", ""), SENT]


async def test_a_group_that_moved_is_followed(rig, ana):
    group = rig.phone.group("Class", ana)
    old = group.id
    await group.migrate()
    async with rig.posting() as postman:
        await rig.write(old, Say("hello all"))
        await postman.settled()
    assert await rig.fates() == [SENT]
    assert [m.text for m in rig.phone.groups()[0].said] == ["hello all"]


async def test_a_token_that_is_refused_stops_the_postman_with_one_line(rig):
    rig.bot = bot_of("1000001:other", rig.phone.url)
    for request in rig.bot._request:
        await request.initialize()
    await rig.write(7, Say("one"))
    with pytest.raises(SettingsFault, match=re.compile("^BOT_TOKEN is not right")):
        async with rig.posting(), asyncio.timeout(5):
            await asyncio.sleep(1)
    for request in rig.bot._request:
        await request.shutdown()
    assert await rig.fates() == [None]


async def test_a_line_that_is_cut_for_a_while_loses_no_needed_letter(rig, ana, eventually):
    """Each cut leaves a fate unknown; the second and last try waits until Telegram answers."""
    rig.phone.faults.strike(Trouble.OFFLINE)
    async with rig.posting(QUICK) as postman:
        await rig.write(7, Say("needed"))
        await asyncio.sleep(3)
        assert await rig.fates() == [None]
        rig.phone.faults.clear()

        async def seen():
            return ana.chat.said

        await eventually(seen, seconds=10)
        await postman.settled()
    assert [message.text for message in ana.chat.said] == ["needed"]
