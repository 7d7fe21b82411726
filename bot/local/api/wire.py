"""Values of the world in the words of the Bot API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.local.entities import Entity, to_wire
from bot.local.things import Chat, File, Message, Poll, User
from bot.local.world import World

Json = dict[str, Any]
GROUP_BOT = User(1087968824, "Group", "GroupAnonymousBot", is_bot=True)
TEXTLESS = {"sticker"}


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def user(one: User) -> Json:
    wire: Json = {"id": one.id, "is_bot": one.is_bot, "first_name": one.first_name}
    if one.username:
        wire["username"] = one.username
    if one.language:
        wire["language_code"] = one.language
    return wire


def chat(world: World, one: Chat) -> Json:
    wire: Json = {"id": one.id, "type": one.kind}
    if one.kind == "private":
        person = world.state.users[one.id]
        wire["first_name"] = person.first_name
        return wire | ({"username": person.username} if person.username else {})
    wire["title"] = one.title
    return wire | ({"is_forum": True} if one.forum else {})


def entities(world: World, some: Sequence[Entity]) -> list[Json]:
    people = world.state.users
    return [to_wire(e, user(people[e.user]) if e.user in people else None) for e in some]


def file(one: File) -> Json:
    wire: Json = {
        "file_id": one.file_id,
        "file_unique_id": one.unique,
        "file_size": len(one.content),
    }
    if one.kind in {"photo", "sticker", "video", "animation"}:
        wire |= {"width": one.width, "height": one.height}
    if one.kind in {"voice", "video", "animation", "audio"}:
        wire["duration"] = one.duration
    if one.kind == "sticker":
        wire |= {"type": "regular", "is_animated": False, "is_video": False, "emoji": one.name}
    if one.kind in {"document", "voice", "video", "animation", "audio"}:
        wire["mime_type"] = one.mime
    return wire | ({"file_name": one.name} if one.kind == "document" else {})


def poll(world: World, one: Poll, *, tell_right: bool = True) -> Json:
    shown = one.closed or not one.hidden
    counts = [sum(i in vote for vote in one.votes.values()) if shown else 0 for i in _each(one)]
    wire: Json = {
        "id": one.id,
        "question": one.question,
        "options": [
            {"persistent_id": f"{one.id}-{i}", "text": text, "voter_count": counts[i]}
            for i, text in enumerate(one.options)
        ],
        "total_voter_count": len(one.votes),
        "is_closed": one.closed,
        "is_anonymous": one.anonymous,
        "type": one.kind,
        "allows_multiple_answers": one.several,
        "allows_revoting": one.kind == "regular",
        "members_only": False,
    }
    if one.kind == "quiz" and tell_right:
        wire["correct_option_ids"] = one.right
    if one.explanation:
        wire["explanation"] = one.explanation
        wire["explanation_entities"] = entities(world, one.explanation_entities)
    return wire


def _each(one: Poll) -> range:
    return range(len(one.options))


def message(world: World, one: Message, *, deep: bool = True) -> Json:
    where = world.chat(one.chat_id)
    wire: Json = {
        "message_id": one.message_id,
        "date": seconds(one.date),
        "chat": chat(world, where),
        "from": user(GROUP_BOT if one.anonymous else world.user(one.sender)),
    }
    if one.anonymous:
        wire["sender_chat"] = chat(world, where)
    if one.topic is not None:
        wire |= {"message_thread_id": one.topic, "is_topic_message": True}
    if one.edited_at is not None:
        wire["edit_date"] = seconds(one.edited_at)
    answered = where.log.get(one.reply_to) if one.reply_to is not None else None
    if answered is not None and deep:
        wire["reply_to_message"] = message(world, answered, deep=False)
    if one.markup and "inline_keyboard" in one.markup:
        wire["reply_markup"] = one.markup
    return wire | one.service | _content(world, one)


def _content(world: World, one: Message) -> Json:
    wire: Json = {}
    words, marks = ("caption", "caption_entities") if one.file else ("text", "entities")
    if one.text:
        wire[words] = one.text
    if one.entities:
        wire[marks] = entities(world, one.entities)
    if one.file:
        sizes = [*one.file.smaller, one.file]
        wire[one.file.kind] = (
            [file(s) for s in sizes] if one.file.kind == "photo" else file(one.file)
        )
    if one.location:
        wire["location"] = {"latitude": one.location[0], "longitude": one.location[1]}
    if one.poll:
        wire["poll"] = poll(world, one.poll)
    return wire


def member(world: World, where: Chat, user_id: int) -> Json:
    status = where.members.get(user_id, "left")
    wire: Json = {"user": user(world.user(user_id)), "status": status}
    if status == "creator":
        return wire | {"is_anonymous": False}
    if status == "kicked":
        return wire | {"until_date": 0}
    if status != "administrator":
        return wire
    rights = where.rights.get(user_id, set())
    return wire | {"can_be_edited": False} | {right: right in rights for right in RIGHTS}


RIGHTS = (
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)
