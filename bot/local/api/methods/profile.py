"""Methods by which the bot describes itself: commands, descriptions, the menu button."""

from __future__ import annotations

import re
from typing import Any

from bot.local.api.exchange import Exchange
from bot.local.api.methods import shapes
from bot.local.api.methods.method import Given, Handler, Method, method
from bot.local.api.reading import integer, many, string
from bot.local.refusal import bad
from bot.local.things import Chat
from bot.local.world import Change

NAME = re.compile(r"[a-z0-9_]{1,32}")
SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
TEXTS = {"Name": ("name", 64), "Description": ("description", 512)}
TEXTS["ShortDescription"] = ("short_description", 120)


def _scope(given: Given) -> str:
    scope = given.get("scope", {"type": "default"})
    if scope["type"] not in SCOPES:
        raise bad("unsupported BotCommandScope type specified")
    for field in SCOPES[scope["type"]]:
        if field not in scope:
            raise bad(f'can\'t parse BotCommandScope: field "{field}" is required')
    parts = [scope["type"], *(str(scope[field]) for field in SCOPES[scope["type"]])]
    return f"commands {' '.join(parts)} [{given.get('language_code', '')}]"


async def set_commands(exchange: Exchange, given: Given) -> bool:
    commands = given["commands"]
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not NAME.fullmatch(command["command"].removeprefix("/")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"].strip()) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    exchange.world.state.profile[_scope(given)] = commands
    exchange.world.feed.tell(Change("commands"))
    return True


async def get_commands(exchange: Exchange, given: Given) -> Any:
    return exchange.world.state.profile.get(_scope(given), [])


async def delete_commands(exchange: Exchange, given: Given) -> bool:
    exchange.world.state.profile.pop(_scope(given), None)
    exchange.world.feed.tell(Change("commands"))
    return True


def commands_seen(exchange: Exchange, chat: Chat, user_id: int) -> list[dict[str, str]]:
    """The menu that a person sees in a chat: the narrowest scope that has one."""
    language = exchange.world.user(user_id).language
    admin = chat.is_admin(user_id)
    scopes = [f"chat_member {chat.id} {user_id}"]
    scopes += [f"chat_administrators {chat.id}"] if admin else []
    scopes += [f"chat {chat.id}"]
    scopes += ["all_chat_administrators"] if admin else []
    scopes += ["all_private_chats" if chat.kind == "private" else "all_group_chats", "default"]
    for scope in scopes:
        for tongue in (language, ""):
            found = exchange.world.state.profile.get(f"commands {scope} [{tongue}]")
            if found:
                return list(found)
    return []


def _setter(field: str, most: int) -> Handler:
    async def set_text(exchange: Exchange, given: Given) -> bool:
        text = given.get(field, "")
        if len(text) > most:
            raise bad(f"bot {field.replace('_', ' ')} is too long")
        exchange.world.state.profile[f"{field} [{given.get('language_code', '')}]"] = text
        return True

    return set_text


def _getter(field: str) -> Handler:
    async def get_text(exchange: Exchange, given: Given) -> Any:
        profile = exchange.world.state.profile
        own = profile.get(f"{field} [{given.get('language_code', '')}]", "")
        fallback = exchange.world.bot.first_name if field == "name" else ""
        return {field: own or profile.get(f"{field} []", "") or fallback}

    return get_text


async def set_menu_button(exchange: Exchange, given: Given) -> bool:
    exchange.world.state.profile["menu button"] = given.get("menu_button", {"type": "default"})
    return True


async def get_menu_button(exchange: Exchange, _: Given) -> Any:
    return exchange.world.state.profile.get("menu button", {"type": "default"})


LANGUAGE = {"language_code": string}
OF_COMMANDS = {"scope": shapes.SCOPE, **LANGUAGE}


def _texts(title: str, field: str, most: int) -> tuple[Method, Method]:
    taken = {field: string, **LANGUAGE}
    setter = method(f"setMy{title}", _setter(field, most), {}, taken)
    return setter, method(f"getMy{title}", _getter(field), {}, LANGUAGE)


METHODS = (
    method("setMyCommands", set_commands, {"commands": many(shapes.COMMAND)}, OF_COMMANDS),
    method("getMyCommands", get_commands, {}, OF_COMMANDS),
    method("deleteMyCommands", delete_commands, {}, OF_COMMANDS),
    *(one for title, (field, most) in TEXTS.items() for one in _texts(title, field, most)),
    method(
        "setChatMenuButton",
        set_menu_button,
        {},
        {"chat_id": integer, "menu_button": shapes.MENU_BUTTON},
    ),
    method("getChatMenuButton", get_menu_button, {}, {"chat_id": integer}),
)
