"""One person in two groups that are nets on the same evening: nothing goes astray."""

from __future__ import annotations

from datetime import timedelta

from study import HOUR, NET_DAY


async def both(study):
    """Two groups of the same four, each with a net since 18:00."""
    people = study.people("Ana", "Luis", "Mira", "Tom")
    groups = [await study.group(title, *people, day=NET_DAY) for title in ("Friday", "Monday")]
    await study.until(HOUR)
    return people, *groups


async def wired(study, group):
    return dict((await study.row(group)).nets[0].wired)


async def hidden_in_both(study, people, friday, monday):
    """Someone who has a hidden neuron here and there, and the two places."""
    rows = [await study.row(group) for group in (friday, monday)]
    for person in people:
        seats = [place for row in rows for place, who in row.nets[0].seats.items()
                 if who == person.id and place.startswith("h")]  # fmt: skip
        if len(seats) == 2:
            return person, *seats
    raise LookupError("nobody has two hidden neurons")


async def test_each_seat_is_announced_by_its_groups_name_and_without_a_sound(study):
    people, friday, monday = await both(study)
    person, *_ = await hidden_in_both(study, people, friday, monday)
    told = [m for m in person.chat.said if "one neuron is yours" in m.text]
    assert [m.text.partition(":")[0] for m in told] == ["Friday", "Monday"]
    assert all(m.silent for m in told)


async def test_an_answer_goes_to_the_group_whose_seat_is_open(study):
    people, friday, monday = await both(study)
    person, here, there = await hidden_in_both(study, people, friday, monday)
    await study.sit_down(person, friday)
    await study.sit_down(person, monday)
    await study.type(person, right := (await study.desk(person)).question.expect)
    assert (await wired(study, monday), await wired(study, friday)) == ({there: right}, {})
    assert await study.tap(person, person.chat, "To my seat in Friday") == ""
    await study.type(person, right := (await study.desk(person)).question.expect)
    assert await wired(study, friday) == {here: right}


async def test_a_button_of_one_group_is_no_button_of_the_other(study):
    people, friday, monday = await both(study)
    person, *_ = await hidden_in_both(study, people, friday, monday)
    await study.sit_down(person, friday)
    await friday.remove_bot(person)
    await study.settle()
    await study.type(person, "1")
    assert await wired(study, monday) == {}
    assert [desk.title for desk in await study.desks(person)] == ["Monday"]


async def test_a_reply_in_a_group_is_that_groups_however_open_the_others_seat_is(study):
    people, friday, monday = await both(study)
    person, _, there = await hidden_in_both(study, people, friday, monday)
    await study.sit_down(person, friday)
    await study.type(person, "7", monday, reply_to=monday.said[-1])
    assert await wired(study, friday) == {}
    assert await wired(study, monday) == {there: "7"}
    await study.work(monday, people)
    before = await wired(study, friday)
    await study.tap(person, person.chat, "To my seat in Friday")
    await study.type(person, "7", monday, reply_to=monday.said[-1])  # nothing waits there
    assert await wired(study, friday) == before


async def test_both_nets_end_and_everyone_has_heard_one_sound_a_day_at_most(study):
    people, friday, monday = await both(study)
    for person in people:
        await study.with_an_hour(person, "18:30", drops=2)
    await study.work(friday, people)
    await study.work(monday, people)
    for group in (friday, monday):
        assert "newout" in await wired(study, group)
    heard = first = [len(unasked(person)) for person in people]
    for _ in range(3):
        await study.wait(days=1)
        now = [len(unasked(person)) for person in people]
        assert all(after - before <= 1 for before, after in zip(heard, now, strict=True))
        heard = now
    assert all(last > one for one, last in zip(first, heard, strict=True))
    assert all(card.silent for group in (friday, monday) for card in group.said)


def unasked(person):
    """What sounded and came by the clock: at no moment at which they did something."""
    acted = {m.date for m in person.chat.messages if m.sender == person.id}
    close = timedelta(seconds=1)
    return [
        m for m in person.chat.said
        if not m.silent and not any(abs(m.date - moment) < close for moment in acted)
    ]  # fmt: skip
