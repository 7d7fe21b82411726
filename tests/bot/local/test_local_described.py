"""Everything that can be said, both ways, against aiogram's description; and that it would notice.

Beyond this file, every test that speaks to a local server is held against it: tests/conftest.py.
"""

import json
from copy import deepcopy
from datetime import UTC, datetime

import pytest
from telegram import BotCommand, InlineQueryResultArticle, InputTextMessageContent
from test_local_wire import KINDS, everything_happens

from bot.local import LocalTelegram, StillClock
from bot.local.api.journal import WEBHOOK, Call
from bot.local.api.limits import FREE
from bot.local.api.methods import METHODS
from bot.local.api.methods.method import Method
from tests.bot.local import described

NOT_HERE = {  # what could stand instead of a parameter, and does not exist here
    "chat_id": "inline_message_id",
    "message_id": "inline_message_id",
    "text": "rich_message",
}


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
def test_every_method_takes_what_is_described_and_needs_what_is_needed(method: Method):
    fields = described.METHODS[method.name.lower()].model_fields
    assert set(method.takes.needs) | set(method.takes.may) <= set(fields)
    needed = {name for name, field in fields.items() if field.is_required()}
    without = {name for name, instead in NOT_HERE.items() if instead in fields}
    assert needed <= set(method.takes.needs) <= needed | without


async def all_methods(phone, bot, ana):
    """Every method that `everything_happens` has no use for."""
    group = phone.group("Others", ana, phone.person(3, "Eve"))
    await group.promote_bot()
    sent = await bot.send_message(group.id, "x", message_effect_id=None)
    await bot.edit_message_text("<b>y</b>", group.id, sent.message_id, parse_mode="HTML")
    await bot.edit_message_reply_markup(
        group.id,
        sent.message_id,
        reply_markup={"inline_keyboard": [[{"text": "a", "url": "tg://x"}]]},
    )
    await bot.set_message_reaction(group.id, sent.message_id, "👍", is_big=True)
    await bot.pin_chat_message(group.id, sent.message_id)
    await bot.unpin_chat_message(group.id, sent.message_id)
    await bot.unpin_all_chat_messages(group.id)
    await bot.delete_message(group.id, sent.message_id)
    await bot.send_chat_action(group.id, "typing")
    await bot.get_chat_member(group.id, ana.id)
    await bot.get_chat_member_count(group.id)
    shown = next(message.file for message in ana.chat.said if message.photo)
    await bot.get_file((await bot.send_photo(1, shown.file_id)).photo[-1].file_id)
    await bot.leave_chat(group.id)


async def all_of_the_profile(bot):
    commands = [BotCommand("start", "begin")]
    await bot.set_my_commands(commands, scope={"type": "all_private_chats"}, language_code="en")
    await bot.get_my_commands(scope={"type": "all_private_chats"}, language_code="en")
    await bot.delete_my_commands()
    for what in ("name", "description", "short_description"):
        await getattr(bot, f"set_my_{what}")("A word", language_code="es")
        await getattr(bot, f"get_my_{what}")("es")
    await bot.set_chat_menu_button(1, {"type": "commands"})
    await bot.get_chat_menu_button(1)
    await bot.set_webhook("http://127.0.0.1:9/x", secret_token="s", max_connections=3)
    await bot.delete_webhook(drop_pending_updates=False)


async def taps_and_inline(bot, ana):
    keys = {"inline_keyboard": [[{"text": "go", "callback_data": "a"}]]}
    sent = await bot.send_message(1, "tap", reply_markup=keys)
    tap = await ana.tap(ana.chat.messages[-1], 0)
    assert sent.message_id == ana.chat.messages[-1].message_id
    await bot.answer_callback_query(tap.id, "Yes!", show_alert=True, cache_time=3)
    asked = await ana.ask_inline("bias")
    content = InputTextMessageContent("<b>bias</b>", parse_mode="HTML")
    article = InlineQueryResultArticle("1", "Bias", content, description="added last")
    await bot.answer_inline_query(asked.id, [article], cache_time=3, is_personal=True)


@pytest.fixture
async def said(bot_of):
    """One of everything."""
    calls = []
    witness = lambda call: calls.append(deepcopy(call))  # noqa: E731 - it has one use, here
    clock = StillClock(datetime(2024, 3, 1, 8, tzinfo=UTC))
    async with LocalTelegram(clock, limits=FREE, witness=witness) as phone, bot_of(phone) as bot:
        ana = phone.person(1, "Ana", "es")
        await ana.type("/start")
        await bot.get_updates(allowed_updates=KINDS)
        await everything_happens(phone, bot, ana)
        await all_methods(phone, bot, ana)
        await all_of_the_profile(bot)
        await taps_and_inline(bot, ana)
        await bot.get_updates()
    return calls


async def test_one_of_everything_is_as_described(said):
    accepted = {call.method for call in said if call.answer.get("ok")}
    assert accepted == {method.name for method in METHODS.values()}
    [*_, last] = [call for call in said if call.method == "getUpdates"]
    assert {kind for one in last.answer["result"] for kind in one} >= set(KINDS)
    assert [fault for call in said for fault in described.faults(call)] == []


async def test_no_slip_in_what_the_server_sends_would_go_unnoticed(said):
    unnoticed = [
        (call.method, slip)
        for call in one_by_one(said)
        for slip, told in slips(call.answer if call.method == WEBHOOK else call.answer["result"])
        if not described.faults(telling(call, told))
    ]
    assert unnoticed == []


def telling(call, told):
    """The call, but with this answer."""
    answer = told if call.method == WEBHOOK else {"ok": True, "result": told}
    return Call(call.method, call.given, answer)


async def test_no_slip_in_what_a_bot_sends_would_go_unnoticed_nor_be_obeyed(said, phone):
    unnoticed, obeyed = [], []
    for call in [one for one in said if one.method != WEBHOOK]:
        for slip, given in slips(plainly(call.given)):
            if not described.faults_of_parameters(call.method, given):
                unnoticed.append((call.method, slip))
            answer = await phone._server.answer(call.method, given, {})
            if answer.get("error_code") != 400:
                obeyed.append((call.method, slip))
    assert (unnoticed, obeyed) == ([], [])


def one_by_one(said):
    """The calls, but each update for itself."""
    for call in said:
        if call.method == "getUpdates":
            yield from (Call(WEBHOOK, {}, update) for update in call.answer["result"])
        else:
            yield call


def plainly(given):
    """Parameters as objects, not as the text of a form."""
    return {
        name: json.loads(value) if isinstance(value, str) and value[:1] in "[{" else value
        for name, value in given.items()
    }


def slips(value, place=""):
    """The value with one name misspelt, or with one plain value of another type."""
    if isinstance(value, dict) and value.keys() == {"file", "bytes"}:
        return  # an uploaded file, told in the journal's words
    if isinstance(value, dict):
        for key, each in value.items():
            rest = {name: one for name, one in value.items() if name != key}
            yield f"{place}.{key} misspelt", {**rest, f"{key}_": each}
            for slip, changed in slips(each, f"{place}.{key}"):
                yield slip, {**rest, key: changed}
    elif isinstance(value, list):
        for index, each in enumerate(value):
            for slip, changed in slips(each, f"{place}[{index}]"):
                yield slip, [*value[:index], changed, *value[index + 1 :]]
    else:
        yield f"{place} of another type", []
