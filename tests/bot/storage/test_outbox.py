"""Letters leave in the order of their chat, urgent lanes first, and each one's fate is kept."""

from __future__ import annotations

import asyncio
import itertools

from hypothesis import given, settings
from hypothesis import strategies as st
from posting import claim, texts, write
from rows import NOON

from bot.storage import Storage
from bot.tutor.turn import Lane, React, Say, Toast

REPLY, EXERCISE, DROP, REMINDER = Lane


# order


async def test_a_chats_next_letter_waits_for_the_earlier_one(storage):
    await write(storage, 7, Say("a"), Say("b"))
    (first,) = await claim(storage)
    assert first.utterance == Say("a")
    assert await claim(storage) == []
    await storage.letter_sent(first.id, NOON)
    assert texts(await claim(storage)) == ["b"]


async def test_urgent_lanes_go_first(storage):
    for chat, lane in enumerate((REMINDER, DROP, EXERCISE, REPLY), start=1):
        await write(storage, chat, Say(lane.name, lane=lane))
    assert texts(await claim(storage, limit=3)) == ["REPLY", "EXERCISE", "DROP"]
    assert texts(await claim(storage)) == ["REMINDER"]


async def test_a_lane_can_be_held_back(storage):
    await write(storage, 7, Say("drop", lane=DROP))
    await write(storage, 8, Say("exercise", lane=EXERCISE))
    assert texts(await claim(storage, up_to=EXERCISE)) == ["exercise"]
    assert texts(await claim(storage)) == ["drop"]


async def test_a_reply_lifts_what_its_own_chat_still_waits_for(storage):
    for chat in range(1, 6):
        await write(storage, chat, Say(f"drop {chat}", lane=DROP))
    await write(storage, 5, Say("reply"))
    (lifted,) = await claim(storage, limit=1)
    assert (lifted.utterance.text, lifted.lane) == ("drop 5", REPLY)
    await storage.letter_sent(lifted.id, NOON)
    assert texts(await claim(storage, limit=1)) == ["reply"]


async def test_a_toast_waits_for_nobody_and_nobody_for_it(storage):
    await write(storage, 7, Say("a"))
    await write(storage, 7, Toast("now"), React(3, "👍"), tap="query")
    letters = await claim(storage)
    assert [letter.utterance for letter in letters] == [Say("a"), Toast("now")]
    assert [letter.tap for letter in letters] == ["", "query"]
    await storage.letter_sent(letters[0].id, NOON)
    assert [letter.utterance for letter in await claim(storage)] == [React(3, "👍")]


@given(
    turns=st.lists(
        st.tuples(st.integers(1, 3), st.lists(st.sampled_from(Lane), min_size=1, max_size=3)),
        max_size=12,
    ),
    limit=st.integers(1, 5),
)
@settings(deadline=None, max_examples=30)
def test_however_lanes_are_mixed_a_chat_reads_its_letters_in_order(
    migrated_sqlite, tmp_path_factory, turns, limit
):
    import shutil

    copy = shutil.copy(migrated_sqlite, tmp_path_factory.mktemp("db") / "dropwise.db")
    storage = Storage(f"sqlite:///{copy}")

    async def all_sent():
        number = itertools.count()
        for chat, lanes in turns:
            await write(storage, chat, *(Say(str(next(number)), lane=lane) for lane in lanes))
        sent = []
        while letters := await claim(storage, limit=limit):
            assert len({letter.chat for letter in letters}) == len(letters)
            for letter in letters:
                sent.append((letter.chat, int(letter.utterance.text)))
                await storage.letter_sent(letter.id, NOON)
        return sent

    sent = asyncio.run(all_sent())
    storage.close()
    assert len(sent) == sum(len(lanes) for _, lanes in turns)
    for chat in (1, 2, 3):
        numbers = [number for one, number in sent if one == chat]
        assert numbers == sorted(numbers)


async def test_three_workers_never_take_a_letter_twice(postgres_url):
    storages = [Storage(postgres_url) for _ in range(3)]
    for chat in range(60):
        await write(storages[0], chat, Say(f"{chat} a"), Say(f"{chat} b"))

    async def work(storage):
        taken = []
        for _ in range(40):
            letters = await claim(storage, limit=4)
            taken += texts(letters)
            await asyncio.gather(*(storage.letter_sent(letter.id, NOON) for letter in letters))
        return taken

    shares = await asyncio.gather(*(work(storage) for storage in storages))
    assert sorted(itertools.chain(*shares)) == sorted(
        f"{chat} {x}" for chat in range(60) for x in "ab"
    )
    for storage in storages:
        storage.close()
