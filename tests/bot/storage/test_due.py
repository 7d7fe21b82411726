"""The due are claimed once, whoever asks, and whatever else happens to their rows meanwhile."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from rows import EIGHT, NOON, at, keep, learner, rows_of

from bot.storage import Storage, claiming, due, inbox, packing, tables, turning
from bot.tutor.events import Arrival, ChatId, DropDue, Person, Typed, UserId
from bot.tutor.learner import Rhythm
from bot.tutor.turn import Turn

MORNING = at("2026-03-01T07:00")  # 08:00 in Berlin


def all_due(storage, users, moment=MORNING):
    keep(storage, *(learner(user, rhythm=EIGHT, next_drop=moment) for user in users))


def test_three_workers_claim_everyone_once(postgres_url):
    storages = [Storage(postgres_url) for _ in range(3)]
    all_due(storages[0], range(1, 1501))

    def work(storage):
        claimed = []
        while some := storage.call(due.claim, MORNING):
            claimed += [one.user for one in some]
        return claimed

    with ThreadPoolExecutor(3) as workers:
        shares = list(workers.map(work, storages))
    assert sorted(shares[0] + shares[1] + shares[2]) == list(range(1, 1501))
    assert sorted(rows_of(storages[0], tables.inbox, "chat")) == list(range(1, 1501))
    for storage in storages:
        storage.close()


def test_a_claim_writes_the_arrival_and_the_next_moment(storage):
    all_due(storage, [7])
    (claimed,) = storage.call(due.claim, MORNING + timedelta(seconds=3))
    assert (claimed.user, claimed.rhythm, claimed.next_drop) == (7, EIGHT, MORNING)
    assert rows_of(storage, tables.learner, "next_drop") == [MORNING + timedelta(days=1)]
    ((key, event),) = rows_of(storage, tables.inbox, "key", "event")
    assert key == "drop:7:2026-03-01"
    assert packing.unpack_event(event) == DropDue(date(2026, 3, 1))
    assert storage.call(due.claim, MORNING + timedelta(seconds=4)) == []


def test_nobody_is_due_before_their_time_nor_while_paused(storage):
    keep(storage, learner(7, rhythm=EIGHT, next_drop=MORNING), learner(8, rhythm=EIGHT))
    assert storage.call(due.claim, MORNING - timedelta(seconds=1)) == []
    assert [one.user for one in storage.call(due.claim, MORNING)] == [7]


def test_the_longest_waiting_are_claimed_first(storage):
    keep(
        storage,
        *(learner(n, rhythm=EIGHT, next_drop=MORNING - timedelta(minutes=n)) for n in range(1, 6)),
    )
    claimed = storage.call(due.claim, MORNING, 2)
    assert [one.user for one in claimed] == [5, 4]
    assert storage.call(due.earliest) == MORNING - timedelta(minutes=3)


def test_a_claim_and_a_turn_never_undo_each_other(postgres_url):
    """The turn chooses another hour while the clock strikes; the claim comes after it, or before."""
    storage, clock = Storage(postgres_url), Storage(postgres_url)
    all_due(storage, [7])
    person = Person(UserId(7), "L7", "en")
    arrival = Arrival("update:1", ChatId(7), person, Typed("a", 1), NOON)
    inside, go_on = threading.Event(), threading.Event()
    evening = Rhythm("Europe/Berlin", "20:00")

    def choose_the_evening(one):
        inside.set()
        go_on.wait(10)
        return Turn(replace(one, rhythm=evening, next_drop=at("2026-03-01T19:00")))

    storage.call(inbox.accept, [arrival])
    storage.call(inbox.claim, 1, storage.worker, NOON)
    with ThreadPoolExecutor(1) as other:
        turn = other.submit(
            storage.call, turning.turn, arrival, storage.worker, None, choose_the_evening, NOON
        )
        inside.wait(10)
        assert clock.call(due.claim, MORNING) == []  # the row is in the turn's hands
        go_on.set()
        turn.result(10)
    assert clock.call(due.claim, MORNING) == []
    assert [one.rhythm for one in clock.call(due.claim, at("2026-03-01T19:00"))] == [evening]
    storage.close()
    clock.close()


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (due.due_query(MORNING, 200), "ix_learner_due"),
        (inbox.HEADS.params(room=5), "ix_inbox_waiting"),
        (claiming.HEADS.params(claiming.Wish(5).at(MORNING)), "ix_letter_waiting"),
    ],
    ids=["due", "inbox", "outbox"],
)
def test_what_is_next_is_found_by_its_index_and_never_sorted(storage, query, index):
    """So a drop costs the same among a thousand learners and a million."""

    def plan(connection):
        for way in () if storage.on_sqlite else ("seqscan", "bitmapscan", "sort"):
            connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")  # good for small tables
        text = query.compile(connection, compile_kwargs={"literal_binds": True})
        asks = "EXPLAIN QUERY PLAN" if storage.on_sqlite else "EXPLAIN"
        return str(connection.exec_driver_sql(f"{asks} {text}").all())

    steps = storage.call(plan)
    assert index in steps
    assert "TEMP B-TREE" not in steps
    assert "Sort" not in steps
