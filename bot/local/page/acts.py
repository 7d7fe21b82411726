"""What the reader of the page may do, by name: each act a few lines over people and groups."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bot.local.api.faults import Trouble
from bot.local.api.reading import Reader, boolean, integer, many, maybe, number, one_of, string
from bot.local.groups import Group
from bot.local.people import Impossible, Person
from bot.local.screen import Screen
from bot.local.things import Message
from bot.local.town import Town
from bot.local.world import Change

Asked: TypeAlias = dict[str, Any]
Fields: TypeAlias = dict[str, Reader]


@dataclass(frozen=True, slots=True)
class Act:
    do: Callable[[Town, Asked], Awaitable[Any]]
    needs: Fields
    may: Fields = field(default_factory=dict)


def _person(town: Town, asked: Asked) -> Person:
    return Person(town.exchange, town.exchange.world.user(asked["person"]))


def _chat(town: Town, asked: Asked) -> Screen | None:
    """None is the person's own chat with the bot."""
    own = asked.get("chat", asked["person"]) == asked["person"]
    return None if own else Screen(town.exchange, asked["chat"])


def _message(town: Town, asked: Asked) -> Message:
    found = town.exchange.world.chat(asked["home"]).log.get(asked["id"])
    if found is None:
        raise Impossible("This message is gone.")
    return found


async def type_text(town: Town, asked: Asked) -> int:
    where = _chat(town, asked)
    reply, topic = asked.get("reply_to"), asked.get("topic")
    person = _person(town, asked)
    sent = await person.type(asked["text"], where, reply_to=reply, topic=topic)
    return sent.message_id


async def edit(town: Town, asked: Asked) -> None:
    await _person(town, asked).edit(asked["id"], asked["text"], _chat(town, asked))


async def tap(town: Town, asked: Asked) -> dict[str, Any]:
    """The toast comes back here, as it comes to the one who tapped."""
    tapped = await _person(town, asked).tap(_message(town, asked), asked["button"])
    try:
        toast = await tapped.answered(timeout=asked.get("patience", 15))
    except TimeoutError:
        return {"text": "", "alert": False, "url": "", "late": True}
    return {"text": toast.text, "alert": toast.alert, "url": toast.url, "late": False}


async def follow(town: Town, asked: Asked) -> bool:
    """Whether the link was the bot's own, and its payload has been sent."""
    return await _person(town, asked).follow(asked["url"]) is not None


async def press(town: Town, asked: Asked) -> None:
    await _person(town, asked).press(_message(town, asked), asked["button"])


async def send(town: Town, asked: Asked) -> None:
    person, where = _person(town, asked), _chat(town, asked)
    content = _bytes(asked.get("content", ""))
    match asked["what"]:
        case "photo":
            await person.send_photo(content or None, asked.get("caption", ""), where)
        case "document":
            await person.send_document(content, asked.get("name", "file"), where)
        case "voice":
            await person.send_voice(where)
        case "sticker":
            await person.send_sticker(chat=where)
        case "location":
            place = asked.get("latitude", 0.0), asked.get("longitude", 0.0)
            await person.send_location(*place, where)


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except ValueError:
        raise Impossible("The content of a file comes as base64.") from None


async def react(town: Town, asked: Asked) -> None:
    await _person(town, asked).react(_message(town, asked), *asked["emojis"])


async def vote(town: Town, asked: Asked) -> None:
    await _person(town, asked).vote(_message(town, asked), *asked["options"])


async def bar(town: Town, asked: Asked) -> None:
    person = _person(town, asked)
    await (person.block() if asked["blocked"] else person.unblock())
    town.exchange.world.feed.tell(Change("people"))


async def meet(town: Town, asked: Asked) -> int:
    """A new person."""
    name = asked["name"].strip()
    if not 1 <= len(name) <= 64:
        raise Impossible("A name has 1 to 64 characters.")
    number = max([1000, *(p.id for p in town.people())]) + 1
    town.person(number, name, asked.get("language", "en"))
    town.exchange.world.feed.tell(Change("people"))
    return number


async def gather(town: Town, asked: Asked) -> int:
    """A new group of these people, with the bot in it."""
    people = [_person(town, {"person": who}) for who in asked["people"]]
    if not people or not asked["title"].strip():
        raise Impossible("A group has a title and at least one member.")
    group = town.group(asked["title"].strip(), *people, forum=bool(asked.get("forum")))
    town.exchange.world.feed.tell(Change("people"))
    return group.id


async def regroup(town: Town, asked: Asked) -> int:
    """Something happens to a group: who joins or leaves, the bot, a topic, migration."""
    group, person = Group(town.exchange, asked["chat"]), _person(town, asked)
    if group.chat.kind == "private":
        raise Impossible("This chat is no group.")
    match asked["what"]:
        case "join":
            await group.join(person)
        case "leave":
            await group.leave(person)
        case "add-bot":
            await group.add_bot(person)
        case "remove-bot":
            await group.remove_bot(person)
        case "promote":
            await group.promote(person)
        case "promote-bot":
            await group.promote_bot(by=person)
        case "topic":
            await group.topic(person, asked.get("name", "Topic"))
        case "migrate":
            await group.migrate()
    town.exchange.world.feed.tell(Change("people"))
    return group.id


async def strike(town: Town, asked: Asked) -> None:
    """Switches a network fault on; an empty name clears the sky."""
    town.exchange.faults.clear()
    if asked["fault"]:
        town.exchange.faults.strike(Trouble(asked["fault"]), seconds=asked.get("seconds", 2))
    town.exchange.world.feed.tell(Change("fault", detail={"fault": asked["fault"]}))


PERSON: Fields = {"person": integer}
CHAT: Fields = {"chat": integer}  # by default the person's own with the bot
MESSAGE: Fields = PERSON | {"home": integer, "id": integer}
OF_GROUPS = one_of(
    "join", "leave", "add-bot", "remove-bot", "promote", "promote-bot", "topic", "migrate"
)
ACTS: dict[str, Act] = {
    "type": Act(
        type_text,
        PERSON | {"text": string},
        CHAT | {"reply_to": maybe(integer), "topic": maybe(integer)},
    ),
    "edit": Act(edit, PERSON | {"id": integer, "text": string}, CHAT),
    "tap": Act(tap, MESSAGE | {"button": integer}, {"patience": number}),
    "follow": Act(follow, PERSON | {"url": string}),
    "press": Act(press, MESSAGE | {"button": integer}),
    "send": Act(
        send,
        PERSON | {"what": one_of("photo", "document", "voice", "sticker", "location")},
        CHAT
        | {"content": string, "caption": string, "name": string}
        | {"latitude": number, "longitude": number},
    ),
    "react": Act(react, MESSAGE | {"emojis": many(string)}),
    "vote": Act(vote, MESSAGE | {"options": many(integer)}),
    "bar": Act(bar, PERSON | {"blocked": boolean}),
    "meet": Act(meet, {"name": string}, {"language": string}),
    "gather": Act(gather, {"title": string, "people": many(integer)}, {"forum": boolean}),
    "regroup": Act(regroup, PERSON | {"chat": integer, "what": OF_GROUPS}, {"name": string}),
    "strike": Act(
        strike, {"fault": one_of("", *(one.value for one in Trouble))}, {"seconds": number}
    ),
}
