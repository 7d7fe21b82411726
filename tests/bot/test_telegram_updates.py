"""Every update that Telegram sends becomes the event it is, or nothing."""

import inspect
from datetime import UTC, datetime

import pytest
from telegram import Bot, ChatMemberRestricted, Update

from bot.telegram.updates import Migrated, arrival
from bot.tutor.events import (
    Arrival,
    Blocked,
    Commanded,
    InGroup,
    Located,
    Person,
    Sent,
    Started,
    Tapped,
    Typed,
    Unblocked,
)

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
BOT = 1000001
ANA = {"id": 7, "is_bot": False, "first_name": "Ana", "language_code": "es"}
SELF = {"id": BOT, "is_bot": True, "first_name": "Dropwise", "username": "dropwise_bot"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Ana"}
GROUP = {"id": -100, "type": "supergroup", "title": "Class"}


def read(update):
    return arrival(Update.de_json({"update_id": 5, **update}, Bot(f"{BOT}:x")), NOW, BOT)


def message(chat=PRIVATE, sender=ANA, **content):
    return {"message_id": 31, "date": 1772352000, "chat": chat, "from": sender, **content}


def text(typed, *entities, **more):
    marks = [{"type": t, "offset": o, "length": n} for t, o, n in entities]
    return message(text=typed, entities=marks, **more)


def command(typed, **more):
    return text(typed, ("bot_command", 0, len(typed.split()[0])), **more)


def member(status, chat=PRIVATE, was="member"):
    def of(status):
        until = {"until_date": 0} if status == "kicked" else {}
        if status == "restricted":
            until = {"until_date": 0, "is_member": True, **dict.fromkeys(RIGHTS, True)}
        return {"user": SELF, "status": status, **until}

    change = {"chat": chat, "from": ANA, "date": 1772352000}
    return {"my_chat_member": {**change, "old_chat_member": of(was), "new_chat_member": of(status)}}


PARAMETERS = inspect.signature(ChatMemberRestricted).parameters
RIGHTS = [name for name in PARAMETERS if name.startswith("can_")]
FILE = {"file_id": "f", "file_unique_id": "u"}
PICTURE = {**FILE, "width": 1, "height": 1}


@pytest.mark.parametrize(
    ("said", "event"),
    [
        (text("-1/2"), Typed("-1/2", 31)),
        (text("3 x 2"), Typed("3 x 2", 31)),
        (text("232", ("bold", 1, 1)), Typed("2**3**2", 31)),
        (text("😀 ab", ("code", 3, 2)), Typed("😀 `ab`", 31)),
        (command("/start"), Started()),
        (command("/start group_12"), Started("group_12")),
        (command("/START@dropwise_bot x"), Started("x")),
        (command("/pause until Monday"), Commanded("pause", "until Monday")),
        (command("/ask   what is\na bias? "), Commanded("ask", "what is\na bias?")),
        (command("/2"), Typed("/2", 31)),
        (text("half /2", ("bot_command", 5, 2)), Typed("half /2", 31)),
        (message(location={"latitude": 52.5, "longitude": 13.25}), Located(52.5, 13.25)),
        (message(photo=[PICTURE], caption="my page"), Sent("photo")),
        (message(voice={**FILE, "duration": 1}), Sent("voice")),
        (message(document=FILE), Sent("document")),
        (message(video={**PICTURE, "duration": 1}), Sent("video")),
        (
            message(
                sticker={**PICTURE, "type": "regular", "is_animated": False, "is_video": False}
            ),
            Sent("sticker"),
        ),
        (message(dice={"emoji": "🎲", "value": 3}), Sent("dice")),
    ],
)
def test_what_a_learner_sends_in_private_is_the_event_it_is(said, event):
    assert read({"message": said}) == Arrival("update:5", 7, Person(7, "Ana", "es"), event, NOW)


def test_an_edited_message_is_typed_again():
    assert read({"edited_message": text("4", edit_date=1772352009)}).event == Typed(
        "4", 31, edited=True
    )


def test_a_tap_brings_its_data_its_message_and_what_waits_for_an_answer():
    query = {"id": "q9", "from": ANA, "chat_instance": "c", "data": "go:3"}
    read_tap = read({"callback_query": {**query, "message": text("ready?", sender=SELF)}})
    assert read_tap == Arrival(
        "update:5", 7, Person(7, "Ana", "es"), Tapped("go:3", 31), NOW, tap="q9"
    )


def test_a_tap_on_a_message_too_old_to_be_told_is_a_tap():
    query = {"id": "q9", "from": ANA, "chat_instance": "c", "data": "go:3"}
    gone = {"chat": PRIVATE, "message_id": 31, "date": 0}
    assert read({"callback_query": {**query, "message": gone}}).event == Tapped("go:3", 31)


def test_a_tap_in_a_group_is_its_tappers_own():
    query = {"id": "q9", "from": ANA, "chat_instance": "c", "data": "mute"}
    read_tap = read({"callback_query": {**query, "message": text("card", sender=SELF, chat=GROUP)}})
    assert (read_tap.chat, read_tap.person.user, read_tap.event) == (
        -100,
        7,
        InGroup("tapped", "mute", 31),
    )


@pytest.mark.parametrize(
    ("update", "event"),
    [
        (member("kicked"), Blocked()),
        (member("member", was="kicked"), Unblocked()),
        (member("member", GROUP, was="left"), InGroup("added", title="Class")),
        (member("kicked", GROUP), InGroup("removed", title="Class")),
        (member("left", GROUP), InGroup("removed", title="Class")),
    ],
)
def test_coming_and_going(update, event):
    assert read(update).event == event


@pytest.mark.parametrize(
    ("said", "event"),
    [
        (command("/start@dropwise_bot", chat=GROUP), InGroup("command", "start", 31)),
        (command("/pause@dropwise_bot today", chat=GROUP), InGroup("command", "pause today", 31)),
        (
            text("-1", chat=GROUP, reply_to_message=text("z?", sender=SELF, chat=GROUP)),
            InGroup("reply", "-1", 31),
        ),
    ],
)
def test_a_group_speaks_to_the_bot_by_commands_and_replies(said, event):
    assert read({"message": said}) == Arrival("update:5", -100, Person(7, "Ana", "es"), event, NOW)


@pytest.mark.parametrize(
    "update",
    [
        {"message": text("hello all", chat=GROUP)},
        {"message": text("no", chat=GROUP, reply_to_message=text("yes?", chat=GROUP))},
        {"message": message(chat=GROUP, photo=[PICTURE])},
        {"message": message(chat=GROUP, new_chat_title="Our class")},
        {"message": message(pinned_message=text("pinned"))},
        {"message": text("I am a bot", sender={**SELF, "id": 9})},
        {"edited_message": message(photo=[PICTURE], caption="new words")},
        {"edited_message": message(location={"latitude": 1, "longitude": 2})},
        {"channel_post": message(chat={"id": -9, "type": "channel"}, text="news")},
        member("restricted", GROUP),
        {"edited_channel_post": message(chat={"id": -9, "type": "channel"}, text="older news")},
    ],
)
def test_the_rest_is_nobodys_business(update):
    assert read(update) is None


@pytest.mark.parametrize(
    "said",
    [
        message(chat={"id": -4, "type": "group"}, migrate_to_chat_id=-1004),
        message(chat={"id": -1004, "type": "supergroup"}, migrate_from_chat_id=-4),
    ],
)
def test_a_group_that_grew_tells_both_its_numbers(said):
    assert read({"message": said}) == Migrated(-4, -1004)
