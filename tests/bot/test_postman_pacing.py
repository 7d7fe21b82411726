"""The postman keeps to Telegram's budgets, whatever is asked of it."""

from bisect import bisect_left
from collections import deque
from heapq import heappop, heappush
from itertools import cycle, repeat
from math import inf

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


def drive(rates, chats, gaps, answers=None):
    """Sends whenever it is allowed, looking after each gap; when Telegram counted for each chat.

    `answers`: seconds that each message is under way; the other side counts it within them.
    All of them are waited for: they go in bursts.
    """
    hand, answers = Hand(), answers or repeat(0.0)
    pace = Pace(rates, hand)
    spoken, under_way = {chat: [] for chat in chats}, []
    for number, gap in enumerate(gaps):
        hand.at += gap
        while under_way and under_way[0][0] <= hand.at:
            pace.is_back(heappop(under_way)[1], counted=True)
        for _ in range(pace.free()):
            chat = next((c for c in chats if not pace.chat_wait(c)), None)
            if chat is not None:
                pace.leaves(chat)
                took = next(answers)
                spoken[chat].append(hand.at + took * (number % 3) / 2)
                heappush(under_way, (hand.at + took, chat))
    return spoken


def together(spoken):
    return sorted(moment for each in spoken.values() for moment in each)


gaps = st.lists(st.sampled_from([0.001, 0.01, 0.04, 0.3, 1.0, 7.0]), min_size=50, max_size=400)


@given(gaps, st.lists(st.sampled_from([0.0, 0.05, 0.4, 3.0]), min_size=1))
def test_no_second_of_telegrams_sees_more_than_30_messages(gaps, answers):
    """However late we look and however long each message takes to be counted and answered."""
    assert most_in(together(drive(FREE, range(1, 200), gaps, cycle(answers))), 1.0) <= 30


def test_a_late_look_catches_up():
    """Stutters of two fifths of a second, a fifth of all the time, cost a long queue little."""
    gaps = ([0.02] * 80 + [0.4]) * 10
    times = together(drive(FREE, range(1, 900), gaps, repeat(0.01)))
    assert len(times) >= 27.5 * sum(gaps)
    assert most_in(times, 1.0) <= 30


def crowded(gaps, replicas=1, reply_every=inf):
    """Drops wait without end: how many one replica sends, and the longest wait of a reply."""
    hand, drops, under_way = Hand(), 0, deque()
    pace, longest, due = Pace(FREE, hand), 0.0, hand.at + reply_every
    spent_at = None
    pace.share_among(replicas)
    for gap in gaps:
        hand.at += gap
        while under_way and under_way[0] <= hand.at:
            under_way.popleft()
            pace.is_back(7, counted=True)
        replies = int(hand.at >= due and pace.free() > 0)
        due += replies * reply_every
        if not pace.free():
            spent_at = spent_at or hand.at
        elif spent_at:
            longest, spent_at = max(longest, hand.at - spent_at), None
        for _ in range(replies):
            pace.leaves(7)
        leaving = pace.free_for_all()
        for _ in range(leaving):
            pace.leaves(7)
        drops += leaving
        under_way.extend([hand.at + 0.01] * (replies + leaving))
    return drops, longest


@pytest.mark.parametrize("replicas", [1, 2, 3, 5])
def test_drops_fill_every_second_and_no_reply_waits_for_half_of_one(replicas):
    drops, longest = crowded([0.012] * 5000, replicas)
    assert replicas * drops >= 27.5 * 60
    assert longest <= 0.36


@pytest.mark.parametrize("replicas", [1, 2, 3, 5])
def test_two_replies_a_second_cost_no_more_than_two_drops(replicas):
    drops, longest = crowded([0.012] * 5000, replicas, reply_every=replicas / 2)
    assert replicas * drops >= 27.2 * 60
    assert longest <= 0.36


def test_drops_catch_up_after_a_late_look_too():
    stutters = ([0.02] * 80 + [0.4]) * 10
    drops, _ = crowded(stutters)
    assert drops >= 25 * sum(stutters)


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
        times = together(drive(rates, range(1, 12_000), [0.004] * 2500))
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
        pace.leaves(7)
        pace.is_back(7, counted=False)
    assert pace.free() == FREE.burst
    assert pace.chat_wait(7) == 0


def test_a_replica_that_is_not_counted_yet_says_nothing():
    hand = Hand()
    pace = Pace(FREE, hand)
    pace.share_among(0)
    assert pace.free() == 0
    assert 0 < pace.wait() <= 1
    hand.at += 1
    pace.share_among(2)
    assert pace.free() == FREE.burst // 2


@pytest.mark.parametrize("replicas", [1, 2, 3, 7, 30])
def test_replicas_share_what_telegram_lets_through(replicas):
    times = []
    for number in range(replicas):
        hand = Hand()
        pace = Pace(FREE, hand)
        pace.share_among(replicas)
        for _ in range(500):
            hand.at += 0.02
            for chat in range(pace.free()):
                pace.leaves(chat + 1000 * number)
                pace.is_back(chat + 1000 * number, counted=True)
                times.append(hand.at)
    assert most_in(sorted(times), 1.0) <= 30
    assert len(times) >= FREE.bot * 9
