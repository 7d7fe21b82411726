"""The outbox: letters in the order of each chat, urgent lanes first across all chats."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any

import sqlalchemy as sa

from bot.storage import apart, inbox, packing
from bot.storage.letter import Sent
from bot.storage.listening import tell
from bot.storage.tables import chat_pause, learner, letter, slot, task
from bot.storage.tables import inbox as arrivals
from bot.storage.writing import put
from bot.tutor.events import Arrival, Blocked, ChatId
from bot.tutor.turn import Lane, Say, Toast, Utterance

REMEMBERED = timedelta(days=2)
PERSISTENCE = timedelta(minutes=10)  # in which a letter outlives any number of processes

open_ = letter.c.done_at.is_(None)
waiting = sa.and_(open_, letter.c.worker.is_(None))


def write(
    connection: sa.Connection, arrival: Arrival, says: Sequence[Utterance], now: datetime
) -> None:
    """Every tap gets its answer, an empty one if the turn has none."""
    utterances = list(says)
    if arrival.tap and not any(isinstance(one, Toast) for one in utterances):
        utterances.insert(0, Toast())
    rows = [_row(arrival, one, now) for one in utterances]
    if not rows:
        return
    lanes = list(accumulate((row["lane"] for row in reversed(rows)), min))[::-1]
    _lift(connection, arrival.chat, lanes[0])
    for row, lane in zip(rows, lanes, strict=True):
        row["lane"] = lane
        if row["not_before"]:
            _give_way(connection, row)
            row["not_before"] = apart.held(connection, row["chat"], row["slot"], row["not_before"])
    connection.execute(sa.insert(letter), rows)
    tell(connection, "outbox")


def _give_way(connection: sa.Connection, row: packing.Row) -> None:
    """Of a slot that changes often only the latest goes out."""
    same = sa.and_(letter.c.chat == row["chat"], letter.c.slot == row["slot"], waiting)
    _end(connection, same, "overtaken", done_at=row["at"])


LIFT = (  # built once: building costs more than asking
    sa.update(letter)
    .where(letter.c.chat == sa.bindparam("whose"), waiting, letter.c.lane > sa.bindparam("to"))
    .values(lane=sa.bindparam("to"))
)


def _lift(connection: sa.Connection, chat: ChatId, lane: int) -> None:
    """What stands before an urgent letter in its chat becomes as urgent."""
    connection.execute(LIFT, {"whose": chat, "to": lane})


def _row(arrival: Arrival, utterance: Utterance, now: datetime) -> packing.Row:
    is_say, is_toast = isinstance(utterance, Say), isinstance(utterance, Toast)
    return {
        "chat": arrival.chat,
        "lane": utterance.lane if isinstance(utterance, Say) else Lane.REPLY,
        "slot": utterance.slot if isinstance(utterance, Say) else "",
        "needed": utterance.needed if isinstance(utterance, Say) else False,
        "waits": is_say or not is_toast,
        "tap": arrival.tap if is_toast else "",
        "utterance": packing.pack_utterance(utterance),
        "at": now,
        "not_before": utterance.not_before if isinstance(utterance, Say) else None,
    }


NUMBERED = letter.c.id.in_(sa.bindparam("numbers", expanding=True))
SENT = (
    sa.update(letter)
    .where(letter.c.id == sa.bindparam("number"), open_)
    .values(fate="sent", done_at=sa.bindparam("moment"))
)
SLOTS = sa.select(letter.c.id, letter.c.chat, letter.c.slot).where(NUMBERED, letter.c.slot != "")


def _end(connection: sa.Connection, which: sa.ColumnElement[bool], fate: str, **more: Any) -> None:
    over = {"fate": fate, "done_at": sa.func.coalesce(letter.c.taken_at, letter.c.at), **more}
    connection.execute(sa.update(letter).where(which, open_).values(**over))


def sent(connection: sa.Connection, back: Sequence[Sent]) -> None:
    connection.execute(SENT, [{"number": one.letter, "moment": one.at} for one in back])
    messages = {one.letter: one.message for one in back if one.message is not None}
    if messages:
        moments = {one.letter: one.at for one in back}
        for row in connection.execute(SLOTS, {"numbers": list(messages)}):
            place = {"chat": row.chat, "slot": row.slot, "message": messages[row.id]}
            put(connection, slot, place)
            if row.chat < 0:
                apart.hold(connection, row.chat, row.slot, moments[row.id])


def not_sent(connection: sa.Connection, number: int) -> None:
    again = sa.update(letter).where(letter.c.id == number, open_)
    connection.execute(again.values(worker=None, taken_at=None))


def unknown(connection: sa.Connection, number: int) -> None:
    """What a learner needs to go on goes out again, once."""
    _settle_unknown(connection, letter.c.id == number, ~letter.c.repeated)


def _settle_unknown(
    connection: sa.Connection,
    which: sa.ColumnElement[bool],
    may_again: sa.ColumnElement[bool],
    **known: sa.ColumnElement[int],
) -> None:
    once_more = sa.and_(which, open_, letter.c.needed, may_again)
    again = {"worker": None, "taken_at": None, "repeated": True, **known}
    connection.execute(sa.update(letter).where(once_more).values(**again))
    _end(connection, sa.and_(which, letter.c.worker.is_not(None)), "unknown")


def failed(connection: sa.Connection, number: int, reason: str) -> None:
    _end(connection, letter.c.id == number, "failed", reason=reason)


def revive(connection: sa.Connection, worker: str, taken_before: datetime, now: datetime) -> None:
    """What other workers were sending before that moment has an unknown fate.

    Each death may cost one repeat; a letter that may itself be what kills is let go in time.
    """
    theirs = sa.and_(letter.c.worker != worker, letter.c.taken_at < taken_before)
    young = letter.c.at > now - PERSISTENCE
    may_again = sa.or_(young, letter.c.deaths < inbox.DEATHS)
    _settle_unknown(connection, theirs, may_again, deaths=letter.c.deaths + 1)


def pause(connection: sa.Connection, chat: ChatId, until: datetime, number: int) -> None:
    put(connection, chat_pause, {"chat": chat, "not_before": until})
    not_sent(connection, number)


def gone(connection: sa.Connection, chat: ChatId, now: datetime) -> None:
    _end(connection, letter.c.chat == chat, "failed", reason="gone")
    key = f"gone:{chat}:{secrets.token_hex(8)}"
    inbox.accept(connection, [Arrival(key, chat, None, Blocked(), now)])


def moved(connection: sa.Connection, old: ChatId, new: ChatId) -> None:
    """A change of a card that was posted in the old chat is none in the new."""
    posted = sa.exists().where(slot.c.chat == letter.c.chat, slot.c.slot == letter.c.slot)
    is_change = letter.c.not_before.is_not(None)
    _end(connection, sa.and_(letter.c.chat == old, is_change, posted), "overtaken")
    for table in (letter, arrivals, task, learner):
        connection.execute(sa.update(table).where(table.c.chat == old).values(chat=new))
    for table in (slot, chat_pause):  # messages of the old chat cannot be edited in the new
        connection.execute(sa.delete(table).where(table.c.chat == old))


def in_lanes(connection: sa.Connection) -> Mapping[Lane, int]:
    counted = sa.select(letter.c.lane, sa.func.count()).where(open_).group_by(letter.c.lane)
    found = {row[0]: row[1] for row in connection.execute(counted)}
    return {lane: found.get(int(lane), 0) for lane in Lane}


def tidy(connection: sa.Connection, now: datetime) -> None:
    connection.execute(sa.delete(letter).where(letter.c.done_at < now - REMEMBERED))
    connection.execute(sa.delete(chat_pause).where(chat_pause.c.not_before < now))
