"""Updates reach the bot: by asking or at its own address, in order, for a day, none twice once taken."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from aiohttp import web
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import Conflict


async def test_the_next_offset_acknowledges_what_is_below_it(phone, bot, ana):
    await ana.type("one")
    await ana.type("two")
    first = await bot.get_updates(limit=2)
    again = await bot.get_updates()
    assert [u.update_id for u in first] == [100, 101]
    assert [u.update_id for u in again] == [100, 101, 102]
    left = await bot.get_updates(offset=102)
    assert [u.message.text for u in left] == ["two"]
    assert phone.waiting == 1
    assert await bot.get_updates(offset=103) == ()


async def test_a_negative_offset_forgets_all_but_the_last(bot, ana):
    await ana.type("one")
    await ana.type("two")
    assert [u.message.text for u in await bot.get_updates(offset=-1)] == ["two"]
    assert [u.message.text for u in await bot.get_updates()] == ["two"]


async def test_a_long_poll_ends_with_the_next_update(phone, bot, ana, eventually):
    await bot.get_updates(offset=101)
    asking = asyncio.create_task(bot.get_updates(offset=101, timeout=10))
    await eventually(lambda: phone.exchange.updates.is_polled)
    await ana.type("now")
    assert [u.message.text for u in await asking] == ["now"]


async def test_an_update_in_the_very_moment_of_asking_is_not_missed(phone):
    ana = phone.person(1, "Ana")
    asking = asyncio.create_task(phone.exchange.updates.poll(0, 100, 10))
    await asyncio.sleep(0)
    await ana.type("just now")
    async with asyncio.timeout(2):
        assert [update["message"]["text"] for update in await asking] == ["just now"]


@pytest.mark.usefixtures("ana")
async def test_updates_are_kept_for_24_hours(phone, bot):
    phone.move_clock(phone.clock.now() + timedelta(hours=24))
    assert phone.waiting == 1
    phone.move_clock(phone.clock.now() + timedelta(seconds=1))
    assert await bot.get_updates() == ()


async def test_reactions_come_only_when_they_are_named(bot, ana):
    said = await bot.send_message(1, "x")
    await ana.react(ana.chat.said[0], "👍")
    await bot.get_updates(offset=101, allowed_updates=["message_reaction"])
    await ana.react(ana.chat.said[0], "🔥")
    await ana.type("not a reaction")
    [update] = await bot.get_updates(offset=101)
    assert update.message_reaction.message_id == said.message_id
    assert [r.emoji for r in update.message_reaction.new_reaction] == ["🔥"]
    await bot.get_updates(offset=200, allowed_updates=[])
    await ana.type("heard again")
    assert len(await bot.get_updates()) == 1


class Address:
    """A bot's own address: keeps what came, says when to go on, answers as it is told to."""

    def __init__(self):
        self.came, self.secrets, self.at_once = [], [], Counter()
        self.most_at_once = Counter()
        self.statuses = []
        self.answer = None
        self.go_on = asyncio.Event()
        self.go_on.set()

    async def handle(self, request):
        update = await request.json()
        where = update["message"]["chat"]["id"] if "message" in update else "tap"
        self.at_once[where] += 1
        self.most_at_once[where] = max(self.most_at_once[where], self.at_once[where])
        self.came.append(update)
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        await self.go_on.wait()
        self.at_once[where] -= 1
        status = self.statuses.pop(0) if self.statuses else 200
        return web.json_response(self.answer or {}, status=status)

    def texts(self):
        return [u["message"]["text"] for u in self.came if "message" in u]


@pytest.fixture
async def address():
    address = Address()
    app = web.Application()
    app.router.add_post("/hook", address.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, shutdown_timeout=0.1)
    await site.start()
    address.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield address
    address.go_on.set()
    await runner.cleanup()


async def test_a_webhook_has_one_update_in_flight_for_a_chat(phone, bot, ana, address, eventually):
    luis = phone.person(2, "Luis")
    address.go_on.clear()
    await bot.set_webhook(address.url, secret_token="quiet_7")
    for number in range(3):
        await ana.type(f"ana {number}")
        await luis.type(f"luis {number}")
    await eventually(lambda: len(address.came) >= 2)
    await asyncio.sleep(0.05)
    assert sorted(address.texts()) == ["/start", "luis 0"]
    address.go_on.set()
    await eventually(lambda: phone.waiting == 0)
    assert [t for t in address.texts() if t.startswith("ana")] == ["ana 0", "ana 1", "ana 2"]
    assert [t for t in address.texts() if t.startswith("luis")] == ["luis 0", "luis 1", "luis 2"]
    assert set(address.most_at_once.values()) == {1}
    assert set(address.secrets) == {"quiet_7"}


async def test_a_tap_does_not_wait_for_the_messages_of_its_chat(
    phone, bot, ana, address, eventually
):
    await bot.send_message(
        1, "x", reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("a", callback_data="a")]])
    )
    address.go_on.clear()
    await bot.set_webhook(address.url)
    await ana.tap(ana.chat.said[0], 0)
    await eventually(lambda: len(address.came) >= 2)
    assert address.at_once == {1: 1, "tap": 1}
    address.go_on.set()
    await eventually(lambda: phone.waiting == 0)


@pytest.mark.usefixtures("ana")
async def test_what_a_webhook_does_not_take_comes_again(phone, bot, address, eventually):
    phone.exchange.webhook.first_pause = 0.01
    address.statuses = [500, 404]
    await bot.set_webhook(address.url)
    await eventually(lambda: phone.waiting == 0)
    assert [u["update_id"] for u in address.came] == [100, 100, 100]
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 404 Not Found"
    assert info.pending_update_count == 0


async def test_an_answer_to_a_webhook_may_be_a_call(bot, ana, address):
    address.answer = {"method": "sendMessage", "chat_id": 1, "text": "in the answer"}
    await bot.set_webhook(address.url)
    assert (await ana.chat.next()).text == "in the answer"


async def test_polling_and_a_webhook_exclude_each_other(bot, address):
    await bot.set_webhook(address.url, allowed_updates=["message"])
    assert (await bot.get_webhook_info()).allowed_updates == ("message",)
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()
