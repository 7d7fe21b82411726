"""Methods by which the bot changes what it has said, or answers a tap."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.local.api import wire
from bot.local.api.exchange import Exchange, Toast
from bot.local.api.methods import shapes
from bot.local.api.methods.composing import caption_of, markup_of, text_of
from bot.local.api.methods.method import Given, chat_for_writing, method, own_message
from bot.local.api.methods.sending import take_file
from bot.local.api.reading import boolean, chat, integer, many, string
from bot.local.refusal import bad
from bot.local.things import Chat, Message

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
DELETABLE = timedelta(hours=48)


async def edit_text(exchange: Exchange, given: Given) -> Any:
    where = chat_for_writing(exchange, given)
    message = own_message(exchange, where, given, "edit")
    text, entities = text_of(given)
    if message.file or message.poll:
        raise bad("there is no text in the message to edit")
    return _change(exchange, where, message, given, text=text, entities=entities)


async def edit_caption(exchange: Exchange, given: Given) -> Any:
    where = chat_for_writing(exchange, given)
    message = own_message(exchange, where, given, "edit")
    if not message.file:
        raise bad("there is no caption in the message to edit")
    text, entities = caption_of(given)
    return _change(exchange, where, message, given, text=text, entities=entities)


async def edit_media(exchange: Exchange, given: Given) -> Any:
    where = chat_for_writing(exchange, given)
    message = own_message(exchange, where, given, "edit")
    media = given["media"]
    if message.poll or not (message.file or message.text):
        raise bad("message can't be edited")
    text, entities = caption_of(media)
    file = await take_file(exchange, media["type"], media["media"], given)
    return _change(exchange, where, message, given, text=text, entities=entities, file=file)


async def edit_markup(exchange: Exchange, given: Given) -> Any:
    where = chat_for_writing(exchange, given)
    message = own_message(exchange, where, given, "edit")
    return _change(exchange, where, message, given)


def _change(
    exchange: Exchange, where: Chat, message: Message, given: Given, **what: Any
) -> dict[str, Any]:
    """An edit that leaves the buttons out takes them off."""
    markup = markup_of(given, where)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad("inline keyboard expected")
    wanted = what | {"markup": markup if markup and markup["inline_keyboard"] else None}
    if all(getattr(message, name) == value for name, value in wanted.items()):
        raise bad(NOT_MODIFIED)
    for name, value in wanted.items():
        setattr(message, name, value)
    message.edited_at = exchange.world.now()
    exchange.world.tell("edit", message)
    return wire.message(exchange.world, message)


async def delete_message(exchange: Exchange, given: Given) -> bool:
    where = chat_for_writing(exchange, given)
    message = where.log.get(given["message_id"])
    if message is None:
        raise bad("message to delete not found")
    rights = where.rights.get(exchange.world.bot.id, set())
    own = message.sender == exchange.world.bot.id
    may = own or where.kind == "private" or "can_delete_messages" in rights
    if not may or exchange.world.now() - message.date > DELETABLE:
        raise bad("message can't be deleted")
    del where.log[message.message_id]
    where.pins = [pin for pin in where.pins if pin != message.message_id]
    exchange.world.tell("delete", message)
    return True


async def answer_callback(exchange: Exchange, given: Given) -> bool:
    text = given.get("text", "")
    if len(text) > 200:
        raise bad("MESSAGE_TOO_LONG")
    toast = Toast(text, alert=given.get("show_alert", False), url=given.get("url", ""))
    exchange.answer_tap(given["callback_query_id"], toast)
    return True


async def answer_inline(exchange: Exchange, given: Given) -> bool:
    results = given["results"]
    if len(results) > 50:
        raise bad("RESULTS_TOO_MUCH")
    if len({result["id"] for result in results}) < len(results):
        raise bad("RESULT_ID_DUPLICATE")
    for result in results:
        content = result["input_message_content"]
        text_of({**content, "text": content["message_text"]})
    exchange.answer_tap(given["inline_query_id"], Toast()).results = results
    return True


WHICH = {"chat_id": chat, "message_id": integer}
BUTTONS = {"reply_markup": shapes.MARKUP}
METHODS = (
    method("editMessageText", edit_text, WHICH | {"text": string}, shapes.WORDS | BUTTONS),
    method("editMessageCaption", edit_caption, WHICH, shapes.CAPTION | BUTTONS),
    method("editMessageMedia", edit_media, WHICH | {"media": shapes.MEDIA}, BUTTONS),
    method("editMessageReplyMarkup", edit_markup, WHICH, BUTTONS),
    method("deleteMessage", delete_message, WHICH),
    method(
        "answerCallbackQuery",
        answer_callback,
        {"callback_query_id": string},
        {"text": string, "show_alert": boolean, "url": string, "cache_time": integer},
    ),
    method(
        "answerInlineQuery",
        answer_inline,
        {"inline_query_id": string, "results": many(shapes.ARTICLE)},
        {
            "cache_time": integer,
            "is_personal": boolean,
            "next_offset": string,
            "button": shapes.INLINE_START,
        },
    ),
)
