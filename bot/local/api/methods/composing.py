"""What a message is made of, checked: its words, its buttons, what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from bot.local.api.exchange import Exchange
from bot.local.api.markup import read_html
from bot.local.api.methods.method import Given
from bot.local.entities import Entity, detected, in_order, trimmed, units
from bot.local.refusal import bad
from bot.local.things import Chat

TEXT_MOST = 4096
CAPTION_MOST = 1024
RAW_MOST = 32_768  # bytes before parsing
BUTTONS_MOST = 100
ACTIONS = (
    "url",
    "callback_data",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "copy_text",
)


def text_of(given: Given) -> tuple[str, list[Entity]]:
    text, entities = words(given["text"], given.get("parse_mode"), given.get("entities"))
    if not text:
        raise bad("message text is empty")
    if len(text) > TEXT_MOST:
        raise bad("message is too long")
    return text, entities


def caption_of(given: Given) -> tuple[str, list[Entity]]:
    marks = given.get("caption_entities")
    text, entities = words(given.get("caption", ""), given.get("parse_mode"), marks)
    if len(text) > CAPTION_MOST:
        raise bad("message caption is too long")
    return text, entities


def words(
    source: str, mode: str | None, marks: Sequence[dict[str, Any]] | None
) -> tuple[str, list[Entity]]:
    """The text as it will be seen and all its entities, given and detected."""
    if len(source.encode("utf-8", "surrogatepass")) > RAW_MOST:
        raise bad("message is too long")
    if mode and mode.lower() != "html":
        raise bad("unsupported parse_mode")
    text, entities = read_html(source) if mode else (source, _marked(source, marks or []))
    text, entities = trimmed(text, entities)
    return text, in_order([*entities, *detected(text, entities)])


def _marked(source: str, marks: Sequence[dict[str, Any]]) -> list[Entity]:
    whole = units(source)
    entities = []
    for mark in marks:
        entity = Entity(
            mark["type"],
            mark["offset"],
            mark["length"],
            url=mark.get("url", ""),
            language=mark.get("language", ""),
            user=mark.get("user", {}).get("id", 0),
            custom=mark.get("custom_emoji_id", ""),
            moment=mark.get("unix_time", 0),
        )
        if entity.offset < 0 or entity.length <= 0 or entity.end > whole:
            raise bad("entity beyond the text: offsets count UTF-16 units")
        entities.append(entity)
    return entities


def markup_of(given: Given, chat: Chat) -> dict[str, Any] | None:
    markup: dict[str, Any] | None = given.get("reply_markup")
    if markup is None:
        return None
    buttons = [button for row in markup.get("inline_keyboard", []) for button in row]
    if len(buttons) > BUTTONS_MOST:
        raise bad("REPLY_MARKUP_TOO_LONG")
    for button in buttons:
        _check_button(button)
    for row in markup.get("keyboard", []):
        for key in row:
            _check_key(key, chat)
    return markup


def _check_button(button: dict[str, Any]) -> None:
    if not button["text"].strip():
        raise bad("can't parse inline keyboard button: Text must be non-empty")
    actions = [action for action in ACTIONS if action in button]
    if not actions:
        words = "Text buttons are unallowed in the inline keyboard"
        raise bad(f"can't parse inline keyboard button: {words}")
    if len(actions) > 1:
        raise bad("can't parse inline keyboard button: exactly one action is allowed")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    if "url" in button and not _is_url(button["url"]):
        raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def _is_url(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "tg"} and bool(parts.netloc)


def _check_key(key: Any, chat: Chat) -> None:
    label = key if isinstance(key, str) else key["text"]
    if not label.strip():
        raise bad("can't parse keyboard button: Text must be non-empty")
    if isinstance(key, dict) and chat.kind != "private":
        for asked, what in (("request_location", "location"), ("request_contact", "phone number")):
            if key.get(asked):
                raise bad(f"{what} can be requested in private chats only")


def answered(chat: Chat, given: Given) -> int | None:
    """The message that a new one replies to."""
    reply = given.get("reply_parameters")
    if reply is None:
        return None
    if reply["message_id"] in chat.log:
        return int(reply["message_id"])
    if reply.get("allow_sending_without_reply"):
        return None
    raise bad("message to be replied not found")


def count_flood(exchange: Exchange, chat: Chat, given: Given) -> None:
    paid = bool(given.get("allow_paid_broadcast"))
    exchange.floods.count(chat.id, group=chat.kind != "private", paid=paid)
