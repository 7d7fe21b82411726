"""What a group must never read, what nobody may do for another, and what is nobody's any more."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import sqlalchemy as sa
from circle import NAMES, Circle
from circle_days import at_work, said_in_the_group
from scanner import Scanner, titles

from bot.storage.tables import inbox, letter, membership, study_group
from bot.tutor.events import UserId
from bot.tutor.group.state import Group, Member
from bot.tutor.turn import Button, Say

GROUP = Group("code", 1)
WEEK = timedelta(days=7)


async def test_a_group_reads_no_private_number_no_named_slip_and_nobody_named(course):
    """Every harness scans all that it hears; here it is a crowd that slips and mends."""
    async with Circle(course, count=10) as circle:
        await at_work(circle)
        for _ in range(16):
            for name in circle.people:
                slips = await circle.desk(name) is None
                await one_step(circle, name, "slip" if slips else "right")
            await circle.wait(seconds=11)
        cards = [say.text for say in said_in_the_group(circle) if "network" in say.text]
        assert any("Second pass" in card for card in cards)
        assert any("roads part" in card for card in cards)
        assert circle.scanner.read == len(said_in_the_group(circle)) > 8


async def test_what_a_group_must_not_read_is_found_wherever_it_is_planted(course):
    async with Circle(course, count=5) as circle:
        await at_work(circle)
        name = await circle.at("h2")
        await one_step(circle, name, "slip")
        await circle.wait(seconds=11)
        net, card = (await circle.group()).nets[0], said_in_the_group(circle)[-1]
        scanner = circle.scanner
    wire = f"h₂ = {net.wired['h2']}".replace("-", "−")
    assert wire in card.text
    right = exact_hidden(net, 2).replace("-", "−")
    planted = {
        "what the neuron exactly gives": card.text.replace(wire, f"h₂ = {right}"),
        "a weight": card.text.replace("Today", f"w₁ = {net.values['w1_2_1']}. Today"),
        "a number of its own line": f"{card.text}\n{net.values['b1_2']}",
        "a loss that is none": f"{card.text}\nL = ½(ŷ − t)² = 97",
        "a named slip": f"{card.text}\nLook again at the bias.",
        "an idler": f"{card.text}\nWe wait for {name}.",
        "a name in a known sentence": f"{card.text}\nThe roads had parted at {name}. Mended.",
        "what is said in private": f"{card.text}\nThat is not what your neuron gives. Try once more.",
    }
    for what, text in planted.items():
        before = len(scanner.faults)
        scanner.hear(replace(card, text=text))
        assert len(scanner.faults) > before, what
    for button in (Button("Ana’s seat", "desk/friday/0.0/h2"), Button("In", url="https://x.org/")):
        before = len(scanner.faults)
        scanner.hear(replace(card, buttons=((button,),)))
        assert len(scanner.faults) > before
    few, many = Scanner(titles(course), NAMES), Scanner(titles(course), NAMES)
    for crowd, scanner in ((4, few), (5, many)):
        scanner.know(replace(GROUP, members=tuple(Member(UserId(n)) for n in range(crowd))))
        scanner.hear(Say("Slips we met: the bias ×3"))
        scanner.hear(Say("3 of 4 are through."))
    assert (len(few.faults), len(many.faults)) == (2, 0)


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


async def test_an_edit_that_left_late_keeps_the_next_one_away_from_it(course):
    async with Circle(course, count=5) as circle:
        await at_work(circle)
        await circle.wait(minutes=1)
        await one_step(circle, await circle.at("h1"), "right")
        circle.now += timedelta(seconds=1)
        await one_step(circle, await circle.at("h2"), "right")
        circle.now += timedelta(seconds=16)  # the postman had much to do: seven too late
        await circle.settle()
        circle.now += timedelta(seconds=1)
        await one_step(circle, await circle.at("h3"), "right")
        await circle.wait(minutes=1)
    edits = [at for chat, _, at, kind in circle.heard if chat < 0 and kind == "edit"]
    assert len(edits) >= 3
    assert all(b - a >= timedelta(seconds=10) for a, b in pairwise(edits))


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

    from bot.storage import packing
    from bot.storage.tables import learner as learners
    from bot.tutor.learner import Resting, Rhythm
    from bot.tutor.rhythm.pacing import next_time

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
