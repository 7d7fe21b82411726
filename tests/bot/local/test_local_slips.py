"""A slip in a call is named: an unknown method, a parameter of the wrong kind, a second poller."""

import asyncio

import aiohttp
import pytest
from telegram.error import (
    Conflict,
    InvalidToken,
    TelegramError,
)


@pytest.mark.parametrize(
    ("method", "given", "words"),
    [
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "parse_mod": "HTML"},
            'parameter "parse_mod" is not known here',
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": 5},
            'can\'t parse parameter "text": expected a string',
        ),
        (
            "sendMessage",
            {"chat_id": "one", "text": "x"},
            'can\'t parse parameter "chat_id": expected an integer',
        ),
        ("sendMessage", {"chat_id": 1}, "message text is empty"),
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_markup": "{"},
            'can\'t parse parameter "reply_markup": expected JSON',
        ),
        (
            "sendMessage",
            {
                "chat_id": 1,
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "a", "callbackdata": "b"}]]},
            },
            'can\'t parse parameter "reply_markup": expected "inline_keyboard" to be no field "callbackdata"',
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "disable_notification": "perhaps"},
            'can\'t parse parameter "disable_notification": expected a Boolean',
        ),
        ("sendChatAction", {"chat_id": 1, "action": "dancing"}, None),
    ],
)
@pytest.mark.usefixtures("ana")
async def test_a_slip_in_a_call_is_named(bot, method, given, words):
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{bot.base_url}/{method}", json=given) as answer,
    ):
        body = await answer.json()
    assert (answer.status, body["ok"], body["error_code"]) == (400, False, 400)
    assert words is None or body["description"] == f"Bad Request: {words}"


async def test_an_unknown_method_is_not_found(bot):
    with pytest.raises((InvalidToken, TelegramError)):
        await bot.do_api_request("sendCarrierPigeon")


async def test_a_second_poller_sends_the_first_one_away(phone, bot, bot_of, eventually):
    first = asyncio.create_task(bot.get_updates(timeout=10))
    await eventually(lambda: phone.exchange.updates.is_polled)
    async with bot_of(phone) as other:
        await other.get_updates(timeout=0)
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first
