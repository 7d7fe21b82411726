"""Methods by which the bot says something new."""

from __future__ import annotations

import asyncio
import mimetypes
from io import BytesIO
from typing import Any

from bot.local.api import wire
from bot.local.api.exchange import Exchange
from bot.local.api.methods import shapes
from bot.local.api.methods.composing import answered, caption_of, count_flood, markup_of, text_of
from bot.local.api.methods.method import Given, chat_for_writing, method
from bot.local.api.reading import Upload, boolean, chat, file, integer, one_of, string
from bot.local.refusal import Refusal, bad
from bot.local.things import Chat, File, Message
from bot.local.world import Change

PHOTO_MOST = 10 * 1024 * 1024
FILE_MOST = 50 * 1024 * 1024
ACTIONS = (
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
)


async def send_message(exchange: Exchange, given: Given) -> Any:
    where = chat_for_writing(exchange, given)
    text, entities = text_of(given)
    return _say(exchange, where, given, text=text, entities=entities)


async def send_photo(exchange: Exchange, given: Given) -> Any:
    where = chat_for_writing(exchange, given)
    caption, entities = caption_of(given)
    photo = await take_file(exchange, "photo", given["photo"], given)
    return _say(exchange, where, given, text=caption, entities=entities, file=photo)


async def send_document(exchange: Exchange, given: Given) -> Any:
    where = chat_for_writing(exchange, given)
    caption, entities = caption_of(given)
    document = await take_file(exchange, "document", given["document"], given)
    return _say(exchange, where, given, text=caption, entities=entities, file=document)


async def send_chat_action(exchange: Exchange, given: Given) -> bool:
    where = chat_for_writing(exchange, given)
    exchange.actions[where.id] = given["action"]
    detail = {"action": given["action"], "topic": given.get("message_thread_id")}
    exchange.world.feed.tell(Change("action", where.id, detail=detail))
    return True


def _say(exchange: Exchange, where: Chat, given: Given, **what: Any) -> Any:
    return wire.message(exchange.world, new_message(exchange, where, given, **what))


def new_message(exchange: Exchange, where: Chat, given: Given, **what: Any) -> Message:
    """Posts the bot's message, if its buttons are right and it is not one too many."""
    markup = markup_of(given, where)
    reply_to = answered(where, given)
    count_flood(exchange, where, given)
    exchange.actions.pop(where.id, None)
    return exchange.world.post(
        where,
        exchange.world.bot.id,
        markup=markup,
        reply_to=reply_to,
        topic=given.get("message_thread_id"),
        silent=bool(given.get("disable_notification")),
        **what,
    )


async def take_file(exchange: Exchange, kind: str, value: str | Upload, given: Given) -> File:
    """The file of a message: known by its id, uploaded under its name, or attached."""
    if isinstance(value, str) and value.startswith("attach://"):
        value = given["files"].get(value.removeprefix("attach://"), value)
    if isinstance(value, str):
        if value.startswith(("attach://", "http://", "https://")):
            raise bad("wrong HTTP URL specified: this server fetches nothing; upload the file")
        known = exchange.world.file(value)
        if known.kind != kind:
            raise bad(f"can't use file of type {known.kind.title()} as {kind.title()}")
        return known
    if not value.content:
        raise bad("file must be non-empty")
    if len(value.content) > (PHOTO_MOST if kind == "photo" else FILE_MOST):
        raise Refusal(413, "Request Entity Too Large")
    if kind == "photo":
        return await _photo(exchange, value.content)
    mime = mimetypes.guess_type(value.name)[0] or "application/octet-stream"
    return exchange.world.keep_file(kind, value.content, value.name, mime)


async def _photo(exchange: Exchange, content: bytes) -> File:
    sizes = await asyncio.to_thread(as_jpegs, content)
    (large, wide, high), *rest = sizes
    keep = exchange.world.keep_file
    photo = keep("photo", large, "photo.jpg", "image/jpeg", width=wide, height=high)
    photo.smaller = [
        keep("photo", jpeg, "small.jpg", "image/jpeg", width=w, height=h) for jpeg, w, h in rest
    ]
    return photo


def as_jpegs(content: bytes) -> list[tuple[bytes, int, int]]:
    """A picture as Telegram keeps it: opaque JPEG, at most 1280 px; the larger size first."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content)) as opened:
            picture = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError):
        raise bad("IMAGE_PROCESS_FAILED") from None
    wide, high = picture.size
    if wide + high > 10_000 or max(wide, high) > 20 * min(wide, high):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    opaque = Image.new("RGB", picture.size, "black")
    opaque.paste(picture, mask=picture.getchannel("A"))
    sizes = []
    for most in (1280, 320):
        opaque.thumbnail((most, most))
        out = BytesIO()
        opaque.save(out, "JPEG", quality=87)
        sizes.append((out.getvalue(), *opaque.size))
    return sizes


METHODS = (
    method(
        "sendMessage",
        send_message,
        {"chat_id": chat, "text": string},
        shapes.SENDING | shapes.WORDS,
    ),
    method(
        "sendPhoto",
        send_photo,
        {"chat_id": chat, "photo": file},
        shapes.SENDING | shapes.CAPTION | {"has_spoiler": boolean},
    ),
    method(
        "sendDocument",
        send_document,
        {"chat_id": chat, "document": file},
        shapes.SENDING
        | shapes.WORDS_OF_CAPTION
        | {"disable_content_type_detection": boolean, "thumbnail": file},
    ),
    method(
        "sendChatAction",
        send_chat_action,
        {"chat_id": chat, "action": one_of(*ACTIONS)},
        {"message_thread_id": integer},
    ),
)
