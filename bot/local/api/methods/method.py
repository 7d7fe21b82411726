"""One method of the Bot API, and what many of them look up before they act."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.local.api.exchange import Exchange
from bot.local.api.reading import Parameters, Reader
from bot.local.refusal import bad, forbidden, moved
from bot.local.things import Chat, Message

Given: TypeAlias = dict[str, Any]
Handler: TypeAlias = Callable[[Exchange, Given], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Method:
    name: str
    takes: Parameters
    handler: Handler


def method(
    name: str,
    handler: Handler,
    needs: Mapping[str, Reader] | None = None,
    may: Mapping[str, Reader] | None = None,
) -> Method:
    return Method(name, Parameters(needs or {}, may or {}), handler)


def chat_for_reading(exchange: Exchange, given: Given) -> Chat:
    """The chat, if the bot has ever been in it and is not shut out."""
    chat_id = given["chat_id"]
    chats = exchange.world.state.chats
    if isinstance(chat_id, str) or chat_id not in chats:
        raise _not_met(exchange, chat_id)
    chat = chats[chat_id]
    if chat.kind == "private":
        return chat
    status = chat.members.get(exchange.world.bot.id)
    if status is None:
        raise bad("chat not found")
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.kind} chat")
    if status == "left" and chat.moved_to is None:
        raise forbidden(f"bot is not a member of the {chat.kind} chat")
    return chat


def chat_for_writing(exchange: Exchange, given: Given) -> Chat:
    """The chat, if the bot may write there now, in the topic that it names."""
    chat = chat_for_reading(exchange, given)
    if chat.moved_to is not None:
        raise moved(chat.moved_to)
    if chat.kind == "private" and exchange.world.user(chat.id).deactivated:
        raise forbidden("user is deactivated")
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    topic = given.get("message_thread_id")
    if topic is not None and topic not in chat.topics:
        raise bad("message thread not found")
    if chat.kind != "private" and "can_send_messages" not in chat.default_rights:
        raise bad("not enough rights to send text messages to the chat")
    return chat


def _not_met(exchange: Exchange, chat_id: Any) -> Exception:
    """Someone known from a group alone has a name, but no chat with the bot."""
    bot = exchange.world.bot.id
    chats = exchange.world.state.chats.values()
    if any(chat.has(bot) and chat.has(chat_id) for chat in chats):
        return forbidden("bot can't initiate conversation with a user")
    return bad("chat not found")


def own_message(exchange: Exchange, chat: Chat, given: Given, verb: str) -> Message:
    message = chat.log.get(given["message_id"])
    if message is None:
        raise bad(f"message to {verb} not found")
    if message.sender != exchange.world.bot.id or message.service:
        raise bad(f"message can't be {verb}ed")
    return message
