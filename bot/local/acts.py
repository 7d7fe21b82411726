"""What the reader of the page may do, by name: each act a few lines over people and groups."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.local.faults import Trouble
from bot.local.groups import Group
from bot.local.people import Impossible, Person
from bot.local.reading import Reader, boolean, integer, many, maybe, number, one_of, string
from bot.local.screen import Screen
from bot.local.things import Message
from bot.local.world import Change

if TYPE_CHECKING:
    from bot.local.phone import LocalTelegram

Asked: TypeAlias = dict[str, Any]
Fields: TypeAlias = dict[str, Reader]


@dataclass(frozen=True, slots=True)
class Act:
    do: Callable[[LocalTelegram, Asked], Awaitable[Any]]
    needs: Fields
    may: Fields = field(default_factory=dict)


def _person(phone: LocalTelegram, asked: Asked) -> Person:
    return Person(phone.exchange, phone.exchange.world.user(asked["person"]))


def _chat(phone: LocalTelegram, asked: Asked) -> Screen | None:
    """None is the person's own chat with the bot."""
    own = asked.get("chat", asked["person"]) == asked["person"]
    return None if own else Screen(phone.exchange, asked["chat"])


def _message(phone: LocalTelegram, asked: Asked) -> Message:
    found = phone.exchange.world.chat(asked["home"]).log.get(asked["id"])
    if found is None:
        raise Impossible("This message is gone.")
    return found


async def type_text(phone: LocalTelegram, asked: Asked) -> int:
    where = _chat(phone, asked)
    reply, topic = asked.get("reply_to"), asked.get("topic")
    person = _person(phone, asked)
    sent = await person.type(asked["text"], where, reply_to=reply, topic=topic)
    return sent.message_id


async def edit(phone: LocalTelegram, asked: Asked) -> None:
    await _person(phone, asked).edit(asked["id"], asked["text"], _chat(phone, asked))


async def tap(phone: LocalTelegram, asked: Asked) -> dict[str, Any]:
    """The toast comes back here, as it comes to the one who tapped."""
    tapped = await _person(phone, asked).tap(_message(phone, asked), asked["button"])
    try:
        toast = await tapped.answered(timeout=asked.get("patience", 15))
    except TimeoutError:
        return {"text": "", "alert": False, "url": "", "late": True}
    return {"text": toast.text, "alert": toast.alert, "url": toast.url, "late": False}


async def follow(phone: LocalTelegram, asked: Asked) -> bool:
    """Whether the link was the bot's own, and its payload has been sent."""
    return await _person(phone, asked).follow(asked["url"]) is not None


async def press(phone: LocalTelegram, asked: Asked) -> None:
    await _person(phone, asked).press(_message(phone, asked), asked["button"])


async def send(phone: LocalTelegram, asked: Asked) -> None:
    person, where = _person(phone, asked), _chat(phone, asked)
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


async def react(phone: LocalTelegram, asked: Asked) -> None:
    await _person(phone, asked).react(_message(phone, asked), *asked["emojis"])


async def vote(phone: LocalTelegram, asked: Asked) -> None:
    await _person(phone, asked).vote(_message(phone, asked), *asked["options"])


async def bar(phone: LocalTelegram, asked: Asked) -> None:
    person = _person(phone, asked)
    await (person.block() if asked["blocked"] else person.unblock())
    phone.exchange.world.feed.tell(Change("people"))


async def meet(phone: LocalTelegram, asked: Asked) -> int:
    """A new person."""
    name = asked["name"].strip()
    if not 1 <= len(name) <= 64:
        raise Impossible("A name has 1 to 64 characters.")
    number = max([1000, *(p.id for p in phone.people())]) + 1
    phone.person(number, name, asked.get("language", "en"))
    phone.exchange.world.feed.tell(Change("people"))
    return number


async def gather(phone: LocalTelegram, asked: Asked) -> int:
    """A new group of these people, with the bot in it."""
    people = [_person(phone, {"person": who}) for who in asked["people"]]
    if not people or not asked["title"].strip():
        raise Impossible("A group has a title and at least one member.")
    group = phone.group(asked["title"].strip(), *people, forum=bool(asked.get("forum")))
    phone.exchange.world.feed.tell(Change("people"))
    return group.id


async def regroup(phone: LocalTelegram, asked: Asked) -> int:
    """Something happens to a group: who joins or leaves, the bot, a topic, migration."""
    group, person = Group(phone.exchange, asked["chat"]), _person(phone, asked)
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
    phone.exchange.world.feed.tell(Change("people"))
    return group.id


async def strike(phone: LocalTelegram, asked: Asked) -> None:
    """Switches a network fault on; an empty name clears the sky."""
    phone.exchange.faults.clear()
    if asked["fault"]:
        phone.exchange.faults.strike(Trouble(asked["fault"]), seconds=asked.get("seconds", 2))
    phone.exchange.world.feed.tell(Change("fault", detail={"fault": asked["fault"]}))


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
