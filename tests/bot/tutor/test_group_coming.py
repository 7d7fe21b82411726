"""Groups on phones: the bot is put out and added again, a member leaves, the group moves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from study import HOUR, NET_DAY, texts

from bot.tutor.events import Arrival, ChatId
from bot.tutor.visits import Wired


async def test_a_bot_put_out_is_silent_and_one_that_is_added_again_goes_on(study):
    ana, luis = study.people("Ana", "Luis")
    group = await study.group("Friday", ana, luis, day=NET_DAY)
    await study.until(HOUR)
    assert await study.desks(ana) or await study.desks(luis)
    await group.remove_bot(ana)
    await study.settle()
    said, private = len(group.said), len(ana.chat.said)
    await study.wait(days=3)
    assert (len(group.said), len(ana.chat.said)) == (said, private)
    assert not await study.desks(ana)
    assert not await study.desks(luis)
    await group.add_bot(luis)
    await study.settle()
    assert texts(group)[said:] == ["Here again. All that you did was kept."]
    await study.wait(days=1)
    row = await study.row(group)
    assert (row.day, len(row.members)) == (NET_DAY + 2, 2)
    assert len(group.said) == said + 2


async def test_a_seat_is_nobodys_once_its_member_has_left_with_a_slip_on_the_wire(study):
    people = study.people("Ana", "Luis", "Mira", "Tom")
    group = await study.group("Friday", *people, day=NET_DAY)
    await study.until(HOUR)
    person = await study.sits_at(group, "h2", people)
    await study.sit_down(person, group)
    slip = next(iter((await study.desk(person)).question.slips.values()))
    await study.type(person, slip)
    assert (await study.row(group)).nets[0].wired["h2"] == slip
    await group.leave(person)
    await study.settle()
    assert await study.desks(person) == ()
    await study.type(person, "999")
    assert (await study.row(group)).nets[0].wired["h2"] == slip


@pytest.mark.parametrize("way", ["old first", "new first", "by a refused letter"])
async def test_a_group_that_moves_in_the_middle_of_a_net_ends_it_with_one_card(study, way):
    people = study.people("Ana", "Luis", "Mira", "Tom")
    group = await study.group("Friday", *people, day=NET_DAY)
    await study.until(HOUR)
    before, old = await study.row(group), len(group.said)
    person = await study.sits_at(group, "h1", people)
    await study.sit_down(person, group)
    if way == "by a refused letter":
        await study.go_deaf()
        chat, value = ChatId(group.id), Wired(person.id, f"{before.nets[0].key}/h1", "1")
        await group.migrate()
        await study.storage.accept([Arrival("wired", chat, None, value, study.now())])
        await study.settle(deaf=True)
        study.phone.move_clock(study.now() + timedelta(seconds=11))
        await study.settle(deaf=True)
        study.listen()
    else:
        await group.migrate(old_first=way == "old first")
    await study.settle()
    after = await study.row(group)
    assert (after.code, after.members, after.day) == (before.code, before.members, before.day)
    await study.work(group, people)
    await study.wait(minutes=1)
    moved = [m for m in group.said if m.chat_id == group.id]
    assert len(group.said) == old + 1
    [card] = moved
    assert "Second pass" in card.text
    assert card.silent
    await study.wait(days=1)
    assert [m.text[:7] for m in group.said if m.chat_id == group.id] == ["Today w", "Drop 10"]
