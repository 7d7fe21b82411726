"""The page's addresses, given what no page of ours would send: 400 and a sentence, never a 500."""

import json
import re
from datetime import UTC, datetime

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.local import LocalTelegram, StillClock
from bot.local.page.acts import ACTS

NO_OBJECT = {"This address expects JSON.", "This address expects an Object."}
JSON = {"Content-Type": "application/json"}
ADDRESSES = ["/page/clock", *(f"/page/act/{name}" for name in ACTS)]
FINE = {
    "person": 1, "chat": 1, "home": 1, "id": 2, "text": "x", "button": 0, "url": "https://a.org",
    "what": "photo", "content": "", "name": "Zoe", "emojis": ["👍"], "options": [0],
    "blocked": False, "language": "en", "people": [1], "title": "Study", "forum": False,
    "fault": "", "seconds": 1, "latitude": 1, "longitude": 2, "reply_to": None, "topic": None,
    "caption": "", "patience": 0,
}  # fmt: skip
OF_CLOCK = {"to": "date", "chat": 1, "date": "2024-07-01T09:30", "zone": "UTC"}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture
async def page(phone, ana):
    del ana
    async with aiohttp.ClientSession(phone.url) as session:
        yield session


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b"[]", b"7", b'"x"', b"null", b"[" * 9999]
)
async def test_what_is_no_object_of_json_is_told_so(page, address, body):
    async with page.post(address, data=body, headers=JSON) as answer:
        assert answer.status == 400
        assert (await answer.json())["impossible"] in NO_OBJECT


@pytest.mark.parametrize("address", ADDRESSES)
async def test_a_field_that_is_missing_is_named(page, address):
    async with page.post(address, json={}) as answer:
        assert answer.status == 400
        words = (await answer.json())["impossible"]
        assert re.fullmatch(r'This address expects the field "\w+"\.', words)


@pytest.mark.parametrize("query", ["", "?chat=", "?chat=x", "?chat=1.5", "?chat=" + "9" * 30])
async def test_the_inspector_asks_which_chat(query):
    clock = StillClock(datetime(2024, 3, 1, tzinfo=UTC))
    async with (
        LocalTelegram(clock, inspect=lambda chat: {"chat": chat}) as phone,
        aiohttp.ClientSession(phone.url) as session,
        session.get(f"/page/inspect{query}") as answer,
    ):
        assert answer.status == 400
        assert "chat" in (await answer.json())["impossible"]


@pytest.mark.parametrize("address", ADDRESSES)
async def test_nothing_makes_it_break(page, address):
    fine = fields(address)

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.dictionaries(st.sampled_from(sorted(fine)), ANYTHING, max_size=2))
    def asked(slips):
        bodies.append(json.dumps(fine | slips))

    bodies = []
    asked()
    for body in bodies:
        async with page.post(address, data=body, headers=JSON) as answer:
            assert answer.status in (200, 400, 404, 409), (body, await answer.text())
            if answer.status in (400, 409):
                assert (await answer.json())["impossible"]


def fields(address):
    """What this address takes, all of it right."""
    if address == "/page/clock":
        return OF_CLOCK
    act = ACTS[address.rpartition("/")[2]]
    return {name: FINE[name] for name in (*act.needs, *act.may)}
