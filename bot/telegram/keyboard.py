"""Buttons as Telegram wants them."""

from __future__ import annotations

from typing import TypeAlias

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup

from bot.tutor.turn import Button, Say

Keyboard: TypeAlias = InlineKeyboardMarkup | ReplyKeyboardMarkup
PLACE = "📍"


def keyboard(say: Say) -> Keyboard | None:
    """Under the message, or, where the learner's place is asked for, in place of the letters.

    Telegram takes one keyboard a message. So with `ask_location` the buttons type their labels,
    and the first of them that bears no tap shares the place.
    """
    if say.ask_location:
        return _place_keyboard(say.buttons)
    return under(say)


def under(say: Say) -> InlineKeyboardMarkup | None:
    rows = [[_button(button) for button in row] for row in say.buttons]
    return InlineKeyboardMarkup(rows) if rows else None


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    return InlineKeyboardButton(button.label, callback_data=button.tap)


def _place_keyboard(buttons: tuple[tuple[Button, ...], ...]) -> ReplyKeyboardMarkup:
    rows = [[_key(button) for button in row] for row in buttons]
    if not any(key.request_location for row in rows for key in row):
        rows.insert(0, [KeyboardButton(PLACE, request_location=True)])
    return ReplyKeyboardMarkup(rows, resize_keyboard=True, one_time_keyboard=True)


def _key(button: Button) -> KeyboardButton:
    return KeyboardButton(button.label, request_location=not button.tap or None)
