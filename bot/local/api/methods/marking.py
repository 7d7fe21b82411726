"""Methods by which the bot marks a message: a reaction, a pin."""

from __future__ import annotations

from bot.local.api import wire
from bot.local.api.exchange import Exchange
from bot.local.api.methods import shapes
from bot.local.api.methods.method import Given, chat_for_writing, method
from bot.local.api.reading import boolean, chat, integer, many
from bot.local.refusal import bad
from bot.local.things import Chat

EMOJIS = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 "
    "🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 "
    "😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡"
)
ALLOWED = frozenset(EMOJIS.split(" "))


async def react(exchange: Exchange, given: Given) -> bool:
    where = chat_for_writing(exchange, given)
    message = where.log.get(given["message_id"])
    if message is None:
        raise bad("message to react not found")
    emojis = [reaction.get("emoji", "") for reaction in given.get("reaction", [])]
    if any(emoji.removesuffix("\ufe0f") not in ALLOWED for emoji in emojis):
        raise bad("REACTION_INVALID")
    if len(emojis) > 1:
        raise bad("REACTIONS_TOO_MANY")
    message.reactions[exchange.world.bot.id] = emojis
    exchange.world.tell("reaction", message, exchange.world.bot.id)
    return True


async def pin(exchange: Exchange, given: Given) -> bool:
    where = _chat_for_pinning(exchange, given)
    message = where.log.get(given["message_id"])
    if message is None:
        raise bad("message to pin not found")
    if message.message_id not in where.pins:
        where.pins.append(message.message_id)
        exchange.world.tell("pin", message)
        notice = {"pinned_message": wire.message(exchange.world, message, deep=False)}
        exchange.hear(exchange.world.post(where, exchange.world.bot.id, service=notice))
    return True


async def unpin(exchange: Exchange, given: Given) -> bool:
    where = _chat_for_pinning(exchange, given)
    wanted = given.get("message_id", where.pins[-1] if where.pins else None)
    if wanted not in where.pins:
        raise bad("message to unpin not found")
    where.pins.remove(wanted)
    exchange.world.tell("pin", where.log[wanted])
    return True


async def unpin_all(exchange: Exchange, given: Given) -> bool:
    where = _chat_for_pinning(exchange, given)
    pinned = [where.log[number] for number in where.pins]
    where.pins.clear()
    for message in pinned:
        exchange.world.tell("pin", message)
    return True


def _chat_for_pinning(exchange: Exchange, given: Given) -> Chat:
    where = chat_for_writing(exchange, given)
    allowed = where.default_rights | where.rights.get(exchange.world.bot.id, set())
    if where.kind != "private" and "can_pin_messages" not in allowed:
        raise bad("not enough rights to manage pinned messages in the chat")
    return where


WHICH = {"chat_id": chat, "message_id": integer}
METHODS = (
    method(
        "setMessageReaction",
        react,
        WHICH,
        {"reaction": many(shapes.REACTION), "is_big": boolean},
    ),
    method("pinChatMessage", pin, WHICH, {"disable_notification": boolean}),
    method("unpinChatMessage", unpin, {"chat_id": chat}, {"message_id": integer}),
    method("unpinAllChatMessages", unpin_all, {"chat_id": chat}),
)
