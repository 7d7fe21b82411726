"""Whatever a learner, the clock and the world may do, as strategies and as acts in a chat."""

from __future__ import annotations

import re
from datetime import timedelta

from hypothesis import strategies as st

from bot.tutor.commands import COMMANDS
from bot.tutor.events import (
    Announced,
    Blocked,
    DropDue,
    Idle,
    Tapped,
    TaskDone,
    Unblocked,
)

TEXTS = ["3", "−1/2", "1,5", "7.30", "Berlin", "a", "2 1 3", "what is a bias?", "hint", "<b>&", "?"]
WISHES = ["/pause until Monday", "/report odd", "/start x", "/nothing", "yes", "22:15", "Auckland"]
CITIES = ["Auckland", "Los Angeles", "Berlin", "Apia"]
TAGS = re.compile(r"<(/?)(\w+)[^>]*>")


def acts():
    number = st.integers(0, 30)
    return st.one_of(
        st.tuples(st.just("solve"), number),
        st.tuples(st.just("type"), st.sampled_from(TEXTS)),
        st.tuples(st.just("type"), st.sampled_from([f"/{name}" for name in COMMANDS])),
        st.tuples(st.just("type"), st.sampled_from(WISHES)),
        st.tuples(st.just("tap"), number),
        st.tuples(st.just("tap"), number),
        st.tuples(st.just("edit"), st.sampled_from(TEXTS)),
        st.tuples(st.just("repeat"), st.sampled_from(TEXTS)),
        st.tuples(st.just("pass"), st.sampled_from([1, 20, 30, 24 * 8, 24 * 40])),
        st.tuples(st.just("down"), st.sampled_from([1, 7, 30])),
        st.tuples(
            st.just("event"),
            st.sampled_from(["photo", "place", "block", "task", "tick", "idle", "announce"]),
        ),
    )


def days():
    """What moves hours, dates and drops, beside all the rest."""
    return st.one_of(moves("pass", "down", "travel", "drop"), acts())


def moves(*kinds):
    return st.tuples(st.sampled_from(kinds), st.integers(1, 30))


def spend(chat, what, value):
    """One of `days`."""
    match what:
        case "drop":
            chat.type("/today")
            chat.finish_drop()
        case "travel":
            travel(chat, CITIES[value % len(CITIES)])
        case _:
            act(chat, what, value)


def act(chat, what, value):
    match what:
        case "solve" if chat.open:
            chat.solve()
        case "type":
            chat.type(value)
        case "tap" if chat.ever:
            button, message = chat.ever[-1 - value % len(chat.ever)]
            chat.event(Tapped(button.tap or "nonsense", message))
        case "edit" if chat.mine:
            chat.edit(value)
        case "repeat" if chat.mine:
            chat.repeat(value)
        case "pass":
            chat.until(chat.now + timedelta(hours=value))
        case "down":
            chat.now += timedelta(hours=value)  # what falls due comes late
        case "event":
            happen(chat, value)


def travel(chat, city):
    chat.type("/settings")
    if "Place" in chat.labels():
        chat.tap("Place")
        chat.type(city)
        chat.type("yes")


def happen(chat, what):
    match what:
        case "photo":
            chat.send("photo")
        case "place":
            chat.share(35.68, 139.69)
        case "block":
            chat.event(Blocked())
            chat.event(Unblocked())
        case "task":
            chat.event(TaskDone("figure", ""))
        case "tick":
            chat.event(DropDue((chat.now + timedelta(days=1)).date()))
        case "idle":
            chat.event(Idle())
        case "announce":
            chat.event(Announced("Hello & <welcome>"))


def can_be_sent(say):
    assert say.text.strip()
    assert len(say.text) <= 1024
    open_tags = []
    for closing, tag in TAGS.findall(say.text):
        assert tag in ("b", "i", "u", "s", "a", "code", "pre", "blockquote"), say.text
        if not closing:
            open_tags.append(tag)
        else:
            assert open_tags.pop() == tag, say.text
    assert not open_tags, say.text
    for row in say.buttons:
        assert row
        for button in row:
            assert button.label
            assert len(button.tap.encode()) <= 64
