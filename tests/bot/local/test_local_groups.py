"""Groups: what the bot sees there, topics, standing, migration, polls, and who may do what."""

from datetime import timedelta

import pytest
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest

from bot.local import Impossible, Screen


@pytest.fixture
async def luis(phone):
    return phone.person(2, "Luis")


@pytest.fixture
async def group(phone, bot, ana, luis):
    group = phone.group("Study", ana, luis)
    await seen(bot)
    return group


async def seen(bot):
    """The updates that came since this was last asked."""
    updates = await bot.get_updates(
        allowed_updates=[
            "message",
            "edited_message",
            "chat_member",
            "my_chat_member",
            "poll",
            "poll_answer",
            "callback_query",
            "inline_query",
            "message_reaction",
        ]
    )
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return updates


async def texts(bot):
    return [update.message.text for update in await seen(bot) if update.message]


@pytest.mark.usefixtures("ana")
async def test_privacy_lets_through_only_what_is_meant_for_the_bot(bot, group, luis):
    said = await bot.send_message(group.id, "What is z?")
    question = group.said[-1]
    assert question.message_id == said.message_id
    of_luis = await luis.type("chatting about @local_botany", group)
    await luis.type("/net", group)
    await luis.type("/net@local_bot now", group)
    await luis.type("/net@other_bot", group)
    await luis.type("@local_bot what is a bias?", group)
    await luis.type("2", group, reply_to=question)
    await luis.type("to Luis", group, reply_to=of_luis)
    assert await texts(bot) == ["/net", "/net@local_bot now", "@local_bot what is a bias?", "2"]


async def test_an_administrator_and_a_bot_without_privacy_see_all(bot, group, luis):
    await group.promote_bot()
    await seen(bot)
    await luis.type("chatting", group)
    assert await texts(bot) == ["chatting"]
    await group.remove_bot(luis)
    await seen(bot)
    await luis.type("alone again", group)
    assert await texts(bot) == []


@pytest.mark.usefixtures("ana")
async def test_service_messages_come_through_privacy(phone, bot, group):
    mei = phone.person(3, "Mei")
    await group.join(mei)
    await group.leave(mei)
    joined, left = [u.message for u in await seen(bot)]
    assert [u.first_name for u in joined.new_chat_members] == ["Mei"]
    assert left.left_chat_member.id == 3


async def test_the_bot_is_told_of_its_own_standing(bot, group, ana):
    await group.promote_bot(by=ana)
    await group.remove_bot(ana)
    await group.add_bot(ana)
    changes = [u.my_chat_member for u in await seen(bot) if u.my_chat_member]
    assert [(c.old_chat_member.status, c.new_chat_member.status) for c in changes] == [
        ("member", "administrator"),
        ("administrator", "kicked"),
        ("kicked", "member"),
    ]
    assert {c.from_user.id for c in changes} == {1}


@pytest.mark.usefixtures("ana")
async def test_administrators_are_asked_for_at_the_moment(bot, group, luis):
    assert [m.user.id for m in await bot.get_chat_administrators(group.id)] == [1]
    await group.promote(luis)
    assert {m.user.id for m in await bot.get_chat_administrators(group.id)} == {1, 2}
    member = await bot.get_chat_member(group.id, 2)
    assert member.status == ChatMemberStatus.ADMINISTRATOR
    assert member.can_pin_messages
    await group.demote(luis)
    assert (await bot.get_chat_member(group.id, 2)).status == ChatMemberStatus.MEMBER
    await group.leave(luis)
    assert (await bot.get_chat_member(group.id, 2)).status == ChatMemberStatus.LEFT


async def test_an_anonymous_administrator_speaks_as_the_group(bot, group, ana, luis):
    await ana.type("/settings", group, anonymous=True)
    [update] = await seen(bot)
    assert update.message.from_user.username == "GroupAnonymousBot"
    assert update.message.sender_chat.id == group.id
    with pytest.raises(Impossible):
        await luis.type("/settings", group, anonymous=True)


async def test_a_topic_keeps_what_is_said_in_it(phone, bot, ana):
    forum = phone.group("Forum", ana, forum=True)
    topic = await forum.topic(ana, "Drop 1")
    await ana.type("/net", forum, topic=topic)
    asked = next(u.message for u in await seen(bot) if u.message and u.message.text == "/net")
    assert asked.message_thread_id == topic
    assert asked.is_topic_message
    answer = await bot.send_message(forum.id, "here", message_thread_id=topic)
    assert answer.message_thread_id == topic
    forum.delete_topic(topic)
    assert forum.said == []


