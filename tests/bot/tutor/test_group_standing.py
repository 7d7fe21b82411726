"""Who may do what in a group, who comes and goes, and where the group itself moves."""

from __future__ import annotations

import pytest
from circle import Circle
from circle_days import at_work, said_in_the_group

from bot.tutor.events import Blocked, InGroup, UserId
from bot.tutor.visits import Slipped, Wired


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


async def test_a_value_for_a_pass_that_has_gone_on_changes_nothing(course):
    async with Circle(course, count=4) as circle:
        await at_work(circle)
        for seat in ("h1", "h2", "h3", "out"):
            await circle.work(await circle.at(seat))
        before = await circle.group()
        [net] = before.nets
        await circle.arrive(circle.chat, None, Wired(net.seats["h1"], f"{net.key}/h1", "99"))
        await circle.settle()
        assert (await circle.group()).nets == before.nets


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


async def test_an_output_that_has_to_mend_is_asked_anew_when_a_wire_into_it_is_mended(course):
    async with Circle(course, count=4) as circle:
        await at_work(circle)
        for seat, what in (("h1", "right"), ("h2", "slip"), ("h3", "right"), ("out", "slip")):
            name = await circle.at(seat)
            await circle.sit_down(name)
            await circle.private(name, await circle.answer(name, what))
        hidden, output = await circle.at("h2"), await circle.at("out")
        before = await circle.desk(output)
        await circle.private(hidden, await circle.answer(hidden))
        after = await circle.desk(output)
        assert after.question != before.question
        await circle.private(output, after.question.expect)
        [net] = (await circle.group()).nets
    assert net.wired["out"] == after.question.expect
    assert net.parted == ("h2", "out")


async def test_who_checks_may_check_again_and_is_let_go_when_the_net_is_through(course):
    async with Circle(course, count=5) as circle:
        await at_work(circle)
        for seat in ("h1", "h2", "h3"):
            await circle.work(await circle.at(seat))
        name = await circle.at("check")
        await circle.sit_down(name)
        for what, kept in (("slip", True), ("right", False), ("slip", True)):
            if await circle.desk(name) is None:
                break
            await circle.private(name, value := await circle.answer(name, what))
            assert (await circle.group()).nets[0].wired["check"] == value
            assert (await circle.desk(name) is not None) is kept
        assert circle.told[-1].startswith(f"{name} | Right. Your check is on the card.")


async def test_a_check_that_slipped_waits_no_longer_than_its_net(course):
    async with Circle(course, count=5) as circle:
        await at_work(circle, day=4)
        for seat in ("h1", "h2", "h3"):
            await circle.work(await circle.at(seat))
        name = await circle.at("check")
        await circle.sit_down(name)
        await circle.private(name, await circle.answer(name, "slip"))
        await circle.work(await circle.at("out"))
        assert await circle.desk(name) is None


async def test_a_group_makes_no_learner_of_who_has_not_come_in_private(course):
    async with Circle(course, count=2) as circle:
        await circle.add_bot()
        await circle.tap_in_group("Luis", "I’m in")
        await circle.in_group("Luis", "command", "help")
        await circle.in_group("Luis", "reply", "3")
        assert await circle.storage.learner(UserId(2)) is None


async def test_a_kicked_bot_is_silent_and_one_that_comes_back_goes_on(course):
    async with Circle(course, count=3) as circle:
        await at_work(circle, day=2)
        await circle.arrive(circle.chat, None, Blocked())
        await circle.settle()
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
