"""Groups on phones: topics, pins, bets, administrators."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from study import HOUR, NET_DAY

from bot.local import Impossible
from bot.local.api.faults import Trouble
from bot.storage.tables import inbox

BET_DAY = 1


def cards(screen):
    """What came unasked."""
    return [m for m in screen.said if m.poll or m.text.startswith(("Today we are", "Drop "))]


# topics


async def test_what_is_asked_in_a_topic_is_answered_there(study):
    ana, luis = study.people("Ana", "Luis")
    forum = study.phone.group("Forum", ana, luis, forum=True)
    await study.settle()
    one, other = await forum.topic(ana, "Drops"), await forum.topic(ana, "Chat")
    await study.type(ana, "/settings", forum, topic=one)
    await study.type(luis, "/hour 09:00", forum, topic=other)
    await study.type(luis, "/help", forum, topic=other)
    settings, refusal, hello = forum.said[-3:]
    assert [m.topic for m in (settings, refusal, hello)] == [one, other, other]
    assert "Only an admin" in refusal.text
    assert await study.tap(ana, forum, "18:00") == ""
    await study.tap(luis, forum, "To the private chat")
    await study.skip_to(forum, NET_DAY)
    await study.wait(hours=2)
    card = forum.said[-1]
    assert card.topic == one  # where the hour was set
    before = card.text
    await study.type(luis, "1", forum, reply_to=card, topic=one)
    await study.work(forum, [luis])
    await study.wait(seconds=11)
    assert (forum.said[-1], card.text != before) == (card, True)


async def test_the_card_of_a_topic_that_is_gone_comes_to_all(study):
    ana, luis = study.people("Ana", "Luis")
    forum = await study.group("Forum", ana, luis, forum=True)
    topic = await forum.topic(ana, "Drops")
    await study.type(ana, "/hour 18:00", forum, topic=topic)
    forum.delete_topic(topic)
    await study.until(HOUR)
    assert [card.topic for card in cards(forum)] == [None]


# pins


async def test_the_card_is_pinned_where_that_is_allowed_and_as_long_as_it_is(study):
    ana, luis = study.people("Ana", "Luis")
    group = await study.group("Friday", ana, luis)
    await study.until(HOUR)
    assert (len(cards(group)), group.pinned) == (1, [])
    await group.promote_bot("can_pin_messages", by=ana)
    await study.skip_to(group, 2)
    await study.wait(days=1)
    assert group.pinned == [cards(group)[-1]]
    await group.promote_bot("can_invite_users", by=ana)
    await study.skip_to(group, 3)
    await study.wait(days=1)
    assert len(cards(group)) == 3
    assert group.pinned == [cards(group)[1]]
    await group.promote_bot("can_pin_messages", by=ana)
    await study.skip_to(group, 4)
    await study.wait(days=1)
    assert group.pinned == [cards(group)[-1]]  # one, and the latest
    assert all(card.silent for card in cards(group))


@pytest.mark.parametrize("trouble", [Trouble.BROKEN, Trouble.CLOSING, Trouble.OFFLINE])
async def test_a_pin_that_fails_posts_no_second_card(study, trouble):
    ana, luis = study.people("Ana", "Luis")
    group = await study.group("Friday", ana, luis)
    await group.promote_bot(by=ana)
    study.phone.faults.strike(trouble, seconds=1, methods=("pinChatMessage",))
    await study.until(HOUR)
    await study.wait(minutes=10)
    assert len(cards(group)) == 1


# bets


async def test_a_bet_is_a_quiz_whose_results_wait_for_its_end_and_whose_votes_are_nobodys(study):
    ana, luis, mira = study.people("Ana", "Luis", "Mira")
    group = await study.group("Friday", ana, luis, mira, day=BET_DAY)
    await study.until(HOUR)
    [post] = cards(group)
    poll = post.poll
    assert (poll.kind, poll.hidden, poll.anonymous, post.silent) == ("quiz", True, True, True)
    known = await arrivals(study)
    await ana.vote(post, poll.right[0])
    await luis.vote(post, 1 - poll.right[0])
    await group.leave(luis)
    await study.wait(hours=11)
    assert not poll.closed
    await study.wait(hours=2)
    assert poll.closed
    assert sorted(poll.votes) == [1, 2]  # who left has voted
    with pytest.raises(Impossible):
        await mira.vote(post, 0)
    await study.settle()
    assert await arrivals(study) - known == {"left"}  # no vote came to the tutor
    assert cards(group) == [post]


async def test_the_right_option_of_a_bet_is_what_the_neuron_gives(study):
    ana, luis = study.people("Ana", "Luis")
    group = await study.group("Friday", ana, luis, day=BET_DAY)
    for day in (BET_DAY, 6, 12):
        await study.skip_to(group, day)
        await study.wait(days=1)
        poll = group.said[-1].poll
        found = re.findall(r"(?<!₁)−?\d+", poll.question.partition("weights")[2])
        w1, w2, b, x1, x2 = (int(number.replace("−", "-")) for number in found)
        above = w1 * x1 + w2 * x2 + b > 0
        assert poll.options[poll.right[0]] == ("More than 0" if above else "Exactly 0")


async def arrivals(study):
    """What came in from the group itself."""
    chosen = sa.select(inbox.c.event).where(inbox.c.chat < 0, inbox.c.key.like("update:%"))
    rows = await study.storage.run(lambda connection: connection.scalars(chosen).all())
    return {row["what"] for row in rows}


# administrators


async def test_rights_are_asked_for_at_the_moment_of_use(study):
    ana, luis = study.people("Ana", "Luis")
    group = await study.group("Friday", ana, luis)
    await study.type(ana, "/settings", group)
    assert "Only an admin" in await study.tap(luis, group, "20:30")
    await group.promote(luis)
    assert await study.tap(luis, group, "20:30") == ""
    await group.demote(luis)
    assert "Only an admin" in await study.tap(luis, group, "07:30")
    assert (await study.row(group)).rhythm.hour == "20:30"


async def test_an_administrator_may_speak_as_the_group(study):
    ana, luis = study.people("Ana", "Luis")
    group = await study.group("Friday", ana, luis)
    await study.type(ana, "/settings", group, anonymous=True)
    assert group.said[-1].text.startswith("Our hour: 18:00")
    await study.type(ana, "/hour 07:30", group, anonymous=True)
    row = await study.row(group)
    assert row.rhythm.hour == "07:30"
    assert {member.user for member in row.members} == {1, 2}  # nobody joined as the group
    await study.type(ana, "/leave", group, anonymous=True)
    assert not (await study.row(group)).present
