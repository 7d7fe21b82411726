"""The operator's words reach each learner once; who has long been idle is knocked on by day or night."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from rows import EIGHT, NOON, keep, learner

from bot.storage import reaching
from bot.tutor.days.parting import NOTICE, RETENTION
from bot.tutor.events import Announced, Arrival, ChatId, Idle, Person, Typed, UserId
from bot.tutor.turn import Attempt, Report, Turn
from engine.question import Verdict

DAY = timedelta(days=1)
TEXT = "Tomorrow I am away."


def two_with_drops_and_one_paused(storage):
    for user, moment in ((1, NOON), (2, NOON + DAY), (3, None)):
        keep(storage, learner(user, rhythm=EIGHT, next_drop=moment))


async def arrivals(storage, kind, now=NOON):
    found = []
    while claimed := await storage.claim_arrivals(50, now):
        for arrival, _ in claimed:
            found.append(arrival)
            await storage.turn(arrival, None, Turn, now)
    return [arrival for arrival in found if isinstance(arrival.event, kind)]


async def test_an_announcement_goes_to_everyone_who_has_drops_coming(storage):
    two_with_drops_and_one_paused(storage)
    assert storage.call(reaching.audience) == 2
    assert storage.call(reaching.announce, TEXT, NOON) == 2
    came = await arrivals(storage, Announced)
    assert sorted(arrival.chat for arrival in came) == [1, 2]
    assert {arrival.event.text for arrival in came} == {TEXT}


async def test_the_same_words_never_go_out_twice(storage):
    two_with_drops_and_one_paused(storage)
    storage.call(reaching.announce, TEXT, NOON)
    await arrivals(storage, Announced)
    await storage.tidy(NOON + 30 * DAY)
    assert storage.call(reaching.announced_at, f" {TEXT}\n") is not None
    assert storage.call(reaching.announce, f" {TEXT}\n", NOON + 30 * DAY) == 0
    assert await arrivals(storage, Announced) == []


async def test_other_words_go_out_after_the_first(storage):
    two_with_drops_and_one_paused(storage)
    storage.call(reaching.announce, TEXT, NOON)
    assert storage.call(reaching.announce, "I am back.", NOON) == 2


async def test_only_who_was_silent_for_eleven_months_is_knocked_on_and_not_every_hour(storage):
    long_ago = NOON - (RETENTION - NOTICE) - DAY
    keep(storage, replace(learner(1, rhythm=EIGHT, next_drop=None), active=long_ago))
    keep(storage, replace(learner(2, rhythm=EIGHT, next_drop=None), active=NOON - 30 * DAY))
    later = NOON + RETENTION  # both were met at the same time, long before
    silent = later - (RETENTION - NOTICE) - DAY
    keep(storage, replace(learner(3, rhythm=EIGHT, next_drop=None), active=silent + 2 * DAY))
    await storage.tidy(later)
    await storage.tidy(later + timedelta(hours=1))
    assert sorted(one.chat for one in await arrivals(storage, Idle, later)) == [1, 2]
    await storage.tidy(later + DAY)
    assert len(await arrivals(storage, Idle, later + DAY)) >= 2


async def said(storage, **more):
    person = Person(UserId(7), "Ana", "en")
    await storage.accept([Arrival("update:1", ChatId(7), person, Typed("x", 1), NOON)])
    ((arrival, _),) = await storage.claim_arrivals(1, NOON)
    await storage.turn(arrival, lambda _: learner(7), lambda one: Turn(one, **more), NOON)


async def test_reports_and_disputes_are_listed_without_names_and_not_counted_as_attempts(storage):
    wrong = Verdict("wrong", "unexplained")
    attempt = Attempt("neuron", "own-z", "7", wrong, NOON)
    claim = replace(attempt, disputed=True, expected="8")
    report = Report("neuron", "own-z", "there is a typo", NOON)
    await said(storage, attempts=(attempt, claim), reports=(report,))
    stats = await storage.stats(NOON)
    assert stats["attempts"] == {"wrong": 1}
    assert stats["exercise_slips"] == {"own-z": {"unexplained": 1}}
    where = {"lesson": "neuron", "exercise": "own-z"}
    assert stats["disputed"] == [{**where, "text": "7", "expected": "8"}]
    assert stats["reported"] == [{**where, "text": "there is a typo", "expected": ""}]


async def test_a_report_is_exported_and_forgotten_with_its_learner(storage):
    await said(storage, reports=(Report("neuron", "", "odd", NOON),))
    exported = await storage.export(UserId(7))
    assert exported["attempts"] == []
    assert exported["reports"] == [
        {"lesson": "neuron", "exercise": "", "text": "odd", "at": "2026-03-01T12:00:00+00:00"}
    ]
    assert await storage.forget(UserId(7))
    assert (await storage.stats(NOON))["reported"] == []
