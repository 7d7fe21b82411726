"""A group that becomes a supergroup: its card goes along once, and is that day's one post."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from circle import Circle
from circle_days import at_work

from bot.tutor.events import InGroup
from bot.tutor.turn import Say


def posts(circle, chat=None):
    """What the clock brought into the group, and a card that moved."""
    return [
        (at, say.text) for where, say, at, kind in circle.heard
        if kind == "post" and isinstance(say, Say) and where == (chat or circle.chat)
        and say.text.startswith(("<b>Today", "<b>Drop", "Drop"))
    ]  # fmt: skip


async def test_a_card_of_a_lesson_stays_where_it_was_posted(course):
    async with Circle(course, count=5) as circle:
        await at_work(circle, day=2)
        await finish_the_lesson(circle, "Ana", "Luis")
        await circle.migrate()  # while an edit waits
        await circle.settle()
        await finish_the_lesson(circle, "Mira", "Tom")
        await circle.wait(hours=3)
        assert posts(circle) == []
        await circle.wait(days=1)
        assert len(posts(circle)) == 1


async def finish_the_lesson(circle, *names):
    from bot.tutor.visits import Finished

    lesson = (await circle.group()).card.lesson
    for name in names:
        user = circle.people[name].user
        await circle.arrive(circle.chat, None, Finished(user, lesson))
        await circle.settle()


async def test_the_card_of_a_net_that_moved_is_the_one_post_of_its_day(course):
    """They move in the morning after: the net's card comes along, the lesson's waits a day."""
    async with Circle(course, count=5) as circle:
        await at_work(circle)
        await circle.wait(hours=14)
        assert circle.now.hour == 9
        await circle.migrate()
        await circle.wait(days=4)
    dates = Counter(at.date() for at, _ in posts(circle))
    assert max(dates.values()) == 1
    assert len(dates) == 4
    first, second = posts(circle)[:2]
    assert "network" in first[1]
    assert (second[0] - first[0]) > timedelta(days=1)
    assert "Drop 10" in second[1]


async def test_a_muted_group_that_moves_hears_nothing(course):
    async with Circle(course, count=5) as circle:
        await at_work(circle)
        await circle.in_group("Luis", "command", "mute")
        await circle.migrate()
        await circle.work_it_out()
        await circle.wait(days=1)
        assert posts(circle) == []
        assert all("newout" in net.wired for net in (await circle.group()).nets)


async def test_what_is_not_yet_sent_when_a_group_moves_is_sent_where_it_is_now(course):
    async with Circle(course, count=5) as circle:
        await at_work(circle, day=9)
        circle.now += timedelta(days=1)
        await circle.storage.run(knock, circle.now)
        await circle.turns.settled()  # written, and not yet sent
        await circle.migrate()
        await circle.wait(minutes=1)
        assert [text[:12] for _, text in posts(circle)] == ["<b>Today we "]


def knock(connection, now):
    from bot.storage import groups

    groups.claim(connection, now)


@pytest.mark.parametrize("count", [3, 5])
@pytest.mark.parametrize("early", [False, True])
async def test_in_either_order_nothing_is_lost_and_nothing_is_doubled(course, early, count):
    async with Circle(course, count=count) as circle:
        await at_work(circle)
        before = await circle.group()
        if early:  # the new chat is heard of before its move is
            await circle.arrive(-1002, circle.people["Ana"], InGroup("added", title="Friday"))
            await circle.settle()
        await circle.migrate()
        await circle.storage.chat_moved(circle.chat, circle.chat)
        await circle.settle()
        after = await circle.group()
        assert (after.code, after.members, after.nets) == (before.code, before.members, before.nets)
        await circle.work_it_out()
        await circle.wait(hours=2)
        assert len(posts(circle)) == 1
        assert "Second pass" in next(
            say.text for _, say, _, kind in reversed(circle.heard) if kind == "edit"
        )
