"""A definition in any chat: asked for inline, answered over real HTTP, in the asker's language."""

import asyncio
from contextlib import asynccontextmanager
from functools import partial

import pytest
from telegram import InlineQuery, User

from bot.intake import Keeping, Poller
from bot.telegram.inline import Inline
from bot.tutor.asked.defining import MOST, definitions
from lessons.loader.loading import load_all

COURSES = load_all()
FIND = partial(definitions, COURSES)


@asynccontextmanager
async def answering(rig):
    inline = Inline(rig.bot, FIND)
    poller = Poller(rig.bot, Keeping(rig.bot, rig.storage, inline=inline.answer), 1)
    running = asyncio.create_task(poller.run())
    yield
    running.cancel()
    await asyncio.wait([running])


async def test_a_definition_comes_into_any_chat_and_nothing_is_kept(rig, ana):
    async with answering(rig):
        tap = await ana.ask_inline("bias")
        async with asyncio.timeout(5):
            while not tap.results:  # noqa: ASYNC110 - a tap rings no bell
                await asyncio.sleep(0.01)
    first = tap.results[0]
    assert first["title"] == "bias"
    assert first["input_message_content"]["message_text"].startswith(
        "<b>bias</b>: The number added"
    )
    assert first["input_message_content"]["parse_mode"] == "HTML"
    assert first["description"].startswith("The number added")
    assert len(await rig.arrivals()) == 1  # the /start of before


async def test_a_query_that_is_too_old_is_let_go(rig, ana):
    inline = Inline(rig.bot, FIND)
    tap = await ana.ask_inline("bias")
    rig.phone.exchange.taps.clear()
    await inline.answer(InlineQuery(tap.id, User(7, "Ana", is_bot=False), "bias", ""))


@pytest.mark.parametrize(
    ("letters", "first"),
    [("rel", "ReLU"), ("activation f", "activation function"), ("wieght", "weight"), ("b", "bias")],
)
def test_letters_find_a_term_by_its_beginning_or_a_slip_of_the_thumb(letters, first):
    assert FIND("en", letters)[0].title.startswith(first)


def test_the_language_is_the_askers():
    assert FIND("de-AT", "gewicht")[0].title == "Gewicht"
    assert FIND("fr", "weight")[0].title == "weight"


def test_questions_of_everybody_are_found_too():
    assert any(one.title.startswith("Why do neural") for one in FIND("en", "activation functions"))


@pytest.mark.parametrize("letters", ["", "a", "zzzz", "<b>", "&", "e" * 300])
def test_any_letters_give_results_that_telegram_takes(letters):
    found = FIND("en", letters)
    assert len(found) <= MOST
    for one in found:
        assert one.title
        assert one.line
        assert 1 <= len(one.text) <= 4096
