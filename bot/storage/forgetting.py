"""A learner is erased: every row of theirs, their seats in groups, and in the end the goodbye."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.storage import people, posting
from bot.storage.tables import attempt, chat_pause, delivery, inbox, letter, slot, task
from bot.storage.tables import learner as learners
from bot.tutor.events import ChatId, UserId

GOODBYE = "goodbye"  # why a letter is no longer kept once it is sent
LATELY = timedelta(hours=3)  # since the goodbyes were looked for before


def forget(connection: sa.Connection, user: UserId) -> bool:
    """What waits in the inbox stays: it came after the wish, or is the wish itself.

    Where it finds nobody any more, its own turn forgets it.
    """
    posting.forget(connection, user)
    row = people.row(connection, user)
    if row is None:
        return False
    for table in (learners, attempt, delivery):
        connection.execute(sa.delete(table).where(table.c.user_id == user))
    for table in (letter, slot, chat_pause, task):
        connection.execute(sa.delete(table).where(table.c.chat == row["chat"]))
    forget_arrivals(connection, user, row["chat"])
    return True


def forget_arrivals(connection: sa.Connection, user: UserId, chat: int) -> None:
    """Of an update only its number stays, so that it is not taken for a new one."""
    over = sa.and_(people.is_from(user, chat), inbox.c.done_at.is_not(None))
    connection.execute(sa.delete(inbox).where(over, inbox.c.number.is_(None)))
    nobody = {"chat": 0, "person": sa.null(), "event": sa.null(), "tap": "", "trace": None}
    connection.execute(sa.update(inbox).where(over).values(**nobody))


def say_goodbye(connection: sa.Connection, chat: ChatId) -> None:
    """What is yet to be sent to who was forgotten is not kept either, once it is sent."""
    theirs = sa.update(letter).where(letter.c.chat == chat, letter.c.done_at.is_(None))
    connection.execute(theirs.values(reason=GOODBYE))


def tidy(connection: sa.Connection, now: datetime) -> None:
    said = sa.and_(letter.c.done_at > now - LATELY, letter.c.reason == GOODBYE)
    connection.execute(sa.delete(letter).where(said))
