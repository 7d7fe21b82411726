"""Groups: their rows, their turns, their clock, their moving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

import sqlalchemy as sa

from bot.storage import due, inbox, outbox, packing
from bot.storage.posting import post
from bot.storage.tables import inbox as arrivals
from bot.storage.tables import membership, study_group
from bot.storage.turning import Overtaken
from bot.storage.writing import insert_new, put
from bot.tutor.events import Arrival, Blocked, ChatId, UserId
from bot.tutor.group.state import Group, GroupTurn
from bot.tutor.visits import Forgotten, Moved, Woken

Decide: TypeAlias = Callable[[Group | None], GroupTurn | None]

BATCH = 100  # groups a claim
IF_IT_FAILS = timedelta(hours=1)  # a turn sets the next knock; one that broke is tried again then


def turn(
    connection: sa.Connection, arrival: Arrival, worker: str, decide: Decide, now: datetime
) -> GroupTurn | None:
    """Take out, decide, put back: one group and nobody else."""
    if not inbox.finish(connection, arrival.key, worker, now):
        raise Overtaken(arrival.key)
    row = connection.execute(_of(arrival.chat).with_for_update()).mappings().first()
    before = unpack(row) if row else None
    decided = decide(before)
    if decided is None or decided.group is None:
        return None
    if decided.group != before:
        _keep(connection, arrival.chat, before, decided.group)
    post(connection, arrival, decided.posts, now)
    if isinstance(arrival.event, Forgotten):
        _forget_what_came(connection, arrival.chat, arrival.event.user)
    if not isinstance(arrival.event, Blocked):
        outbox.write(connection, arrival, decided.says, now)
    return decided


def look(connection: sa.Connection, chat: ChatId) -> Group | None:
    row = connection.execute(_of(chat)).mappings().first()
    return unpack(row) if row else None


def of_member(connection: sa.Connection, user: UserId) -> list[Group]:
    """The groups that a learner joined."""
    joined = membership.join(study_group, membership.c.code == study_group.c.code)
    rows = sa.select(study_group).select_from(joined).where(membership.c.user_id == user)
    return [unpack(row) for row in connection.execute(rows).mappings()]


def _of(chat: ChatId) -> sa.Select[Any]:
    return sa.select(study_group).where(study_group.c.chat == chat)


def unpack(row: sa.RowMapping) -> Group:
    group = packing.converter.structure(row["state"], Group)
    return replace(group, code=row["code"], wake=row["wake"])


def _keep(connection: sa.Connection, chat: ChatId, before: Group | None, group: Group) -> None:
    state = packing.converter.unstructure(replace(group, wake=None))
    row = {"code": group.code, "chat": chat, "wake": group.wake, "state": state}
    put(connection, study_group, row)
    was = {member.user for member in before.members} if before else set()
    is_ = {member.user for member in group.members}
    if new := is_ - was:
        rows = [{"user_id": user, "code": group.code} for user in sorted(new)]
        insert_new(connection, membership, rows)
    if gone := was - is_:
        theirs = sa.and_(membership.c.code == group.code, membership.c.user_id.in_(gone))
        connection.execute(sa.delete(membership).where(theirs))


def _forget_what_came(connection: sa.Connection, chat: ChatId, user: UserId) -> None:
    """Of what they did in the group only numbers of updates stay."""
    over = sa.and_(arrivals.c.chat == chat, arrivals.c.done_at.is_not(None))
    theirs = sa.or_(
        arrivals.c.person["user"].as_integer() == user,
        arrivals.c.event["user"].as_integer() == user,
    )
    nobody = {"chat": 0, "person": sa.null(), "event": sa.null(), "tap": "", "trace": None}
    connection.execute(sa.update(arrivals).where(over, theirs).values(**nobody))


def claim(connection: sa.Connection, now: datetime) -> int:
    """Knocks at the groups that are due; their turns set the next moment."""
    knocking = (
        sa.select(study_group.c.code, study_group.c.chat, study_group.c.wake)
        .where(study_group.c.wake <= now)
        .order_by(study_group.c.wake)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    rows = connection.execute(knocking).all()
    knocks = [
        Arrival(f"group:{row.code}:{row.wake.isoformat()}", ChatId(row.chat), None, Woken(), now)
        for row in rows
    ]
    inbox.accept(connection, knocks)
    for row in rows:
        again = sa.update(study_group).where(study_group.c.code == row.code)
        connection.execute(again.values(wake=now + IF_IT_FAILS))
    return len(rows)


def earliest(connection: sa.Connection) -> datetime | None:
    """The next knock at a group's door or a learner's."""
    is_set = study_group.c.wake.is_not(None)
    first = sa.select(study_group.c.wake).where(is_set).order_by(study_group.c.wake).limit(1)
    found = (connection.scalar(first), due.earliest(connection))
    return min((moment for moment in found if moment), default=None)


def wake(connection: sa.Connection, chat: ChatId) -> datetime | None:
    moment: datetime | None = connection.scalar(
        sa.select(study_group.c.wake).where(study_group.c.chat == chat)
    )
    return moment


def moved(connection: sa.Connection, old: ChatId, new: ChatId) -> None:
    """The old row goes on; one that the new chat got meanwhile was of the same group."""
    if old == new:
        return
    outbox.moved(connection, old, new)
    here = connection.scalar(sa.select(study_group.c.code).where(study_group.c.chat == old))
    if here is None:
        return
    connection.execute(sa.delete(study_group).where(study_group.c.chat == new))
    moving = sa.update(study_group).where(study_group.c.code == here)
    connection.execute(moving.values(chat=new))
    news = Arrival(f"moved:{old}", new, None, Moved(), datetime.now(UTC))
    inbox.accept(connection, [news])
