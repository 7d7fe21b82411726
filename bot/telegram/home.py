"""What a group's messages need of Telegram: the bot's own links, a bet, a pin."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any, cast

from telegram import Bot
from telegram.constants import PollType
from telegram.error import TelegramError

from bot.tutor.events import ChatId
from bot.tutor.turn import Button, Quiz, Say

START = "?start="  # a link of the bot's own, whatever it is called


def at_home(say: Say, bot: Bot) -> Say:
    """With its links to this bot written out."""
    if not any(button.url.startswith(START) for row in say.buttons for button in row):
        return say
    rows = tuple(tuple(_written_out(button, bot.username) for button in row) for row in say.buttons)
    return replace(say, buttons=rows)


def _written_out(button: Button, username: str) -> Button:
    if not button.url.startswith(START):
        return button
    return replace(button, url=f"https://t.me/{username}{button.url}")


async def ask_all(bot: Bot, chat: ChatId, say: Say, quiz: Quiz, how: dict[str, Any]) -> int:
    """A quiz without names; its results are shown when it closes."""
    rest = {name: value for name, value in how.items() if name != "parse_mode"}
    message = await bot.send_poll(
        chat,
        say.text,
        list(quiz.options),
        type=PollType.QUIZ,
        is_anonymous=True,
        open_period=quiz.seconds,
        explanation=quiz.explanation,
        correct_option_ids=[cast("Any", quiz.right)],
        hide_results_until_closes=True,
        **rest,
    )
    return message.message_id


async def pin(bot: Bot, chat: ChatId, message: int) -> bool:
    """Where it may. A pin that fails is none: the message itself was sent, and only once."""
    with suppress(TelegramError):
        return await bot.pin_chat_message(chat, message, disable_notification=True)
    return False


async def unpin(bot: Bot, chat: ChatId, message: int) -> None:
    """If it still can be; somebody may have done so, or have taken the message away."""
    with suppress(TelegramError):
        await bot.unpin_chat_message(chat, message)
