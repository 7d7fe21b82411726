"""One turn, one transaction: the learner out, the decision, everything of it back in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

import sqlalchemy as sa

from bot.storage import forgetting, inbox, outbox, packing, posting, tasks
from bot.storage.tables import attempt, delivery
from bot.storage.tables import learner as learners
from bot.storage.telling import InTheirs, tell
from bot.storage.writing import insert_new
from bot.tutor.events import Arrival, Blocked, ChatId, Person, UserId
from bot.tutor.learner import Learner
from bot.tutor.turn import Turn

Meet: TypeAlias = Callable[[Person], Learner]
Decide: TypeAlias = Callable[[Learner], Turn]


class Overtaken(Exception):  # noqa: N818 - not an error: another replica took the arrival over
    """The arrival is not in this worker's hands any more, and nothing was changed."""


def look(connection: sa.Connection, arrival: Arrival, meet: Meet) -> Learner | None:
    found = connection.execute(_of(arrival)).mappings().first()
    if found:
        return packing.unpack_learner(found)
    return meet(arrival.person) if arrival.person else None


def turn(
    connection: sa.Connection,
    arrival: Arrival,
    worker: str,
    meet: Meet,
    decide: Decide,
    now: datetime,
) -> Turn | None:
    if not inbox.finish(connection, arrival.key, worker, now):
        raise Overtaken(arrival.key)
    learner = _take_out(connection, arrival, meet, now)
    if learner is None:
        forgetting.forget_arrivals(connection, UserId(arrival.chat), arrival.chat)
        return None
    decided = decide(learner)
    _keep(connection, arrival, learner, decided, now)
    return decided


def _of(arrival: Arrival) -> sa.Select[tuple[object, ...]]:
    if arrival.person:
        return sa.select(learners).where(learners.c.user_id == arrival.person.user)
    return sa.select(learners).where(learners.c.chat == arrival.chat)


def _take_out(
    connection: sa.Connection, arrival: Arrival, meet: Meet, now: datetime
) -> Learner | None:
    """Their row is held until the end of the transaction; a stranger gets one first."""
    if arrival.person and not isinstance(arrival.event, Blocked):
        held = connection.execute(_of(arrival).with_for_update()).mappings().first()
        if held:
            return packing.unpack_learner(held)
        stranger = meet(arrival.person)
        row = packing.pack_learner(stranger) | _first_met(stranger, now)
        insert_new(connection, learners, [row])
    held = connection.execute(_of(arrival).with_for_update()).mappings().first()
    return packing.unpack_learner(held) if held else None


def _first_met(learner: Learner, now: datetime) -> packing.Row:
    """Wherever it was: their own chat has their number."""
    return {"chat": ChatId(learner.user), "met_at": now}


def _keep(
    connection: sa.Connection, arrival: Arrival, before: Learner, decided: Turn, now: datetime
) -> None:
    if decided.learner is None:
        forgetting.forget(connection, before.user)
    else:
        _keep_learner(connection, before, decided.learner)
        _keep_course(connection, before.user, decided, now)
        posting.of_a_learners_turn(connection, arrival, before.user, decided, now)
    tasks.add(connection, arrival.chat, decided.tasks, now)
    if not isinstance(arrival.event, Blocked):
        outbox.write(connection, arrival, decided.says, now)
    if decided.learner is None:
        forgetting.say_goodbye(connection, arrival.chat)


def _keep_learner(connection: sa.Connection, before: Learner, learner: Learner) -> None:
    if learner != before:
        kept = sa.update(learners).where(learners.c.user_id == learner.user)
        connection.execute(kept.values(**packing.pack_learner(learner)))


def _keep_course(connection: sa.Connection, user: UserId, decided: Turn, now: datetime) -> None:
    made = [packing.pack_attempt(one) for one in decided.attempts]
    made += [packing.pack_report(one) for one in decided.reports]
    if made:
        connection.execute(sa.insert(attempt), [row | {"user_id": user} for row in made])
    if decided.delivered:
        reached = {"user_id": user, "lesson": decided.delivered, "delivered_at": now}
        connection.execute(sa.insert(delivery).values(**reached))
    if decided.finished:
        _finish_lesson(connection, user, decided.finished, now)


def _finish_lesson(connection: sa.Connection, user: UserId, lesson: str, now: datetime) -> None:
    """The latest delivery of the lesson is finished; one that never came is noted as done."""
    latest = (
        sa.select(sa.func.max(delivery.c.id))
        .where(delivery.c.user_id == user, delivery.c.lesson == lesson)
        .scalar_subquery()
    )
    done = sa.update(delivery).where(delivery.c.id == latest).values(finished_at=now)
    if connection.execute(done).rowcount == 0:
        row = {"user_id": user, "lesson": lesson, "finished_at": now}
        connection.execute(sa.insert(delivery).values(**row))


def put_aside(
    connection: sa.Connection,
    arrival: Arrival,
    worker: str,
    trace: str,
    says: InTheirs,
    now: datetime,
) -> None:
    readable = trace.replace("\x00", "\N{REPLACEMENT CHARACTER}").encode(errors="replace").decode()
    if inbox.finish(connection, arrival.key, worker, now, trace=readable):
        tell(connection, arrival, says, now)
