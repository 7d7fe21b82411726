"""What Telegram refuses is refused here: the same code, the same words, through a real client."""

from datetime import timedelta

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
)

HTML = {"parse_mode": "HTML"}


def keys(*buttons):
    return InlineKeyboardMarkup([list(buttons)])


def data(value):
    return keys(InlineKeyboardButton("go", callback_data=value))


REFUSED = [
    ("empty", "Message text is empty", lambda bot: bot.send_message(1, " \n ")),
    ("empty tags", "Message text is empty", lambda bot: bot.send_message(1, "<b> </b>", **HTML)),
    ("long", "Message is too long", lambda bot: bot.send_message(1, "x" * 4097)),
    (
        "long caption",
        "Message caption is too long",
        lambda bot: bot.send_document(1, b"x", caption="x" * 1025),
    ),
    (
        "open tag",
        "Can't parse entities: can't find end tag corresponding to start tag \"b\"",
        lambda bot: bot.send_message(1, "<b>x", **HTML),
    ),
    (
        "Markdown",
        "Unsupported parse_mode",
        lambda bot: bot.send_message(1, "*x*", parse_mode="MarkdownV2"),
    ),
    (
        "65 bytes of data",
        "Button_data_invalid",
        lambda bot: bot.send_message(1, "x", reply_markup=data("é" * 32 + "x")),
    ),
    ("no data", "Button_data_invalid", lambda bot: bot.send_message(1, "x", reply_markup=data(""))),
    (
        "button without action",
        "Can't parse inline keyboard button: text buttons are unallowed in the inline keyboard",
        lambda bot: bot.send_message(1, "x", reply_markup=keys(InlineKeyboardButton("go"))),
    ),
    (
        "button to nowhere",
        "Inline keyboard button url 'nowhere' is invalid: wrong http url",
        lambda bot: bot.send_message(
            1, "x", reply_markup=keys(InlineKeyboardButton("go", url="nowhere"))
        ),
    ),
    ("stranger", "Chat not found", lambda bot: bot.send_message(77, "x")),
    ("nothing to edit", "Message to edit not found", lambda bot: bot.edit_message_text("x", 1, 99)),
    ("someone else's", "Message can't be edited", lambda bot: bot.edit_message_text("x", 1, 1)),
    ("nothing to delete", "Message to delete not found", lambda bot: bot.delete_message(1, 99)),
    (
        "nothing to answer",
        "Message to be replied not found",
        lambda bot: bot.send_message(1, "x", reply_to_message_id=99),
    ),
    (
        "wrong file",
        "Wrong remote file identifier specified: wrong string length",
        lambda bot: bot.send_photo(1, "AgAC"),
    ),
    ("no picture", "Image_process_failed", lambda bot: bot.send_photo(1, b"no picture")),
    (
        "no thread",
        "Message thread not found",
        lambda bot: bot.send_message(1, "x", message_thread_id=5),
    ),
    ("no such emoji", "Reaction_invalid", lambda bot: bot.set_message_reaction(1, 1, "x")),
    (
        "no such tap",
        "Query is too old and response timeout expired or query id is invalid",
        lambda bot: bot.answer_callback_query("5"),
    ),
    (
        "capital command",
        "Bot_command_invalid",
        lambda bot: bot.set_my_commands([("Start", "begin")]),
    ),
    (
        "poll with 13 options",
        "Poll can't have more than 12 options",
        lambda bot: bot.send_poll(1, "q", [str(i) for i in range(13)]),
    ),
    (
        "long option",
        "Poll options length must not exceed 100",
        lambda bot: bot.send_poll(1, "q", ["a", "b" * 101]),
    ),
    (
        "quiz without answer",
        "Wrong correct option id specified",
        lambda bot: bot.send_poll(1, "q", ["a", "b"], type="quiz", correct_option_ids=[2]),
    ),
    (
        "webhook without TLS",
        "Bad webhook: an https url must be provided for webhook",
        lambda bot: bot.set_webhook("http://example.org"),
    ),
    (
        "entity beyond the text",
        "Entity beyond the text: offsets count utf-16 units",
        lambda bot: bot.send_message(1, "x", entities=[{"type": "bold", "offset": 0, "length": 2}]),
    ),
]


