"""The postman keeps to Telegram's budgets, whatever is asked of it."""

from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.postman.pacing import FREE, PAID, Pace


class Hand:
    """A clock that stands until it is moved."""

    def __init__(self):
        self.at = 100.0

    def __call__(self):
        return self.at


def most_in(times, span):
    return max(bisect_left(times, start + span) - i for i, start in enumerate(times))


def drive(rates, chats, gaps):
    """Sends whenever it is allowed, looking after each gap; when each chat was spoken to."""
    hand = Hand()
    pace = Pace(rates, hand)
    spoken = {chat: [] for chat in chats}
    for gap in gaps:
        hand.at += gap
        for _ in range(pace.free()):
            chat = next((c for c in chats if not pace.chat_wait(c)), None)
            if chat is not None:
                pace.take(chat)
                spoken[chat].append(hand.at)
    return spoken


gaps = st.lists(st.sampled_from([0.001, 0.01, 0.04, 0.3, 1.0, 7.0]), min_size=50, max_size=400)


@given(gaps)
def test_no_second_sees_more_than_30_messages(gaps):
    spoken = drive(FREE, range(1, 200), gaps)
    times = sorted(t for each in spoken.values() for t in each)
    assert most_in(times, 1.0) <= 30


@given(gaps)
def test_a_chat_hears_a_small_burst_and_then_one_a_second(gaps):
    times = drive(FREE, [7], gaps)[7]
    assert most_in(times, 1.0) <= 5
    assert most_in(times, 10.0) <= 14


@given(gaps)
def test_a_group_hears_fewer_than_20_a_minute(gaps):
    assert most_in(drive(FREE, [-7], gaps)[-7], 60.0) <= 19


def test_a_long_queue_leaves_at_the_full_rate():
    for rates, most in ((FREE, 30), (PAID, 1000)):
        spoken = drive(rates, range(1, 12_000), [0.004] * 2500)
        times = sorted(t for each in spoken.values() for t in each)
        assert rates.bot * 9.9 <= len(times) <= rates.bot * 10 + rates.burst
        assert most_in(times, 1.0) <= most


def test_one_chats_refusal_slows_nobody_else():
    hand = Hand()
    pace = Pace(FREE, hand)
    for _ in range(5):
        pace.refused(7, 30)
    assert pace.free() == FREE.burst
    assert pace.share == 1.0


def test_refusals_of_a_crowd_hold_the_bot_and_slow_it_until_it_recovers():
    hand = Hand()
    pace = Pace(FREE, hand)
    for chat in (1, 2, 3):
        pace.refused(chat, 5)
    assert pace.free() == 0
    assert pace.wait() == 5
    assert pace.share == 0.8
    hand.at += 5
    assert pace.free() == FREE.burst
    hand.at += 20
    pace.free()
    assert pace.share == 1.0


def test_refusals_far_apart_are_no_crowd():
    hand = Hand()
    pace = Pace(FREE, hand)
    for chat in (1, 2, 3, 4):
        pace.refused(chat, 5)
        hand.at += 1.5
    assert pace.share == 1.0


def test_an_edit_costs_no_budget():
    hand = Hand()
    pace = Pace(FREE, hand)
    for _ in range(100):
        pace.take(7)
        pace.give_back(7)
    assert pace.free() == FREE.burst
    assert pace.chat_wait(7) == 0


@pytest.mark.parametrize(("replicas", "together"), [(1, 28), (2, 26), (3, 24), (10, 14)])
def test_replicas_share_what_telegram_lets_through(replicas, together):
    paces = [Pace(FREE, lambda: 0.0) for _ in range(replicas)]
    for pace in paces:
        pace.share_among(replicas)
        pace.free()
    assert sum(pace._bot.rate for pace in paces) == pytest.approx(together)
    if replicas <= 3:
        assert together + FREE.burst * replicas <= 30
