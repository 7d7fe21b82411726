"""What became of a letter is kept, told once, and acted upon: again, later, or never."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from posting import claim, fates, texts, write
from rows import NOON, keep, learner, rows_of

from bot.storage import Storage, tables
from bot.storage.inbox import DEATHS
from bot.tutor.events import Blocked, ChatId
from bot.tutor.turn import Lane, Say

MINUTE = timedelta(minutes=1)
REPLY, EXERCISE, DROP, REMINDER = Lane


# pauses and goodbyes


async def test_a_paused_chat_waits_and_the_others_do_not(storage):
    await write(storage, 7, Say("a"))
    await write(storage, 8, Say("b"))
    (first, _) = await claim(storage)
    await storage.pause_chat(first.chat, NOON + MINUTE, first.id)
    assert await claim(storage) == []
    later = await storage.claim_letters(NOON + 2 * MINUTE, 10)
    assert texts(later) == ["a"]
    assert not later[0].repeated  # a refused letter was surely not sent


async def test_a_chat_that_is_gone_gets_nothing_and_the_tutor_is_told(storage):
    await write(storage, 7, Say("a"), Say("b"))
    await claim(storage)
    await storage.chat_gone(ChatId(7), NOON)
    assert await claim(storage) == []
    assert await fates(storage) == ["failed", "failed"]
    ((arrival, _),) = await storage.claim_arrivals(5, NOON)
    assert (arrival.chat, arrival.event) == (7, Blocked())


async def test_a_group_that_moved_takes_its_letters_along(storage):
    await write(storage, -7, Say("a", slot="card"), Say("b"))
    (first,) = await claim(storage)
    await storage.letter_sent(first.id, NOON, 55)
    assert await storage.slot_message(ChatId(-7), "card") == 55
    for _ in range(2):
        await storage.chat_moved(ChatId(-7), ChatId(-1007))
    (second,) = await claim(storage)
    assert (second.chat, second.utterance) == (-1007, Say("b"))
    assert await storage.slot_message(ChatId(-1007), "card") is None


# fates


async def test_a_slot_remembers_its_latest_message(storage):
    await write(storage, 7, Say("●○", slot="progress"), Say("●●", slot="progress"))
    for message in (31, 32):
        (letter,) = await claim(storage)
        await storage.letter_sent(letter.id, NOON, message)
        assert await storage.slot_message(ChatId(7), "progress") == message
    assert await storage.slot_message(ChatId(8), "progress") is None


async def test_what_was_surely_not_sent_waits_again_as_if_nothing_had_been(storage):
    await write(storage, 7, Say("a", needed=False))
    for _ in range(3):
        (letter,) = await claim(storage)
        assert not letter.repeated
        await storage.letter_not_sent(letter.id)


@pytest.mark.parametrize(("needed", "sendings"), [(True, 2), (False, 1)])
async def test_an_unknown_letter_is_sent_again_once_if_it_is_needed(storage, needed, sendings):
    await write(storage, 7, Say("a", needed=needed), Say("b"))
    seen = []
    while (letters := await claim(storage)) and letters[0].utterance.text == "a":
        seen.append(letters[0].repeated)
        await storage.letter_unknown(letters[0].id)
    assert seen == [False, True][:sendings]
    assert await fates(storage) == ["unknown", None]


async def test_what_a_killed_process_was_sending_is_unknown_at_the_next_start(sqlite_url):
    killed = Storage(sqlite_url)
    await write(killed, 7, Say("needed"), Say("next"))
    await write(killed, 8, Say("decoration", needed=False), Say("then"))
    await claim(killed)
    after = Storage(sqlite_url)
    await after.revive(NOON)
    again = await claim(after)
    assert [(letter.utterance.text, letter.repeated) for letter in again] == [
        ("needed", True),
        ("then", False),
    ]
    await after.revive(NOON)
    assert await claim(after) == []  # its own letters are on the wire, not lost
    killed.close()
    after.close()


@pytest.mark.parametrize(
    "died",
    [(*[9] * DEATHS, 11), range(30, 31 + DEATHS)],
    ids=["young", "old"],
)
async def test_a_letter_outlives_many_kills_but_not_for_ever(sqlite_url, died):
    first = Storage(sqlite_url)
    await write(first, 7, Say("needed"))
    lives = [first]
    for minutes in died:
        assert texts(await claim(lives[-1])) == ["needed"]
        lives.append(Storage(sqlite_url))
        await lives[-1].revive(NOON + timedelta(minutes=minutes))
    assert await claim(lives[-1]) == []
    assert await fates(lives[-1]) == ["unknown"]
    for storage in lives:
        storage.close()


async def test_a_letter_that_can_never_be_sent_is_let_go_with_its_reason(storage):
    await write(storage, 7, Say("<b>a"), Say("b"))
    (letter,) = await claim(storage)
    await storage.letter_failed(letter.id, "can't parse entities")
    assert texts(await claim(storage)) == ["b"]
    assert await asyncio.to_thread(rows_of, storage, tables.letter, "fate", "reason") == [
        ("failed", "can't parse entities"),
        (None, None),
    ]


async def test_a_fate_is_told_once(storage):
    """A late report changes nothing about what is over, nor about a letter forgotten meanwhile."""
    await write(storage, 7, Say("a"))
    (letter,) = await claim(storage)
    await storage.letter_sent(letter.id, NOON)
    await storage.letter_unknown(letter.id)
    await storage.letter_not_sent(letter.id)
    assert await fates(storage) == ["sent"]
    await asyncio.to_thread(keep, storage, learner(7))
    await write(storage, 7, Say("b"))
    (forgotten,) = await claim(storage)
    await storage.forget(7)
    await write(storage, 7, Say("c"))
    await storage.letter_sent(forgotten.id, NOON, 5)
    assert texts(await claim(storage)) == ["c"]


async def test_what_is_over_is_let_go_after_its_time(storage):
    await write(storage, 7, Say("a"), Say("b"))
    (letter,) = await claim(storage)
    await storage.letter_sent(letter.id, NOON)
    await storage.tidy(NOON + timedelta(days=1))
    assert len(await fates(storage)) == 2
    await storage.tidy(NOON + timedelta(days=3))
    assert await fates(storage) == [None]


async def test_letters_are_counted_by_lane(storage):
    await write(storage, 7, Say("a"))
    await write(storage, 8, Say("b", lane=DROP))
    await write(storage, 9, Say("c", lane=DROP))
    assert await storage.letters_waiting() == {REPLY: 1, EXERCISE: 0, DROP: 2, REMINDER: 0}


async def test_a_picture_is_uploaded_once(storage):
    assert await storage.file_id(1, "figure") is None
    await storage.keep_file_id(1, "figure", "AAA")
    await storage.keep_file_id(1, "figure", "BBB")
    assert await storage.file_id(1, "figure") == "BBB"
    assert await storage.file_id(2, "figure") is None
    await storage.drop_file_id(1, "figure")
    assert await storage.file_id(1, "figure") is None
