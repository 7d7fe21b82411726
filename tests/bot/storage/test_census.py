"""Whoever comes and goes, and whenever: the shares of all are never more than the whole."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import example, given
from hypothesis import strategies as st

from bot.storage.census import LOOK, SECOND, SURE, Census

TICK = 0.05  # seconds; all below counts in ticks
A_SECOND, LATEST = round(SECOND / TICK), round((SURE - SECOND) / TICK)  # between two counts
LIFE = st.tuples(st.integers(0, 200), st.integers(1, 200), st.integers(1, LATEST))


def living(lives, tick):
    return [n for n, (came, length, _) in enumerate(lives) if came <= tick < came + length]


def told(lives):
    """By tick and replica: what its census says, as it looks again and again."""
    found, censuses = defaultdict(dict), {}
    for tick in range(400 + A_SECOND):
        alive = living(lives, tick)
        for n in alive:
            came, _, between = lives[n]
            census = censuses.setdefault(n, Census(came * TICK))
            looks = (tick - came) % between == 0
            now = census.counted(len(alive), tick * TICK) if looks else found[tick - 1][n]
            found[tick][n] = now
    return found


@given(st.lists(LIFE, min_size=1, max_size=6))
@example([(0, 200, 10), (100, 100, 10)])  # a newcomer
@example([(0, 100, 10), (20, 200, 10)])  # one that leaves
@example([(0, 100, 10), (100, 100, 10)])  # one that leaves just as another comes
def test_in_no_second_do_the_shares_add_up_to_more_than_the_whole(lives):
    found, whole = told(lives), 1 + 1e-9
    for tick in range(400):
        most = defaultdict(float)
        for later in range(tick, tick + A_SECOND):
            for n, replicas in found[later].items():
                most[n] = max(most[n], 1 / replicas if replicas else 0)
        assert sum(most.values()) <= whole


def test_one_that_is_alone_lets_the_last_second_of_one_before_it_go_by():
    census = Census(0.0)
    assert census.counted(1, SECOND - 0.01) == 0
    assert census.counted(1, SECOND) == 1


def test_a_newcomer_begins_when_it_is_sure_to_be_known():
    census = Census(0.0)
    assert census.counted(2, 0.0) == 0
    assert census.counted(2, SURE - 0.01) == 0
    assert census.counted(2, SURE) == 2


def test_the_others_take_the_share_of_one_that_left():
    census = Census(0.0)
    for look in range(10):
        census.counted(2, look * LOOK)
    assert census.counted(1, 5.0) == 2
    assert census.counted(1, 4.5 + SURE + LOOK) == 1
