"""Nobody acts for another: others' buttons, forged and stale ones, shared links, who has left."""

from __future__ import annotations

import pytest
from study import HOUR, NET_DAY

from bot.local import Impossible


async def a_net(study):
    """Four people, and one of them with a hidden neuron, seated."""
    people = study.people("Ana", "Luis", "Mira", "Tom")
    group = await study.group("Friday", *people, day=NET_DAY)
    await study.until(HOUR)
    return people, group, await study.sits_at(group, "h1", people[1:])


async def forged(study, person, message, data):
    tap = await person.forge(message, data)
    await study.settle()
    return (await tap.answered()).text


async def test_a_button_of_anothers_seat_opens_nothing(study):
    people, group, sits = await a_net(study)
    other = next(one for one in people if one is not sits)
    announced = next(m for m in sits.chat.said if m.buttons and "one neuron" in m.text)
    with pytest.raises(Impossible):
        await other.tap(announced, 0)
    data = announced.buttons[0][0].data
    own = await study.desks(other)
    mine = other.chat.said[-1]
    assert await forged(study, other, mine, data) == "That seat is done. Thank you."
    assert await study.desks(other) == own
    await study.type(other, "1")
    assert (await study.row(group)).nets[0].wired == {}
    assert await forged(study, sits, announced, data) == ""
    assert (await study.desk(sits)).key.endswith("/h1")


@pytest.mark.parametrize(
    "data", ["g/hour/03:00", "g/off/1", "g/zone/Asia/Tokyo", "g/again", "g/nonsense", "start", "x"]
)
async def test_a_forged_button_in_the_group_sets_nothing(study, data):
    people, group, _ = await a_net(study)
    before = await study.row(group)
    private = [len(person.chat.said) for person in people]
    for message in group.said:
        await forged(study, people[1], message, data)
    assert await study.row(group) == before
    assert [len(person.chat.said) for person in people] == private


async def test_a_seat_forged_in_the_group_is_nobodys(study):
    people, group, sits = await a_net(study)
    key = (await study.desks(sits))[0].key
    code = (await study.row(group)).code
    for person in people:
        said = await forged(study, person, group.said[-1], f"desk/{code}/{key}")
        assert said == "That button is from earlier."
        assert await study.desk(person) is None


async def test_a_button_whose_seat_was_filled_is_stale(study):
    _, group, sits = await a_net(study)
    announced = next(m for m in sits.chat.said if m.buttons and "one neuron" in m.text)
    data = announced.buttons[0][0].data
    await study.wait(days=1, hours=1)
    before = await study.row(group)
    assert "h1" in before.nets[0].filled
    assert await forged(study, sits, announced, data) == "That seat is done. Thank you."
    await study.type(sits, "1")
    assert (await study.row(group)).nets == before.nets


async def test_a_button_for_new_seats_works_once_for_a_net_that_is_through(study):
    people, group, _ = await a_net(study)
    await study.work(group, people)
    await study.wait(minutes=1)
    card = group.said[-1]
    assert await study.tap(people[2], group, "Once more, new seats") == ""
    [begun] = (await study.row(group)).nets
    await forged(study, people[3], card, "g/again")
    assert (await study.row(group)).nets == (begun,)


async def test_a_link_that_was_shared_on_opens_nothing_and_tells_nothing(study):
    _, group, _ = await a_net(study)
    stranger = study.phone.person(9, "Eva")
    link = next(b.url for row in group.said[-1].buttons for b in row if b.url)
    before = await study.row(group)
    await stranger.follow(link)
    await study.settle()
    assert [m.text for m in stranger.chat.said] == [
        "That link is for members of a group that I’m in."
    ]
    assert await study.row(group) == before
    await study.type(stranger, "/start g_nosuch")
    assert stranger.chat.said[-1].text == stranger.chat.said[0].text


@pytest.mark.parametrize("told", [True, False])
async def test_who_is_no_longer_in_the_group_acts_there_no_more(study, told):
    """Also where Telegram has told of it by no message: standing is asked for."""
    _, group, sits = await a_net(study)
    card = group.said[-1]
    link = next(b.url for row in card.buttons for b in row if b.url)
    await study.sit_down(sits, group)
    right = (await study.desk(sits)).question.expect
    if told:
        await group.leave(sits)
        await study.settle()
    else:
        group.chat.members[sits.id] = "left"
    await study.type(sits, right)
    await sits.follow(link)
    await study.settle()
    assert sits.chat.said[-1].text == "That link is for members of a group that I’m in."
    tap = study.phone.exchange.tap(sits.id, card, "g/join")
    await study.settle()
    assert (await tap.answered()).text == ""
    after = await study.row(group)
    assert after.member(sits.id) is None
    assert "h1" not in after.nets[0].wired
    assert sits.id not in after.nets[0].seats.values()
    assert await study.desk(sits) is None
