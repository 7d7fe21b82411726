"""Objects that several methods take, field by field."""

from __future__ import annotations

from typing import Any

from bot.local.api.reading import (
    Unlike,
    boolean,
    integer,
    many,
    one_of,
    shape,
    string,
)
from bot.local.api.reading import chat as chat_id

USER = shape(
    {"id": integer, "is_bot": boolean, "first_name": string},
    {"last_name": string, "username": string, "language_code": string},
)
ENTITY = shape(
    {"type": string, "offset": integer, "length": integer},
    {
        "url": string,
        "user": USER,
        "language": string,
        "custom_emoji_id": string,
        "unix_time": integer,
        "date_time_format": string,
    },
)
ENTITIES = many(ENTITY)
STYLE = {"style": one_of("primary", "success", "danger"), "icon_custom_emoji_id": string}
INLINE_BUTTON = shape(
    {"text": string},
    {
        "url": string,
        "callback_data": string,
        "switch_inline_query": string,
        "switch_inline_query_current_chat": string,
        "copy_text": shape({"text": string}),
        **STYLE,
    },
)
KEY = shape({"text": string}, {"request_location": boolean, "request_contact": boolean, **STYLE})
INLINE_KEYBOARD = shape({"inline_keyboard": many(many(INLINE_BUTTON))})
KEYBOARD = shape(
    {"keyboard": many(many(lambda value: value if isinstance(value, str) else KEY(value)))},
    {
        "resize_keyboard": boolean,
        "one_time_keyboard": boolean,
        "input_field_placeholder": string,
        "selective": boolean,
        "is_persistent": boolean,
    },
)
REMOVE = shape({"remove_keyboard": boolean}, {"selective": boolean})
FORCE_REPLY = shape(
    {"force_reply": boolean}, {"input_field_placeholder": string, "selective": boolean}
)
BY_FIELD = (
    ("inline_keyboard", INLINE_KEYBOARD),
    ("remove_keyboard", REMOVE),
    ("force_reply", FORCE_REPLY),
    ("keyboard", KEYBOARD),
)


def MARKUP(value: Any) -> Any:  # noqa: N802 - a reader like its neighbours, chosen by the field
    loose = shape({}, {name: lambda field: field for name in _ALL_FIELDS})(value)
    for name, reader in BY_FIELD:
        if name in loose:
            return reader(loose)
    raise Unlike("a keyboard")


_ALL_FIELDS = (
    "inline_keyboard",
    "keyboard",
    "resize_keyboard",
    "one_time_keyboard",
    "input_field_placeholder",
    "selective",
    "is_persistent",
    "remove_keyboard",
    "force_reply",
)
REPLY = shape(
    {"message_id": integer},
    {
        "chat_id": chat_id,
        "allow_sending_without_reply": boolean,
        "quote": string,
        "quote_parse_mode": string,
        "quote_entities": ENTITIES,
        "quote_position": integer,
    },
)
LINK_PREVIEW = shape(
    {},
    {
        "is_disabled": boolean,
        "url": string,
        "prefer_small_media": boolean,
        "prefer_large_media": boolean,
        "show_above_text": boolean,
    },
)
REACTION = shape(
    {"type": one_of("emoji", "custom_emoji")}, {"emoji": string, "custom_emoji_id": string}
)
COMMAND = shape({"command": string, "description": string})
SCOPE = shape({"type": string}, {"chat_id": chat_id, "user_id": integer})
OPTION = shape({"text": string}, {"text_parse_mode": string, "text_entities": ENTITIES})
MEDIA = shape(
    {"type": one_of("photo", "document"), "media": string},
    {
        "caption": string,
        "parse_mode": string,
        "caption_entities": ENTITIES,
        "has_spoiler": boolean,
        "show_caption_above_media": boolean,
        "disable_content_type_detection": boolean,
    },
)
MENU_BUTTON = shape({"type": one_of("commands", "default")})
WORDS = {"parse_mode": string, "entities": ENTITIES, "link_preview_options": LINK_PREVIEW}
THUMBNAIL = {"url": string, "width": integer, "height": integer}
ARTICLE = shape(
    {
        "type": one_of("article"),
        "id": string,
        "title": string,
        "input_message_content": shape({"message_text": string}, WORDS),
    },
    {"reply_markup": INLINE_KEYBOARD, "url": string, "description": string}
    | {f"thumbnail_{what}": kind for what, kind in THUMBNAIL.items()},
)
INLINE_START = shape({"text": string}, {"start_parameter": string})
SENDING = {
    "message_thread_id": integer,
    "disable_notification": boolean,
    "protect_content": boolean,
    "reply_markup": MARKUP,
    "reply_parameters": REPLY,
    "allow_paid_broadcast": boolean,
    "message_effect_id": string,
}
WORDS_OF_CAPTION = {"caption": string, "parse_mode": string, "caption_entities": ENTITIES}
CAPTION = {**WORDS_OF_CAPTION, "show_caption_above_media": boolean}
