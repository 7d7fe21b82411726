"""Methods by which the bot looks around: itself, chats, members, files."""

from __future__ import annotations

from typing import Any

from bot.local.api import wire
from bot.local.api.exchange import Exchange
from bot.local.api.methods.method import Given, chat_for_reading, method
from bot.local.api.reading import chat, integer, string
from bot.local.refusal import bad
from bot.local.things import SENDING_RIGHTS, Chat

FILE_MOST = 20 * 1024 * 1024
HEARTS = {"accent_color_id": 0, "max_reaction_count": 11}
GIFTS = {
    "unlimited_gifts": True,
    "limited_gifts": True,
    "unique_gifts": True,
    "premium_subscription": True,
    "gifts_from_channels": True,
}


async def get_me(exchange: Exchange, _: Given) -> Any:
    return wire.user(exchange.world.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": not exchange.privacy,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


async def get_chat(exchange: Exchange, given: Given) -> Any:
    where = chat_for_reading(exchange, given)
    full = wire.chat(exchange.world, where) | HEARTS | {"accepted_gift_types": GIFTS}
    if where.kind != "private":
        allowed = where.default_rights
        full["permissions"] = {right: right in allowed for right in PERMISSIONS}
    if where.pins:
        pinned = where.log[where.pins[-1]]
        full["pinned_message"] = wire.message(exchange.world, pinned, deep=False)
    return full


async def get_member(exchange: Exchange, given: Given) -> Any:
    where = chat_for_reading(exchange, given)
    if given["user_id"] not in exchange.world.state.users:
        raise bad("PARTICIPANT_ID_INVALID")
    return wire.member(exchange.world, where, given["user_id"])


async def get_admins(exchange: Exchange, given: Given) -> Any:
    where = _group(exchange, given)
    people = [who for who in where.members if where.is_admin(who)]
    persons = [who for who in people if not exchange.world.user(who).is_bot]
    own = [who for who in people if who == exchange.world.bot.id]
    return [wire.member(exchange.world, where, who) for who in [*persons, *own]]


async def get_count(exchange: Exchange, given: Given) -> int:
    where = chat_for_reading(exchange, given)
    return sum(where.has(who) for who in where.members)


def _group(exchange: Exchange, given: Given) -> Chat:
    where = chat_for_reading(exchange, given)
    if where.kind == "private":
        raise bad("there are no administrators in the private chat")
    return where


async def leave(exchange: Exchange, given: Given) -> bool:
    where = chat_for_reading(exchange, given)
    if where.kind == "private":
        raise bad("chat member status can't be changed in private chats")
    bot = exchange.world.bot.id
    status = where.members[bot]
    where.members[bot] = "left"
    exchange.membership(where, bot, bot, status, "left")
    notice = {"left_chat_member": wire.user(exchange.world.bot)}
    exchange.world.post(where, bot, service=notice)
    return True


async def get_file(exchange: Exchange, given: Given) -> Any:
    known = exchange.world.state.files.get(given["file_id"])
    if known is None:
        raise bad("invalid file_id")
    if len(known.content) > FILE_MOST:
        raise bad("file is too big")
    return {
        "file_id": known.file_id,
        "file_unique_id": known.unique,
        "file_size": len(known.content),
        "file_path": f"{known.kind}s/{known.file_id}",
    }


PERMISSIONS = (*SENDING_RIGHTS, "can_change_info", "can_pin_messages", "can_manage_topics")
METHODS = (
    method("getMe", get_me),
    method("getChat", get_chat, {"chat_id": chat}),
    method("getChatMember", get_member, {"chat_id": chat, "user_id": integer}),
    method("getChatAdministrators", get_admins, {"chat_id": chat}),
    method("getChatMemberCount", get_count, {"chat_id": chat}),
    method("leaveChat", leave, {"chat_id": chat}),
    method("getFile", get_file, {"file_id": string}),
)
