"""Both directions, against another's description of the Bot API: python-telegram-bot's classes."""

import inspect
import io
import re

import pytest
from PIL import Image
from telegram import Bot, InputMediaPhoto, ReplyKeyboardMarkup, Update
from telegram._telegramobject import TelegramObject

from bot.local.api.methods import METHODS

NOT_IN_SIGNATURE = {
    "reply_parameters",
    "link_preview_options",  # there, under the same names, but checked below too
    "question_parse_mode",
    "explanation_parse_mode",
}


def snake(name):
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
def test_every_method_and_parameter_here_is_one_of_the_bot_apis(method):
    known = set(inspect.signature(getattr(Bot, snake(method.name))).parameters)
    if method.name == "sendPoll":
        known.add("correct_option_id")
    assert set(method.takes.needs) | set(method.takes.may) <= known | NOT_IN_SIGNATURE


def unknown(value, path="update"):
    """Places of fields that python-telegram-bot does not know."""
    if isinstance(value, (list, tuple)):
        return [
            place for index, each in enumerate(value) for place in unknown(each, f"{path}[{index}]")
        ]
    if not isinstance(value, TelegramObject):
        return []
    places = [f"{path}.{key}" for key in value.api_kwargs]
    for name in value.__slots__ if hasattr(value, "__slots__") else ():
        if not name.startswith("_") and name != "api_kwargs":
            places += unknown(getattr(value, name), f"{path}.{name}")
    return places


def picture(size=(1600, 900)):
    out = io.BytesIO()
    Image.new("RGBA", size, (0, 0, 0, 0)).save(out, "PNG")
    return out.getvalue()


async def everything_happens(phone, bot, ana):
    luis = phone.person(2, "Luis", username="luis_1")
    keys = {
        "inline_keyboard": [
            [{"text": "go", "callback_data": "a"}, {"text": "see", "url": "https://a.org"}]
        ]
    }
    results = [
        await bot.send_message(
            1, "<b>x</b> /net <a href='https://a.org'>l</a>", parse_mode="HTML", reply_markup=keys
        )
    ]
    results.append(await bot.send_photo(1, picture(), caption="<i>c</i>", parse_mode="HTML"))
    results.append(await bot.send_document(1, b"{}", filename="a.json"))
    results.append(await bot.send_message(1, "r", reply_to_message_id=results[0].message_id))
    results.append(
        await bot.send_message(
            1,
            "where?",
            reply_markup=ReplyKeyboardMarkup([[{"text": "Here", "request_location": True}]]),
        )
    )
    await ana.press(ana.chat.said[-1], "Here")
    results.append(await bot.edit_message_caption(1, results[1].message_id, caption="new"))
    results.append(
        await bot.edit_message_media(InputMediaPhoto(picture((800, 900))), 1, results[1].message_id)
    )
    await ana.tap(ana.chat.said[0], 0)
    await ana.edit(await ana.type("1/2", reply_to=ana.chat.said[0]), "-1/2")
    for send in (ana.send_photo, ana.send_voice, ana.send_sticker):
        await send()
    await ana.send_document(b"notes")
    await ana.react(ana.chat.said[0], "👍")
    await ana.block()
    await ana.unblock()
    group = phone.group("Study", ana, luis)
    await group.promote_bot()
    await group.promote(luis)
    results.append(
        await bot.send_poll(
            group.id,
            "q",
            ["a", "b"],
            is_anonymous=False,
            type="quiz",
            correct_option_ids=[1],
            explanation="e",
        )
    )
    await luis.vote(group.said[-1], 1)
    await luis.type("@local_bot hi", group)
    results.append(await bot.stop_poll(group.id, group.said[-1].message_id))
    await bot.send_message(group.id, "card")
    await bot.pin_chat_message(group.id, group.said[-1].message_id)
    await group.migrate()
    forum = phone.group("Forum", luis, ana, forum=True)
    await ana.type("@local_bot", forum, topic=await forum.topic(ana, "T"))
    await luis.ask_inline("bias")
    results += [
        await bot.get_chat(1),
        await bot.get_chat(group.id),
        await bot.get_me(),
        await bot.get_webhook_info(),
    ]
    results += await bot.get_chat_administrators(group.id)
    return results


KINDS = [
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "message_reaction",
]


async def test_all_that_is_sent_to_a_bot_is_as_the_bot_api_describes_it(phone, bot, ana):
    await bot.get_updates(allowed_updates=KINDS)
    results = await everything_happens(phone, bot, ana)
    raw = [update.wire() for update in phone.exchange.updates.waiting()]
    updates = [Update.de_json(one, bot) for one in raw]
    assert {kind for one in raw for kind in one if kind != "update_id"} == set(KINDS)
    assert [place for update in updates for place in unknown(update)] == []
    assert [place for result in results for place in unknown(result, type(result).__name__)] == []


async def test_a_picture_becomes_an_opaque_jpeg_of_1280(bot, ana):
    sent = await bot.send_photo(1, picture())
    file = await bot.get_file(sent.photo[-1].file_id)
    with Image.open(io.BytesIO(await file.download_as_bytearray())) as seen:
        assert (seen.format, seen.mode, seen.size) == ("JPEG", "RGB", (1280, 720))
    again = await bot.send_photo(1, sent.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id
    assert ana.chat.said[-1].photo == ana.chat.said[0].photo


async def test_commands_are_those_of_the_narrowest_scope_and_the_persons_language(phone, bot, ana):
    await bot.set_my_commands([("start", "begin")])
    await bot.set_my_commands([("start", "empezar")], language_code="es")
    group = phone.group("Study", ana)
    await bot.set_my_commands([("net", "the network")], scope={"type": "all_group_chats"})
    luis = phone.person(2, "Luis", "fr")
    await luis.type("/start")
    assert [c["description"] for c in ana.chat.commands(1)] == ["empezar"]
    assert [c["description"] for c in luis.chat.commands(2)] == ["begin"]
    assert [c["command"] for c in group.commands(1)] == ["net"]
    assert await bot.get_my_commands(language_code="de") == ()


async def test_the_bots_profile_is_kept_by_language(bot):
    await bot.set_my_description("Begin with a pencil")
    await bot.set_my_description("Con un lápiz", language_code="es")
    assert (await bot.get_my_description("es")).description == "Con un lápiz"
    assert (await bot.get_my_description("fr")).description == "Begin with a pencil"
    assert (await bot.get_my_name()).name == "Local bot"


async def test_the_bot_is_seen_typing_until_it_speaks(bot, ana):
    await bot.send_chat_action(1, "typing")
    assert ana.chat.action == "typing"
    await bot.send_message(1, "x")
    assert ana.chat.action == ""
