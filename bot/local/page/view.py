"""Values of the world as the page draws them."""

from __future__ import annotations

from typing import Any

from bot.local.api.exchange import Exchange
from bot.local.api.methods.profile import commands_seen
from bot.local.entities import to_html
from bot.local.things import Button, Chat, File, Message, Poll
from bot.local.world import Change

Json = dict[str, Any]
SERVICE = {
    "new_chat_members": "{names} joined",
    "left_chat_member": "{names} left",
    "pinned_message": "{who} pinned a message",
    "forum_topic_created": "{who} made the topic “{topic}”",
    "migrate_to_chat_id": "This group became a supergroup",
    "migrate_from_chat_id": "This supergroup was a group before",
}


def message(exchange: Exchange, one: Message) -> Json:
    chat = exchange.world.chat(one.chat_id)
    sender = exchange.world.user(one.sender)
    said = {
        "chat": shown_in(chat),
        "home": chat.id,
        "id": one.message_id,
        "sender": one.sender,
        "name": chat.title if one.anonymous else sender.first_name,
        "bot": sender.is_bot,
        "time": one.date.isoformat(),
        "html": to_html(one.text, one.entities, live=True),
        "service": _service(exchange, one),
        "file": _file(one.file) if one.file else None,
        "location": one.location,
        "poll": _poll(one.poll) if one.poll else None,
        "reply": _reply(exchange, chat, one),
        "topic": one.topic,
        "edited": one.edited_at is not None,
        "silent": one.silent,
        "pinned": one.message_id in chat.pins,
        "reactions": _reactions(one),
    }
    return said | _keys(chat, one)


def _keys(chat: Chat, one: Message) -> Json:
    """What can be tapped, and what the message does to the keyboard of its reader."""
    markup = one.markup or {}
    return {
        "buttons": [[_button(button) for button in row] for row in one.buttons],
        "keyboard": [[_button(key) for key in row] for row in one.keyboard],
        "unkeyed": bool(markup.get("remove_keyboard")),
        "hint": markup.get("input_field_placeholder", ""),
        "force_reply": one.force_reply,
        "once": bool(markup.get("one_time_keyboard")),
        "only_for": _only_for(chat, one),
    }


def _only_for(chat: Chat, one: Message) -> int | None:
    """A selective keyboard or forced reply is for whom the message answers."""
    answered = chat.log.get(one.reply_to) if one.reply_to is not None else None
    selective = bool((one.markup or {}).get("selective"))
    return answered.sender if selective and answered else None


def shown_in(chat: Chat) -> int:
    """A group that moved is shown where it is now."""
    return chat.id if chat.moved_to is None else chat.moved_to


def _service(exchange: Exchange, one: Message) -> str:
    for kind, words in SERVICE.items():
        if kind in one.service:
            what = one.service[kind]
            people = what if isinstance(what, list) else [what]
            names = ", ".join(p.get("first_name", "") for p in people if isinstance(p, dict))
            topic = what.get("name", "") if isinstance(what, dict) else ""
            who = exchange.world.user(one.sender).first_name
            return words.format(names=names, who=who, topic=topic)
    return ""


def _file(one: File) -> Json:
    size = {"width": one.width, "height": one.height, "bytes": len(one.content)}
    return {"kind": one.kind, "name": one.name, "url": f"/page/file/{one.file_id}", **size}


def _button(one: Button) -> Json:
    return {"label": one.label, "url": one.url, "asks": one.asks}


def _poll(one: Poll) -> Json:
    shown = one.closed or not one.hidden
    counts = [sum(i in vote for vote in one.votes.values()) for i in range(len(one.options))]
    return {
        "question": one.question,
        "options": one.options,
        "counts": counts if shown else None,
        "votes": {str(who): chosen for who, chosen in one.votes.items()},
        "closed": one.closed,
        "several": one.several,
        "quiz": one.kind == "quiz",
        "right": one.right,
        "anonymous": one.anonymous,
        "explanation": one.explanation,
    }


def _reply(exchange: Exchange, chat: Chat, one: Message) -> Json | None:
    answered = chat.log.get(one.reply_to) if one.reply_to is not None else None
    if answered is None:
        return None
    name = exchange.world.user(answered.sender).first_name
    words = answered.text or (answered.file.kind if answered.file else "a message")
    return {"id": answered.message_id, "name": name, "text": words[:80]}


def _reactions(one: Message) -> dict[str, int]:
    all_of_them = [emoji for emojis in one.reactions.values() for emoji in emojis]
    return {emoji: all_of_them.count(emoji) for emoji in dict.fromkeys(all_of_them)}


def chat(exchange: Exchange, one: Chat) -> Json:
    users = exchange.world.state.users
    present = [who for who in one.members if one.has(who) and not users[who].is_bot]
    return {
        "id": one.id,
        "kind": one.kind,
        "title": one.title or users[one.id].first_name,
        "forum": one.forum,
        "members": present,
        "bot": one.has(exchange.world.bot.id),
        "blocked": one.blocked,
        "topics": {str(topic): name for topic, name in one.topics.items()},
        "commands": {str(who): commands_seen(exchange, one, who) for who in present},
    }


def chats(exchange: Exchange) -> list[Json]:
    """Every chat that there is, and an empty one for each person who has not begun."""
    state = exchange.world.state
    people = [user.id for user in state.users.values() if not user.is_bot]
    unbegun = [Chat(who, "private", members={who: "member"}) for who in people]
    current = [one for one in state.chats.values() if one.moved_to is None]
    return [chat(exchange, one) for one in current] + [
        chat(exchange, one) for one in unbegun if one.id not in state.chats
    ]


def whole(exchange: Exchange) -> Json:
    """All that a page needs when it opens."""
    world = exchange.world
    people = [user for user in world.state.users.values() if not user.is_bot]
    messages = [m for one in world.state.chats.values() for m in one.log.values()]
    strike = exchange.faults.now
    return {
        "bot": {"name": world.bot.first_name, "username": world.bot.username},
        "about": world.state.profile.get("description []", ""),
        "now": world.now().isoformat(),
        "people": [{"id": p.id, "name": p.first_name, "language": p.language} for p in people],
        "chats": chats(exchange),
        "messages": [message(exchange, m) for m in sorted(messages, key=lambda m: m.date)],
        "fault": strike.value if strike else "",
    }


def change(exchange: Exchange, one: Change) -> Json:
    seen: Json = {"kind": one.kind, "chat": one.chat_id, "user": one.user_id, **one.detail}
    seen["now"] = exchange.world.now().isoformat()
    if one.kind == "delete" and one.message is not None:
        return seen | {"id": one.message.message_id}
    if one.message is not None:
        return seen | {"message": message(exchange, one.message)}
    return seen
