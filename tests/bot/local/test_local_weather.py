"""Floods are counted, and faults befall calls, as they do at Telegram's."""

from datetime import timedelta
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from bot.local import Limits, Trouble
from bot.local.api.limits import Floods
from bot.local.refusal import Refusal


class Seconds:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


def refused(floods, chat, *, group=False, paid=False):
    try:
        floods.count(chat, group=group, paid=paid)
    except Refusal as refusal:
        return refusal.parameters["retry_after"]
    return 0


def test_a_chat_takes_a_small_burst_then_one_a_second():
    seconds = Seconds()
    floods = Floods(Limits(chat_burst=3), seconds)
    assert [refused(floods, 1) for _ in range(4)] == [0, 0, 0, 1]
    seconds.now += 1
    assert [refused(floods, 1) for _ in range(2)] == [0, 1]
    assert refused(floods, 2) == 0


def test_a_bot_says_30_in_a_second_and_1000_paid():
    floods = Floods(Limits(), Seconds())
    assert [refused(floods, chat) for chat in range(31)] == [0] * 30 + [1]
    assert [refused(floods, chat, paid=True) for chat in range(100, 1101)] == [0] * 1000 + [1]


def test_a_group_takes_20_in_a_minute():
    seconds = Seconds()
    floods = Floods(Limits(), seconds)
    for _ in range(20):
        assert refused(floods, -1, group=True) == 0
        seconds.now += 1
    assert refused(floods, -1, group=True) == 40
    seconds.now += 40
    assert refused(floods, -1, group=True) == 0


@given(st.lists(st.tuples(st.integers(1, 3), st.floats(0, 2)), max_size=60))
def test_who_waits_as_told_is_heard(steps):
    seconds = Seconds()
    floods = Floods(Limits(chat_burst=2, bot_per_second=3), seconds)
    for chat, pause in steps:
        seconds.now += pause
        wait = refused(floods, chat)
        if wait:
            seconds.now += wait
            assert refused(floods, chat) == 0


@given(st.lists(st.floats(0, 0.3), min_size=1, max_size=80))
def test_no_span_of_a_second_holds_more_than_the_limit(pauses):
    seconds = Seconds()
    floods = Floods(Limits(chat_rate=None, bot_per_second=5), seconds)
    heard = []
    for chat, pause in enumerate(pauses):
        seconds.now += pause
        if not refused(floods, chat):
            heard.append(seconds.now)
    assert all(sum(start <= at < start + 0.999 for at in heard) <= 5 for start in heard)


async def test_a_flood_is_answered_with_when_to_come_back(phone, bot, ana):
    phone.limits = Limits(chat_burst=2)
    await bot.send_message(1, "one")
    await bot.send_message(1, "two")
    with pytest.raises(RetryAfter) as flood:
        await bot.send_message(1, "three")
    assert flood.value.retry_after in (1, timedelta(seconds=1))  # as the library is set
    assert await bot.edit_message_text("not counted", 1, ana.chat.said[0].message_id)
    assert [m.text for m in ana.chat.said] == ["not counted", "two"]
    assert phone.calls["sendMessage 429"] == 1


WEATHER = [
    (Trouble.CLOSING, NetworkError, 1),
    (Trouble.OFFLINE, NetworkError, 0),
    (Trouble.BROKEN, NetworkError, 0),
    (Trouble.FLOOD, RetryAfter, 0),
    (Trouble.FORBIDDEN, Forbidden, 0),
]


@pytest.mark.parametrize(
    ("trouble", "error", "arrived"), WEATHER, ids=[row[0].value for row in WEATHER]
)
async def test_a_fault_befalls_the_call_and_passes(phone, bot, ana, trouble, error, arrived):
    phone.faults.strike(trouble, times=1)
    with pytest.raises(error) as raised:
        await bot.send_message(1, "x")
    assert not isinstance(raised.value, BadRequest)
    assert len(ana.chat.said) == arrived
    assert await bot.send_message(1, "y")


@pytest.mark.usefixtures("ana")
async def test_a_slow_net_is_only_slow(phone, bot):
    phone.faults.strike(Trouble.SLOW, seconds=0.15)
    began = monotonic()
    assert await bot.send_message(1, "x")
    assert monotonic() - began >= 0.15
    phone.faults.clear()


async def test_a_fault_may_meet_some_methods_and_a_share_of_calls(phone, bot, ana):
    phone.faults.strike(Trouble.BROKEN, share=0.5, methods=["sendMessage"])
    assert await bot.get_me()
    heard = 0
    for _ in range(40):
        try:
            await bot.send_message(1, "x")
        except NetworkError:
            continue
        heard += 1
    assert 8 <= heard <= 32
    assert len(ana.chat.said) == heard
