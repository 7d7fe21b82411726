"""One of everything that a bot can show, said by a small bot that also answers taps and texts."""

from __future__ import annotations

import asyncio
import io
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from PIL import Image, ImageDraw
from telegram import Bot, ForceReply, InlineKeyboardMarkup, InputMediaPhoto, ReplyKeyboardMarkup
from telegram.error import TelegramError

from bot.local import FREE, LocalTelegram, RunningClock

MORNING = datetime(2026, 3, 2, 7, tzinfo=UTC)
WORDS = (
    "<b>bold</b> <i>italic</i> <u>under</u> <s>struck</s> <code>z = 3</code> "
    "<a href='https://example.org'>a link</a> /hint and <tg-spoiler>hidden −2</tg-spoiler>\n"
    "<blockquote expandable>A weighted sum\nmultiplies each input\nby its own weight\n"
    "and adds all of them,\nwith the bias last.\nNothing else happens.</blockquote>"
    "<pre>z = 3·2 + 4·(−1)\n  = 2</pre>"
)
KEYS = InlineKeyboardMarkup.de_json(
    {
        "inline_keyboard": [
            [{"text": "Toast", "callback_data": "t"}, {"text": "Alert", "callback_data": "a"}],
            [{"text": "A link ↗", "url": "https://example.org"}],
        ]
    }
)
QUIZ = {"type": "quiz", "correct_option_ids": [0], "is_anonymous": False}


@asynccontextmanager
async def at_work():
    """The phone; Ana (1) has been shown everything, the group of three and the forum too."""
    clock = RunningClock()
    clock.move_to(MORNING)
    wake = {"next_drop": lambda _: MORNING + timedelta(days=1, hours=1)}
    inspect = {"inspect": lambda chat: {"chat": chat, "exercise": None, "letters waiting": {}}}
    async with LocalTelegram(clock, limits=FREE, name="Echo", **wake, **inspect) as phone:
        where = {"base_url": f"{phone.url}/bot", "base_file_url": f"{phone.url}/file/bot"}
        async with Bot(phone.token, **where) as bot:
            await show(phone, bot)
            answering = asyncio.create_task(answer(bot))
            yield phone, bot
            answering.cancel()
            await asyncio.wait([answering])


async def show(phone, bot):
    ana, luis, mei = (phone.person(i, name) for i, name in enumerate(("Ana", "Luis", "Mei"), 1))
    await bot.set_my_commands([("start", "begin, or go on"), ("hint", "a nudge for the open step")])
    await ana.type("/start")
    await privately(bot, ana)
    group = phone.group("Study", ana, luis, mei)
    await group.promote_bot()
    card = await bot.send_message(group.id, "<b>Today</b>\n2 of 3 are in.", parse_mode="HTML")
    await bot.pin_chat_message(group.id, card.message_id)
    await bot.send_poll(group.id, "Will the loss fall?", ["Yes", "No"], explanation="Why.", **QUIZ)
    await luis.vote(group.said[-1], 0)
    forum = phone.group("Forum", ana, luis, forum=True)
    topic = await forum.topic(ana, "Drop 1")
    await bot.send_message(forum.id, "In the topic.", message_thread_id=topic)


async def privately(bot, ana):
    await bot.send_message(1, WORDS, parse_mode="HTML", reply_markup=KEYS)
    said = await ana.type("3,5")
    await bot.set_message_reaction(1, said.message_id, "👍")
    await bot.send_photo(1, picture(), caption="A <b>neuron</b> of your own.", parse_mode="HTML")
    shown = await bot.send_photo(1, picture())
    await bot.edit_message_media(InputMediaPhoto(picture((900, 500))), 1, shown.message_id)
    await bot.send_document(1, b'{"learner": 1}', filename="export.json", caption="All of it.")
    line = await bot.send_message(1, "●○○", disable_notification=True)
    await bot.edit_message_text("●●○", 1, line.message_id)
    await ana.send_voice()
    await ana.send_sticker()
    await ana.send_location(52.5, 13.4)
    place = [[{"text": "📍 Share my place", "request_location": True}]]
    keyboard = ReplyKeyboardMarkup(place, resize_keyboard=True, one_time_keyboard=True)
    await bot.send_message(1, "Where are you?", reply_markup=keyboard)
    asked = ForceReply(input_field_placeholder="a number")
    await bot.send_message(1, "What is z?", reply_markup=asked, reply_to_message_id=said.message_id)


def picture(size=(1200, 760)):
    shown = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(shown)
    for x, y in ((200, 220), (200, 540), (700, 380)):
        pen.ellipse((x - 80, y - 80, x + 80, y + 80), outline="#0072B2", width=8)
    out = io.BytesIO()
    shown.save(out, "PNG")
    return out.getvalue()


async def answer(bot):
    """Taps get a toast or an alert, texts an echo; `typing` is shown and nothing said."""
    seen = await bot.get_updates()
    offset = seen[-1].update_id + 1
    while True:
        try:
            for update in await bot.get_updates(offset=offset, timeout=5):
                await react(bot, update)
                offset = update.update_id + 1
        except TelegramError:  # the page has switched the network off: again, until it is back
            await asyncio.sleep(0.05)


async def react(bot, update):
    tap, said = update.callback_query, update.message
    if tap:
        await tap.answer("Here it is.", show_alert=tap.data == "a")
    elif said and said.text == "typing":
        await bot.send_chat_action(said.chat.id, "typing")
    elif said and said.text and not said.text.startswith("/"):
        await bot.send_message(said.chat.id, f"You said {said.text}")
