"""A button's data comes from whoever sends it: no forged tap, link or text breaks a turn."""

from __future__ import annotations

import re
from copy import deepcopy
from functools import cache
from html import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tutor_chat import Chat
from tutor_course import SMALL

from bot.tutor.events import Person, Started, Tapped, UserId
from bot.tutor.scene import tag_of
from bot.tutor.tapping import ANY_TIME, OPEN
from bot.tutor.turn import Say

ODD = [
    "",
    "-1",
    "0",
    "7",
    "9" * 40,
    "²",
    "½",
    "NaN",
    "../..",
    "<b>",
    "é/ü",
    "25:61",
    "Mars/Base",
    "yes",
]
RESTS = st.one_of(st.sampled_from(ODD), st.text(max_size=30))
NAMES = st.sampled_from([*OPEN, *ANY_TIME, "desk", "g", "group", "nonsense", ""])
ALLOWED = re.compile(r"</?(?:b|i|u|s|a|code|pre|tg-spoiler|blockquote)(?:\s[^<>]*)?>")


@cache
def talks():
    """A stranger, one amid a drop, one whose drop is done and whose hour is set."""
    stranger, amid, done = Chat(SMALL), Chat(SMALL), Chat(SMALL)
    amid.start()
    done.start()
    done.finish_drop()
    done.tap("Yes")
    return stranger, amid, done


def is_html(text):
    return "<" not in ALLOWED.sub("", text)


def tags_of(chat):
    return [tag_of(chat.learner.stage)] if chat.open else []


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(which=st.integers(0, 2), name=NAMES, rests=st.lists(RESTS, max_size=3), tagged=st.booleans())
def test_no_forged_tap_breaks_a_turn(which, name, rests, tagged):
    chat = deepcopy(talks()[which])
    turn = chat.event(Tapped("/".join([name, *(tags_of(chat) if tagged else []), *rests]), 3))
    assert all(is_html(said.text) for said in turn.says if isinstance(said, Say))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(which=st.integers(0, 2), payload=st.one_of(RESTS, st.from_regex(r"[A-Za-z0-9_-]{1,64}")))
def test_no_forged_link_breaks_a_turn(which, payload):
    chat = deepcopy(talks()[which])
    turn = chat.event(Started(payload))
    assert all(is_html(said.text) for said in turn.says if isinstance(said, Say))


HOSTILE = '<a href="tg://user?id=1">Ana</a> & <b>'


@pytest.mark.parametrize(
    "typed", ["<b>", "&lt;i&gt;", HOSTILE, "</blockquote>", "3 < 4 > 2", "\x00<i"]
)
def test_names_and_whatever_is_echoed_are_words_and_never_markup(typed):
    chat = Chat(SMALL, Person(UserId(7), HOSTILE, "en-DE"))
    chat.start()
    chat.type(typed)
    for command in (
        "/progress",
        "/settings",
        f"/ask {typed}",
        f"/nothing {typed}",
        f"/proof {typed}",
    ):
        chat.type(command)
    said = [say.text for turn in chat.turns for say in turn.says if isinstance(say, Say)]
    assert any(escape(HOSTILE, quote=False) in text for text in said)
    for text in said:
        assert is_html(text)
        assert "tg://user?id=1" not in text.replace(escape(HOSTILE, quote=False), "")


@pytest.mark.parametrize("data", ["forget/yes", "switch/0", "dispute", "show"])
def test_a_tap_acts_for_the_learner_who_tapped_and_for_no_other(data):
    ana, ben = Chat(SMALL), Chat(SMALL)
    ana.start()
    before = ana.learner
    ben.event(Tapped(data, 3))
    assert ana.learner == before
