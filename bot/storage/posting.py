"""Posts: what one turn means for another chat, written into its inbox in the same transaction."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from bot.storage import inbox
from bot.storage.tables import membership, study_group
from bot.storage.tables import slot as slots
from bot.tutor.events import Arrival, ChatId, UserId
from bot.tutor.turn import Post, Turn
from bot.tutor.visits import Asked, Finished, Forgotten, Knocked, OfAGroup, Slipped, Told

SUPERGROUPS = 10**12  # their numbers are −100… followed by the number of their links


def post(connection: sa.Connection, arrival: Arrival, posts: Sequence[Post], now: datetime) -> None:
    """Events for other chats, as arrivals; a group is found by its code, wherever it is now."""
    written = []
    for number, one in enumerate(posts):
        found = _addressed(connection, one)
        if found:
            chat, event = found
            written.append(Arrival(f"post:{arrival.key}:{number}", chat, None, event, now))
    inbox.accept(connection, written)


def _addressed(connection: sa.Connection, one: Post) -> tuple[ChatId, Any] | None:
    if not isinstance(one.to, str):
        return ChatId(one.to), _with_way_back(connection, one.event)
    chat = connection.scalar(sa.select(study_group.c.chat).where(study_group.c.code == one.to))
    if chat is not None:
        return ChatId(chat), one.event
    if isinstance(one.event, Knocked):
        return ChatId(one.event.user), Told(one.to, "outsider")
    return None


def _with_way_back(connection: sa.Connection, event: Any) -> Any:
    """To the group's card, where Telegram has links: in supergroups."""
    if not isinstance(event, Asked | Told):
        return event
    of_code = sa.select(study_group.c.chat).where(study_group.c.code == event.group)
    chat = connection.scalar(of_code)
    if chat is None or chat > -SUPERGROUPS:
        return event
    cards = sa.select(sa.func.max(slots.c.message)).where(slots.c.chat == chat)
    message = connection.scalar(cards)
    link = f"https://t.me/c/{-chat - SUPERGROUPS}/{message}"
    return replace(event, back=link) if message else event


def of_a_learners_turn(
    connection: sa.Connection, arrival: Arrival, user: UserId, decided: Turn, now: datetime
) -> None:
    """What a private turn means for the learner's groups."""
    post(connection, arrival, decided.posts, now)
    events: list[OfAGroup] = [Finished(user, decided.finished)] if decided.finished else []
    for attempt in decided.attempts:
        events += [Slipped(user, attempt.lesson, one) for one in attempt.verdict.misconceptions]
    _tell_groups(connection, arrival.key, user, events, now)


def forget(connection: sa.Connection, user: UserId) -> None:
    """Each of their groups lets go of them in a turn of its own."""
    key = f"forget:{secrets.token_hex(8)}"
    _tell_groups(connection, key, user, [Forgotten(user)], datetime.now(UTC))
    connection.execute(sa.delete(membership).where(membership.c.user_id == user))


def _tell_groups(
    connection: sa.Connection, key: str, user: UserId, events: Sequence[OfAGroup], now: datetime
) -> None:
    if not events:
        return
    joined = membership.join(study_group, membership.c.code == study_group.c.code)
    chats = sa.select(study_group.c.chat).select_from(joined).where(membership.c.user_id == user)
    told = [
        Arrival(f"told:{key}:{chat}:{number}", ChatId(chat), None, event, now)
        for chat in connection.scalars(chats)
        for number, event in enumerate(events)
    ]
    inbox.accept(connection, told)
