"""Which letters go next: urgent lanes first, each chat in its order, each replica its chats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.storage import packing
from bot.storage.census import EVERY, Part
from bot.storage.letter import Letter, Sent
from bot.storage.outbox import NUMBERED, sent, waiting
from bot.storage.tables import Moment, chat_pause, letter
from bot.tutor.events import ChatId
from bot.tutor.turn import Lane

LEFT = timedelta(seconds=3)  # after which a letter is anybody's, whoever's its chat is


@dataclass(frozen=True, slots=True)
class Wish:
    """How many letters, of which lanes, of which chats."""

    limit: int
    up_to: Lane = Lane.REMINDER
    part: Part = EVERY

    def at(self, now: datetime) -> packing.Row:
        """What HEADS asks for."""
        lanes = {"up_to": int(self.up_to), "room": self.limit}
        part = {"rest": self.part.rest, "among": self.part.among, "left": now - LEFT}
        return {"moment": now, **lanes, **part}


def exchange(
    connection: sa.Connection, now: datetime, wish: Wish, worker: str, back: Sequence[Sent]
) -> list[Letter]:
    """Notes what was sent and hands out what may go next."""
    if back:
        sent(connection, back)
    if not wish.limit:
        return []
    rows = connection.execute(HEADS, wish.at(now)).mappings().all()
    if rows:
        taken = {"numbers": [row["id"] for row in rows], "by": worker, "moment": now}
        connection.execute(TAKE, taken)
    return [letter_of(row) for row in rows]


moment = sa.bindparam("moment", type_=Moment)
among, rest = (sa.bindparam(name, type_=sa.BigInteger) for name in ("among", "rest"))
is_ours = sa.or_(
    sa.func.abs(letter.c.chat) % among == rest,
    letter.c.at < sa.bindparam("left", type_=Moment),
)
is_paused = sa.exists().where(
    chat_pause.c.chat == letter.c.chat,
    chat_pause.c.not_before > moment,
)


def _heads() -> sa.Select[Any]:
    earlier = letter.alias("earlier")
    stands_behind = sa.exists().where(
        earlier.c.chat == letter.c.chat,
        earlier.c.id < letter.c.id,
        earlier.c.done_at.is_(None),
        earlier.c.waits,
    )
    return (
        sa.select(letter)
        .where(
            waiting,
            is_ours,
            letter.c.lane <= sa.bindparam("up_to"),
            ~(letter.c.waits & stands_behind),
            ~is_paused,
            sa.or_(letter.c.not_before.is_(None), letter.c.not_before <= moment),
        )
        .order_by(letter.c.lane, letter.c.id)
        .limit(sa.bindparam("room", type_=sa.Integer))
        .with_for_update(skip_locked=True, of=letter)
    )


HEADS = _heads()
TAKE = (
    sa.update(letter)
    .where(NUMBERED)
    .values(worker=sa.bindparam("by"), taken_at=sa.bindparam("moment"))
)


def letter_of(row: sa.RowMapping) -> Letter:
    return Letter(
        id=row["id"],
        chat=ChatId(row["chat"]),
        utterance=packing.unpack_utterance(row["utterance"], {**row, "lane": Lane(row["lane"])}),
        lane=Lane(row["lane"]),
        at=row["at"],
        tap=row["tap"],
        repeated=row["repeated"],
    )
