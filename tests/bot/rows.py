"""Learners and arrivals for the tests of storage, clock and turns."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

from bot.storage import packing, tables
from bot.tutor.events import Arrival, ChatId, Person, Typed, UserId
from bot.tutor.learner import Learner, Rhythm

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
EIGHT = Rhythm("Europe/Berlin", "08:00")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def learner(user=7, **more):
    return Learner(UserId(user), f"L{user}", "en", 11, "path", **more)


def keep(storage, *learners):
    """Rows as if these learners had been met long ago."""
    rows = [packing.pack_learner(one) | {"chat": one.user, "met_at": NOON} for one in learners]
    storage.call(lambda connection: connection.execute(sa.insert(tables.learner), rows))


def meet(person):
    return learner(person.user)


def typed(number, text="1", user=7, chat=None, tap=""):
    person = Person(UserId(user), f"L{user}", "en")
    event = Typed(text, message=number)
    return Arrival(f"update:{number}", ChatId(chat or user), person, event, NOON, tap)


def rows_of(storage, table, *columns):
    names = [table.c[column] for column in columns]
    query = sa.select(*names).order_by(*table.primary_key)
    found = storage.call(lambda connection: connection.execute(query).all())
    return [row[0] if len(columns) == 1 else tuple(row) for row in found]