@pytest.mark.parametrize("old_first", [True, False])
async def test_migration_tells_of_both_ids_in_either_order(bot, group, ana, old_first):
    old = group.id
    before = await bot.send_message(group.id, "before")
    await group.migrate(old_first=old_first)
    told = [u.message for u in await seen(bot)]
    if not old_first:
        told.reverse()
    assert (told[0].chat.id, told[0].migrate_to_chat_id) == (old, group.id)
    assert (told[1].chat.id, told[1].migrate_from_chat_id) == (group.id, old)
    assert group.id < -1_000_000_000_000
    assert [m.text for m in group.said] == ["before"]
    assert before.chat.id == old
    still_open_before = Screen(group._exchange, old)
    assert (await ana.type("/net", still_open_before)).chat_id == group.id


async def test_a_public_poll_tells_who_chose_what(bot, group, ana, luis):
    await bot.send_poll(
        group.id,
        "Will it fall?",
        ["yes", "no"],
        is_anonymous=False,
        type="quiz",
        correct_option_ids=[0],
        hide_results_until_closes=True,
    )
    poll = group.said[-1]
    await ana.vote(poll, 0)
    await luis.vote(poll, 1)
    await luis.vote(poll, 0)  # a quiz is answered once
    updates = await seen(bot)
    answers = [(u.poll_answer.user.id, u.poll_answer.option_ids) for u in updates if u.poll_answer]
    assert answers == [(1, (0,)), (2, (1,))]
    assert {o.voter_count for u in updates if u.poll for o in u.poll.options} == {0}
    stopped = await bot.stop_poll(group.id, poll.message_id)
    assert [o.voter_count for o in stopped.options] == [1, 1]
    assert stopped.is_closed


async def test_a_poll_closes_at_its_hour(phone, bot, group, ana):
    await bot.send_poll(group.id, "Will it fall?", ["yes", "no"], open_period=3600)
    with pytest.raises(BadRequest, match="Poll_close_date_invalid"):
        await bot.send_poll(group.id, "Will it fall?", ["yes", "no"], open_period=4)
    await ana.vote(group.said[-1], 0)
    phone.move_clock(phone.clock.now() + timedelta(hours=1))
    with pytest.raises(Impossible):
        await ana.vote(group.said[-1], 1)
    polls = [u.poll for u in await seen(bot)]
    assert [(p.is_closed, p.total_voter_count) for p in polls] == [(False, 1), (True, 1)]
    with pytest.raises(BadRequest, match="Poll has already been closed"):
        await bot.stop_poll(group.id, group.said[-1].message_id)


async def test_an_anonymous_poll_tells_nobody(bot, group, ana):
    await bot.send_poll(group.id, "Will it fall?", ["yes", "no"])
    await ana.vote(group.said[-1], 0)
    [update] = await seen(bot)
    assert update.poll.total_voter_count == 1


async def test_nobody_taps_or_reads_where_they_are_not(phone, bot, group, ana):
    await bot.send_message(
        group.id, "x", reply_markup={"inline_keyboard": [[{"text": "go", "callback_data": "a"}]]}
    )
    card = group.said[-1]
    mei = phone.person(3, "Mei")
    with pytest.raises(Impossible):
        await mei.tap(card, "go")
    with pytest.raises(Impossible):
        await mei.type("hello", group)
    await ana.tap(card, 0)
    forged = await ana.forge(card, "b")
    taps = [u.callback_query for u in await seen(bot)]
    assert [(t.from_user.id, t.data) for t in taps] == [(1, "a"), (1, "b")]
    assert taps[1].id == forged.id


async def test_an_inline_question_brings_results(bot, ana):
    asking = await ana.ask_inline("bias")
    [update] = [u for u in await seen(bot) if u.inline_query]
    result = {
        "type": "article",
        "id": "1",
        "title": "bias",
        "input_message_content": {"message_text": "b"},
    }
    await bot.answer_inline_query(update.inline_query.id, [result])
    await asking.answered()
    assert [r["title"] for r in asking.results] == ["bias"]


async def test_a_deep_link_carries_its_payload_to_the_private_chat(bot, group, luis):
    keys = {"inline_keyboard": [[{"text": "mine", "url": "https://t.me/local_bot?start=g-1"}]]}
    await bot.send_message(group.id, "card", reply_markup=keys)
    tap = await luis.tap(group.said[-1], "mine")
    assert (await luis.follow((await tap.answered()).url)).chat_id == luis.id
    assert await texts(bot) == ["/start g-1"]
    assert await luis.follow("https://t.me/another_bot?start=g-1") is None
    with pytest.raises(Impossible):
        await luis.follow("https://t.me/local_bot?start=what%20ever")
