"""All that is kept about a learner, handed over whole: what lasts, and what passes through."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.storage import groups, packing, people
from bot.storage.tables import attempt, delivery, inbox, letter, task
from bot.tutor.events import UserId

Kept = dict[str, Any]


def export(connection: sa.Connection, user: UserId) -> Kept | None:
    """None for a stranger. Of what passes through, a letter is kept for two days, else a week."""
    row = people.row(connection, user)
    if row is None:
        return None
    known = packing.converter.unstructure(packing.unpack_learner(row))
    reviews = known.pop("cards", [])
    return {
        "learner": {**known, "met_at": row["met_at"].isoformat()},
        "drops": _drops(connection, user),
        "attempts": _attempts(connection, user),
        "reviews": reviews,
        "reports": _reports(connection, user),
        "groups": _groups(connection, user),
        "messages": _messages(connection, user, row["chat"]),
        "letters": _letters(connection, row["chat"]),
        "tasks": _tasks(connection, row["chat"]),
    }


def _drops(connection: sa.Connection, user: UserId) -> list[Kept]:
    own = sa.select(delivery).where(delivery.c.user_id == user).order_by(delivery.c.id)
    return [
        {
            "lesson": row["lesson"],
            "delivered_at": _told(row["delivered_at"]),
            "finished_at": _told(row["finished_at"]),
        }
        for row in connection.execute(own).mappings()
    ]


def _attempts(connection: sa.Connection, user: UserId) -> list[Kept]:
    own = sa.select(attempt).where(attempt.c.user_id == user, ~people.is_report)
    return [
        {
            "lesson": row["lesson"],
            "exercise": row["exercise"],
            "text": row["detail"]["text"],
            "verdict": row["family"],
            "kind": row["kind"],
            "misconception": row["slip"] or None,
            "values": row["detail"].get("values", {}),
            "disputed": row["detail"].get("disputed", False),
            "at": _told(row["at"]),
        }
        for row in connection.execute(own.order_by(attempt.c.id)).mappings()
    ]


def _reports(connection: sa.Connection, user: UserId) -> list[Kept]:
    """Texts that they called wrong."""
    own = sa.select(attempt).where(attempt.c.user_id == user, people.is_report)
    return [
        {
            "lesson": row["lesson"],
            "exercise": row["exercise"],
            "text": row["detail"]["text"],
            "at": _told(row["at"]),
        }
        for row in connection.execute(own.order_by(attempt.c.id)).mappings()
    ]


def _groups(connection: sa.Connection, user: UserId) -> list[Kept]:
    """What each group that they joined knows of them, and of nobody else."""
    found = []
    for group in groups.of_member(connection, user):
        member = group.member(user)
        seats = [
            {"place": place, "value": net.wired.get(place)}
            for net in group.nets
            for place, who in net.seats.items()
            if who == user
        ]
        known = packing.converter.unstructure(member) if member else {}
        found.append({**known, "title": group.title, "seats": seats})
    return found


def _messages(connection: sa.Connection, user: UserId, chat: int) -> list[Kept]:
    """What they did, as Telegram told it: here, or where a group spoke to the bot."""
    own = sa.select(inbox).where(people.is_from(user, chat)).order_by(inbox.c.id)
    return [
        {"at": _told(row["at"]), "here": row["chat"] == chat, **row["event"]}
        for row in connection.execute(own).mappings()
        if row["event"]
    ]


def _letters(connection: sa.Connection, chat: int) -> list[Kept]:
    own = sa.select(letter).where(letter.c.chat == chat).order_by(letter.c.id)
    return [
        {"at": _told(row["at"]), **row["utterance"]} for row in connection.execute(own).mappings()
    ]


def _tasks(connection: sa.Connection, chat: int) -> list[Kept]:
    """What takes time and was asked for: a training, for one."""
    own = sa.select(task).where(task.c.chat == chat).order_by(task.c.id)
    return [
        {"at": _told(row["at"]), "name": row["name"], "values": row["values"]}
        for row in connection.execute(own).mappings()
    ]


def _told(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
