"""What a group must never read, what nobody may do for another, and what is nobody's any more."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa
from circle import NAMES, Circle

from bot.storage.tables import inbox, letter, membership, study_group
from bot.tutor.events import InGroup, Slipped, UserId, Wired
from bot.tutor.group.passes import exact, losses
from bot.tutor.group.telling import short
from bot.tutor.turn import Say
from lessons.loader import load

SLIP_WORDS = ("bias", "minus", "squash")
WEEK = timedelta(days=7)


@pytest.fixture(scope="module")
def course():
    return load()


async def at_work(circle, day=10, hour="18:00"):
    """The bot is there, everyone is in, and the net of that day has begun."""
    await circle.add_bot()
    await circle.in_group("Ana", "command", f"hour {hour}")
    await circle.everyone_comes()
    await circle.skip_to(day)
    await circle.wait(hours=2)


def said_in_the_group(circle):
    return [said for chat, said, _, _ in circle.heard if chat < 0 and isinstance(said, Say)]


def numbers(text):
    return set(re.findall(r"−?\d+(?:\.\d+)?", re.sub(r"[₁₂₃]|</?\w+>|\)²", "", text)))


def may_be_read(net):
    """Inputs, target, what is on the wires, what is exact, and how the loss went."""
    values = {net.values[name] for name in ("x1", "x2", "t1")} | {exact(net, "out")}
    values |= {v for place, v in net.wired.items() if not place.startswith("new")}
    values |= {short(loss).removeprefix("≈ ") for loss in losses(net.values)}
    return {value.replace("-", "−") for value in values}


async def test_a_group_reads_no_private_number_no_named_slip_and_nobody_named(course):
    async with Circle(course, count=10) as circle:
        await at_work(circle)
        allowed = set()
        for _ in range(16):
            for name in circle.people:
                slips = await circle.desk(name) is None
                await one_step(circle, name, "slip" if slips else "right")
                for net in (await circle.group()).nets:
                    allowed |= may_be_read(net)
            await circle.wait(seconds=11)
        cards = [say.text for say in said_in_the_group(circle) if "network" in say.text]
        assert any("Second pass" in card for card in cards)
        assert any("roads part" in card for card in cards)
        own = {str(place) for place in range(1, 5)} | {"3"}  # net numbers, places filled
        for card in cards:
            assert numbers(card) <= allowed | own, card
            assert not any(word in card for word in SLIP_WORDS)
        for say in said_in_the_group(circle):
            assert not any(re.search(rf"\b{name}\b", say.text) for name in NAMES), say.text


async def one_step(circle, name, what):
    """One answer of theirs, if one is wanted."""
    if await circle.desk(name) is None:
        try:
            await circle.sit_down(name)
        except LookupError:
            return
    if await circle.desk(name):
        await circle.private(name, await circle.answer(name, what))


async def test_the_card_is_edited_every_ten_seconds_at_most_and_posted_once_a_day(course):
    async with Circle(course, count=10) as circle:
        await at_work(circle)
        for _ in range(4):
            for name in circle.people:
                await one_step(circle, name, "right")
        await circle.wait(days=3)
    edits = [at for chat, _, at, kind in circle.heard if chat < 0 and kind == "edit"]
    assert len(edits) >= 2
    assert all(b - a >= timedelta(seconds=10) for a, b in pairwise(edits))
    unasked = [
        (at, say) for chat, say, at, kind in circle.heard
        if chat < 0 and kind == "post" and at.strftime("%H:%M") == "18:00"
    ]  # fmt: skip
    assert len({at.date() for at, _ in unasked}) == len(unasked) == 4
    assert all(say.silent for _, say in unasked)


async def test_five_on_four_drops_hear_one_sound_a_day_at_most(course):
    """One is ahead, two behind, one late, one leaves; each has an hour of their own as well."""
    async with Circle(course, count=5) as circle:
        await circle.add_bot()
        await circle.in_group("Ana", "command", "hour 18:00")
        for name, drops in (("Ana", 2), ("Luis", 1), ("Mira", 1), ("Tom", 0)):
            await circle.tap_in_group(name, "I’m in")
            await circle.private(name, "/start g_friday")
            await with_an_hour(circle, name, drops)
        circle.heard.clear()
        await circle.skip_to(3)
        await circle.wait(days=2)
        await circle.private("Zoe", "/start g_friday")
        circle.standings[UserId(2)] = "left"
        await circle.in_group("Luis", "left")
        asked = circle.now
        await circle.wait(days=5)
    sounds = [
        (chat, at.date()) for chat, say, at, _ in circle.heard
        if isinstance(say, Say) and not say.silent and at != asked
    ]  # fmt: skip
    assert {chat for chat, _ in sounds} == {1, 2, 3, 4}
    assert len(sounds) == len(set(sounds))


async def with_an_hour(circle, name, drops):
    """So many lessons done, and drops that come at 19:00."""
    from dataclasses import replace

    from bot.storage import packing
    from bot.storage.tables import learner as learners
    from bot.tutor.learner import Resting, Rhythm
    from bot.tutor.pacing import next_time

    user = circle.people[name].user
    learner = await circle.storage.learner(user)
    done = tuple(one.key for one in circle.course.paths[learner.path].lessons[:drops])
    rhythm = Rhythm("UTC", "19:00")
    learner = replace(
        learner, finished=done, rhythm=rhythm, stage=Resting(done[-1] if done else "x"),
        next_drop=next_time(rhythm, circle.now),
    )  # fmt: skip
    row = sa.update(learners).where(learners.c.user_id == user)
    await circle.storage.run(lambda c: c.execute(row.values(**packing.pack_learner(learner))))


async def test_who_forgets_leaves_nothing_in_the_group(course):
    async with Circle(course, count=5) as circle:
        await at_work(circle)
        name = await circle.at("h2")
        user = circle.people[name].user
        await one_step(circle, name, "slip")
        assert (await circle.group()).nets[0].wired["h2"]
        await circle.private(name, "/forget")
        await circle.private(name, "[Erase everything]")
        group = await circle.group()
        assert group.member(user) is None
        assert user not in group.nets[0].seats.values()
        assert group.nets[0].wired["h2"] == exact_hidden(group.nets[0], 2)
        rows = await circle.storage.run(lambda c: everything(c, circle.chat))
        theirs = sa.select(membership.c.user_id)
        members = await circle.storage.run(lambda c: set(c.scalars(theirs)))
    assert f'"user": {user}' not in rows
    assert user not in members


def exact_hidden(net, unit):
    from bot.tutor.group.passes import question

    return question(net, f"h{unit}").expect


def everything(connection, chat):
    """All rows of a group, as one text."""
    found = [
        *connection.execute(sa.select(study_group.c.state)).scalars(),
        *connection.execute(sa.select(inbox.c.event, inbox.c.person).where(inbox.c.chat == chat)),
        *connection.execute(sa.select(letter.c.utterance).where(letter.c.chat == chat)).scalars(),
    ]
    return json.dumps([str(one) if isinstance(one, sa.Row) else one for one in found]).replace(
        "'user'", '"user"'
    )


async def test_nobody_works_at_anothers_seat(course):
    async with Circle(course, count=5) as circle:
        await at_work(circle)
        before = await circle.group()
        key = f"{before.nets[0].key}/h1"
        sits = before.nets[0].seats["h1"]
        other = next(m.user for m in before.members if m.user != sits)
        await circle.arrive(circle.chat, None, Wired(other, key, "1"))
        await circle.arrive(circle.chat, None, Wired(sits, "9.9/h1", "1"))
        await circle.settle()
        assert (await circle.group()).nets == before.nets
        circle.standings[sits] = "left"
        await circle.arrive(circle.chat, None, Wired(sits, key, "1"))
        await circle.settle()
        after = await circle.group()
    assert "h1" not in after.nets[0].wired
    assert after.member(sits) is None


@pytest.mark.parametrize(
    "data", ["g/hour/03:00", "g/off/1", "g/zone/Asia/Tokyo", "g/nonsense", "x"]
)
async def test_a_forged_tap_sets_nothing(course, data):
    async with Circle(course, count=3) as circle:
        await at_work(circle, day=0)
        before = await circle.group()
        await circle.in_group("Luis", "tapped", data, message=1)
        assert await circle.group() == before


async def test_a_link_that_was_shared_on_opens_nothing(course):
    async with Circle(course, count=4) as circle:
        await circle.add_bot()
        circle.standings[UserId(4)] = "left"
        await circle.private("Tom", "/start g_friday")
        assert circle.told[-1].startswith("Tom | That link is for members")
        await circle.private("Luis", "/start g_friday")
        await circle.private("Mira", "/start g_nosuch")
        assert circle.told[-1].startswith("Mira | That link is for members")
        assert {m.user for m in (await circle.group()).members} == {2}


async def test_an_anonymous_admin_sets_the_hour_and_who_cannot_be_seen_does_not(course):
    async with Circle(course, count=2) as circle:
        await circle.add_bot()
        await circle.arrive(circle.chat, None, InGroup("command", "hour 07:30", anonymous=True))
        await circle.settle()
        assert (await circle.group()).rhythm.hour == "07:30"
        circle.standings[UserId(2)] = ""
        await circle.in_group("Luis", "command", "hour 09:30")
        assert (await circle.group()).rhythm.hour == "07:30"


async def test_slips_are_counted_from_five_people_on_and_of_the_days_lesson_only(course):
    lesson = course.paths[next(iter(course.paths))].lessons[0].key
    for count, told in ((4, False), (5, True)):
        async with Circle(course, count=count) as circle:
            await at_work(circle, day=0)
            for person in circle.people.values():
                for of in (lesson, "another"):
                    await circle.arrive(circle.chat, None, Slipped(person.user, of, "forgot-bias"))
            await circle.settle()
            await circle.wait(seconds=30)
            texts = [say.text for say in said_in_the_group(circle)]
        assert any(f"the bias ×{count}" in text for text in texts) is told


async def test_two_groups_at_once_ask_the_same_person_apart(course):
    async with Circle(course, count=2) as circle:
        await at_work(circle)
        first = await circle.storage.learner(UserId(1))
        keys = {(desk.group, desk.key) for desk in first.desks}
        assert all(group == "friday" for group, _ in keys)


async def test_migration_moves_everything_in_either_order(course):
    for early in (False, True):
        async with Circle(course, count=3) as circle:
            await at_work(circle)
            code = (await circle.group()).code
            if early:  # the new chat is heard of before its migration is
                await circle.arrive(-1002, circle.people["Ana"], InGroup("added", title="Friday"))
                await circle.settle()
            await circle.migrate()
            await circle.storage.chat_moved(circle.chat, circle.chat)
            await circle.settle()
            group = await circle.group()
            assert (group.code, len(group.members)) == (code, 3)
            await circle.work_it_out()
            await circle.wait(days=2)
            assert "Second pass" in "".join(say.text for say in said_in_the_group(circle))


async def test_a_kicked_bot_is_silent_and_one_that_comes_back_goes_on(course):
    async with Circle(course, count=3) as circle:
        await at_work(circle, day=2)
        await circle.blocked()
        circle.heard.clear()
        await circle.wait(days=4)
        assert not said_in_the_group(circle)
        before = await circle.group()
        await circle.in_group("Ana", "added", title="Friday")
        await circle.wait(days=1)
        after = await circle.group()
    assert after.day == before.day + 1
    assert after.members == before.members
    assert "Here again" in said_in_the_group(circle)[0].text