@pytest.mark.parametrize(
    ("words", "call"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
async def test_a_bad_request_is_refused_in_telegrams_words(bot, ana, words, call):
    before = len(ana.chat.messages)
    with pytest.raises(BadRequest) as refusal:
        await call(bot)
    assert refusal.value.message.lower() == words.lower()
    assert len(ana.chat.messages) == before


@pytest.mark.usefixtures("ana")
async def test_the_longest_of_everything_passes(bot):
    assert await bot.send_message(1, "𝒙" * 4096)
    assert await bot.send_message(1, "x", reply_markup=data("é" * 32))
    assert await bot.send_document(1, b"x", caption=f"<b>{'x' * 1024}</b>", **HTML)
    assert await bot.send_poll(1, "q" * 300, ["o" * 100] * 12)


@pytest.mark.usefixtures("ana")
async def test_an_edit_that_changes_nothing_is_refused(bot):
    sent = await bot.send_message(1, "<b>x</b>", reply_markup=data("a"), **HTML)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text("<b>x</b>", 1, sent.message_id, reply_markup=data("a"), **HTML)
    edited = await bot.edit_message_text("<b>x</b>", 1, sent.message_id, **HTML)
    assert edited.reply_markup is None  # an edit that leaves the buttons out takes them off
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(1, sent.message_id)


async def test_a_tap_grows_stale_after_150_seconds(phone, bot, ana):
    await bot.send_message(1, "x", reply_markup=data("a"))
    early, late = [await ana.tap(ana.chat.said[0], "go") for _ in range(2)]
    phone.move_clock(phone.clock.now() + timedelta(seconds=150))
    assert await bot.answer_callback_query(early.id)
    phone.move_clock(phone.clock.now() + timedelta(seconds=1))
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(late.id)


async def test_who_blocked_the_bot_hears_nothing_until_they_unblock(bot, ana):
    await ana.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(1, "x")
    await ana.unblock()
    assert await bot.send_message(1, "x")
    kinds = [
        (u.my_chat_member.old_chat_member.status, u.my_chat_member.new_chat_member.status)
        for u in await bot.get_updates()
        if u.my_chat_member
    ]
    assert kinds == [("member", "kicked"), ("kicked", "member")]


async def test_a_deleted_account_is_told_of(bot, ana):
    ana.deactivate()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(1, "x")


async def test_a_bot_cannot_begin(phone, bot, ana):
    luis = phone.person(2, "Luis")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(2, "x")
    phone.group("Study", ana, luis)
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(2, "x")


@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_a_bot_that_was_put_out_is_told_so(phone, bot, ana, kind):
    group = phone.group("Study", ana, kind=kind)
    await group.remove_bot(ana)
    with pytest.raises(Forbidden, match=f"bot was kicked from the {kind} chat"):
        await bot.send_message(group.id, "x")


async def test_a_bot_that_left_is_no_member(phone, bot, ana):
    group = phone.group("Study", ana)
    assert await bot.leave_chat(group.id)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(group.id, "x")


async def test_a_group_that_moved_says_where(phone, bot, ana):
    group = phone.group("Study", ana)
    old = group.id
    await group.migrate()
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(old, "x")
    assert moved.value.new_chat_id == group.id
    assert await bot.send_message(group.id, "x")


async def test_a_wrong_token_opens_nothing(phone, bot_of):
    with pytest.raises(InvalidToken):
        await bot_of(phone, "1000001:wrong").initialize()


async def test_pinning_wants_the_right(phone, bot, ana):
    group = phone.group("Study", ana, kind="supergroup")
    sent = await bot.send_message(group.id, "x")
    with pytest.raises(BadRequest, match="Not enough rights to manage pinned messages in the chat"):
        await bot.pin_chat_message(group.id, sent.message_id)
    await group.promote_bot("can_pin_messages")
    assert await bot.pin_chat_message(group.id, sent.message_id)
    assert [m.text for m in group.pinned] == ["x"]
