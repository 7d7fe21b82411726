"""What is kept comes back as it was; what older and newer versions kept comes back as well."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rows import NOON, keep, learner

from bot.storage import packing
from bot.tutor.events import Arrival, ChatId, Event, Person, Typed, UserId
from bot.tutor.learner import Answering, Learner, Rhythm
from bot.tutor.turn import Attempt, Button, Lane, Say, Utterance

MOMENTS = st.datetimes(timezones=st.just(UTC))
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
ODD = "½ \x00 \ud800 ' \" ; DROP TABLE learner; −3 🙂"


@pytest.fixture(scope="module", autouse=True)
def _moments_are_in_utc():
    with pytest.MonkeyPatch.context():
        st.register_type_strategy(datetime, MOMENTS)
        st.register_type_strategy(float, NUMBERS)
        yield


def through_json(row):
    kept = {name: row.pop(name) for name in ("next_drop", "last_drop", "at") if name in row}
    return json.loads(json.dumps(row)) | kept


@given(st.data())
@settings(deadline=None, max_examples=200)
def test_an_event_comes_back_as_it_was(data):
    event = data.draw(st.from_type(Event))
    assert packing.unpack_event(through_json(packing.pack_event(event))) == event


@given(st.data())
@settings(deadline=None, max_examples=100)
def test_an_utterance_comes_back_as_it_was(data):
    said = data.draw(st.from_type(Utterance))
    packed = through_json(packing.pack_utterance(said))
    columns = {name: getattr(said, name, None) for name in ("lane", "slot", "needed")}
    assert not set(packed) & set(columns)
    assert packing.unpack_utterance(packed, columns) == said


@given(st.data())
@settings(deadline=None, max_examples=100)
def test_a_learner_comes_back_as_they_were(data):
    one = data.draw(st.from_type(Learner))
    assert packing.unpack_learner(through_json(packing.pack_learner(one))) == one


@given(st.data())
@settings(deadline=None, max_examples=50)
def test_an_attempts_columns_are_not_repeated_in_its_detail(data):
    attempt = data.draw(st.from_type(Attempt))
    row = through_json(packing.pack_attempt(attempt))
    assert row["detail"]["text"] == attempt.text
    assert not {"family", "kind", "misconceptions"} & set(row["detail"]["verdict"])
    assert not {"lesson", "exercise", "at"} & set(row["detail"])


def test_no_column_of_a_learner_is_repeated_in_the_rest():
    one = learner(7, rhythm=Rhythm("UTC", "08:00"), next_drop=NOON)
    row = packing.pack_learner(one)
    assert not {"user", "next_drop", "last_drop"} & set(row["state"])
    assert row["state"]["rhythm"] == {}


def test_a_learner_of_an_older_version_has_the_new_fields_defaults():
    row = packing.pack_learner(learner(7, stage=Answering("lesson", "one", {"w": "1/2"})))
    for name in set(row["state"]) - {"name", "language", "seed", "path", "stage"}:
        del row["state"][name]
    row["state"]["stage"] = {"is": "Answering", "lesson": "lesson", "exercise": "one", "values": {}}
    assert packing.unpack_learner(row) == learner(7, stage=Answering("lesson", "one", {}))


def test_a_learner_of_a_newer_version_is_read_without_its_new_fields():
    row = packing.pack_learner(learner(7))
    row["state"] |= {"mood": "bright", "pets": [1, 2]}
    assert packing.unpack_learner(row) == learner(7)


async def test_what_nobody_expects_to_be_typed_goes_through_the_database(storage):
    person = Person(UserId(7), ODD, "x" * 400)
    arrival = Arrival("update:1", ChatId(7), person, Typed(ODD, 1), NOON)
    await storage.accept([arrival])
    assert await storage.claim_arrivals(1, NOON) == [(arrival, False)]


def test_a_learner_goes_through_the_database_with_their_moments(storage):
    one = learner(7, rhythm=Rhythm("Asia/Tokyo", "08:00"), next_drop=NOON, last_drop=NOON.date())
    keep(storage, one)
    from bot.storage import people

    assert storage.call(people.learner, 7) == one


async def test_an_arrival_of_a_kind_that_is_not_known_is_put_aside(storage):
    import sqlalchemy as sa

    from bot.storage import tables

    await storage.accept(
        [Arrival(f"update:{n}", ChatId(7), None, Typed("a", n), NOON) for n in (1, 2)]
    )

    def from_the_future(connection):
        first = sa.update(tables.inbox).where(tables.inbox.c.number == 1)
        connection.execute(first.values(event={"is": "Dreamt", "of": "sheep"}))

    await storage.run(from_the_future)
    assert await storage.claim_arrivals(5, NOON) == []
    ((second, _),) = await storage.claim_arrivals(5, NOON)
    assert second.key == "update:2"
    assert (await storage.stats(NOON))["aside"] == 1


def test_buttons_keep_their_rows():
    said = Say("a", buttons=((Button("b", "c"), Button("d", url="e")), (Button("f", "g"),)))
    columns = {"lane": Lane.REPLY, "slot": "", "needed": True}
    assert packing.unpack_utterance(packing.pack_utterance(said), columns) == said
