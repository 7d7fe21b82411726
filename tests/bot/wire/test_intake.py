"""An update is acknowledged when it is kept, and not before."""

import asyncio
import hmac
import socket
from contextlib import asynccontextmanager

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.intake import Keeping, Webhook
from bot.intake.poller import SECOND_POLLER
from bot.intake.webhook import LARGEST, SECRET_HEADER
from bot.settings import SettingsFault
from bot.storage.tables import letter
from bot.telegram.line import bot_of
from bot.tutor.turn import Say

SECRET = "a-secret-of-sixteen-letters"


async def kept(rig, count):
    async def enough():
        arrivals = await rig.arrivals()
        return len(arrivals) >= count and arrivals

    return enough


@asynccontextmanager
async def database_away(rig):
    """The inbox cannot be written."""

    def rename(old, new):
        return rig.storage.run(lambda c: c.exec_driver_sql(f"ALTER TABLE {old} RENAME TO {new}"))

    await rename("inbox", "away")
    yield
    await rename("away", "inbox")


async def test_what_was_said_while_nobody_listened_is_kept_and_acknowledged(rig, ana, eventually):
    await ana.type("one")
    await ana.type("two")
    async with rig.polling():
        arrivals = await eventually(await kept(rig, 3))
        await eventually(_nothing_waits(rig))
    assert [chat for _, chat in arrivals] == [7, 7, 7]
    assert sorted({key for key, _ in arrivals}) == [key for key, _ in arrivals]


def _nothing_waits(rig):
    async def empty():
        return rig.phone.waiting == 0

    return empty


async def test_nothing_is_acknowledged_while_the_database_is_away(rig, ana, eventually):
    with capture_logs() as logs:
        async with rig.polling():
            async with database_away(rig):
                await ana.type("-1/2")
                await asyncio.sleep(0.3)
                assert rig.phone.waiting == 2
            await eventually(await kept(rig, 2))
            await eventually(_nothing_waits(rig))
    said = [line["event"] for line in logs]
    assert said == ["the database is away; updates wait at Telegram", "the database is back"]


async def test_an_update_that_comes_twice_is_one_arrival(rig):
    message = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "4"}
    update = {"update_id": 9, "message": message}
    keeping = Keeping(rig.bot, rig.storage)
    await keeping.keep([update, update])
    await keeping.keep([update])
    assert await rig.arrivals() == [("update:9", 7)]


@pytest.mark.undescribed
async def test_an_update_that_cannot_be_read_stops_no_other(rig, ana, eventually):
    rig.phone.exchange.updates.add("message", {"text": "neither chat nor number"}, "?")
    await ana.type("4")
    async with rig.polling():
        arrivals = await eventually(await kept(rig, 2))
        await eventually(_nothing_waits(rig))
    assert len(arrivals) == 2


async def test_a_second_poller_says_so_once_and_goes_on_when_it_is_alone(rig, ana, eventually):
    with capture_logs() as logs:
        async with rig.polling(long_poll=5):
            async with rig.polling(long_poll=5):
                await asyncio.sleep(0.5)
            await ana.type("still heard")
            await eventually(await kept(rig, 2), seconds=10)
    assert [line["event"] for line in logs if line["event"] == SECOND_POLLER] == [SECOND_POLLER]
    assert len(logs) <= 2


async def test_a_token_that_telegram_does_not_know_ends_it_with_one_line(rig):
    other = bot_of("1000001:other", rig.phone.url)
    for request in other._request:
        await request.initialize()
    rig.bot = other
    with pytest.raises(SettingsFault, match=r"^BOT_TOKEN is not right"):
        async with rig.polling() as running, asyncio.timeout(5):
            await running
    for request in other._request:
        await request.shutdown()


async def test_a_server_that_is_away_is_told_once_and_so_is_its_return(rig, ana, eventually):
    port = int(rig.phone.url.rpartition(":")[2])
    with capture_logs() as logs:
        async with rig.polling():
            await eventually(await kept(rig, 1))
            await rig.phone.stop()
            await asyncio.sleep(1.2)
            rig.phone._port = port
            await rig.phone.start()
            await ana.type("back again")
            await eventually(await kept(rig, 2))
    said = [line["event"].partition(";")[0] for line in logs]
    assert said == ["Telegram cannot be reached", "Telegram can be reached again"]


async def test_a_group_that_moved_takes_its_letters_with_it(rig, ana, eventually):
    group = rig.phone.group("Class", ana)
    old = group.id
    await rig.write(old, Say("hello all"))
    await group.migrate()

    async def chats():
        rows = await rig.storage.run(lambda c: c.execute(letter.select()).all())
        return [row.chat for row in rows if row.chat != old]

    async with rig.polling():
        assert await eventually(chats) == [rig.phone.groups()[0].id]


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
async def hook(rig, port):
    url = f"http://127.0.0.1:{port}/telegram"
    keeping = Keeping(rig.bot, rig.storage)
    webhook = Webhook(rig.bot, keeping, url=url, secret=SECRET, listen=("127.0.0.1", port))
    await webhook.start()
    yield url
    await webhook.stop()


@pytest.mark.usefixtures("hook")
async def test_the_webhook_keeps_what_telegram_brings(rig, ana, eventually):
    await ana.type("4")
    assert len(await eventually(await kept(rig, 2))) == 2
    await eventually(_nothing_waits(rig))


@pytest.mark.usefixtures("hook")
async def test_the_webhook_takes_nothing_while_the_database_is_away(rig, ana, eventually):
    await eventually(await kept(rig, 1))
    async with database_away(rig):
        await ana.type("4")
        await asyncio.sleep(0.2)
        assert rig.phone.waiting == 1
    await eventually(await kept(rig, 2), seconds=10)


@pytest.mark.parametrize("brought", [SECRET, SECRET[:-1] + "x", "", "x" * 500])
async def test_a_secret_is_compared_in_a_time_that_does_not_tell_how_much_of_it_was_right(
    hook, monkeypatch, brought
):
    compared, compare = [], hmac.compare_digest

    def watched(one, other):
        compared.append({one, other})
        return compare(one, other)

    monkeypatch.setattr(hmac, "compare_digest", watched)
    async with (
        aiohttp.ClientSession() as session,
        session.post(hook, data=b"{}", headers={SECRET_HEADER: brought}) as answer,
    ):
        assert answer.status == (200 if brought == SECRET else 403)
    assert compared == [{brought.encode(), SECRET.encode()}]


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({}, b"{}", 403),
        ({SECRET_HEADER: "another"}, b"{}", 403),
        ({SECRET_HEADER: "é"}, b"{}", 403),
        ({SECRET_HEADER: SECRET}, b"no json", 400),
        ({SECRET_HEADER: SECRET}, b"\xff\xfe", 400),
        ({SECRET_HEADER: SECRET}, b"[1, 2]", 400),
        ({SECRET_HEADER: SECRET}, b'"' + b"x" * LARGEST + b'"', 413),
        ({SECRET_HEADER: SECRET}, b'{"update_id": 5}', 200),
        ({SECRET_HEADER: SECRET}, b'{"update_id": 5, "message": 3}', 200),
    ],
)
async def test_the_webhook_refuses_whoever_is_not_telegram(rig, hook, headers, body, status):
    async with aiohttp.ClientSession() as session:
        async with session.post(hook, data=body, headers=headers) as answer:
            assert answer.status == status
        async with session.get(hook) as answer:
            assert answer.status == 405
    assert await rig.arrivals() == []
