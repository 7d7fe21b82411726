"""Each replica speaks to its own chats; what it leaves lying is anybody's."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from posting import texts, write
from rows import NOON

from bot.storage import claiming
from bot.storage.census import EVERY, Part, part_of
from bot.tutor.turn import Say

CHATS = (7, 8, 9, -1001, -1002)


async def handed_out(storage, part, later=timedelta()):
    wish = claiming.Wish(100, part=part)
    letters = await storage.run(claiming.exchange, NOON + later, wish, storage.worker, ())
    return sorted(texts(letters))


@given(st.sets(st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=9))
def test_all_replicas_cut_the_same_way(alive):
    parts = {part_of(own, alive) for own in alive}
    assert {part.rest for part in parts} == set(range(len(alive)))
    assert {part.among for part in parts} == {len(alive)}


def test_who_is_not_seen_among_the_living_speaks_to_every_chat():
    assert part_of(5, []) == EVERY


async def test_of_two_replicas_each_gets_its_chats(storage):
    for chat in CHATS:
        await write(storage, chat, Say(str(chat)))
    assert await handed_out(storage, Part(0, 2)) == ["-1002", "8"]
    assert await handed_out(storage, Part(1, 2)) == ["-1001", "7", "9"]


async def test_what_its_replica_left_lying_is_anybodys(storage):
    for chat in CHATS:
        await write(storage, chat, Say(str(chat)))
    assert await handed_out(storage, Part(0, 3), later=claiming.LEFT) == ["-1002", "9"]
    assert len(await handed_out(storage, Part(0, 3), later=2 * claiming.LEFT)) == 3
