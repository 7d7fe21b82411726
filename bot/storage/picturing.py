"""A letter whose picture is being made: it waits alone, and in time its words go ahead."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from bot.storage import packing
from bot.storage.outbox import open_, waiting
from bot.storage.tables import letter
from bot.tutor.turn import Lane, Say

BACK = {"worker": None, "taken_at": None}


def hold(connection: sa.Connection, number: int, until: datetime, worker: str) -> None:
    """It waits again, and with it what stands behind it in its chat; no other letter does."""
    ours = sa.and_(letter.c.id == number, open_, letter.c.worker == worker)
    connection.execute(sa.update(letter).where(ours).values(**BACK, not_before=until))


def release(connection: sa.Connection, number: int, now: datetime) -> None:
    """Its picture is made; one that is on the wire already is left alone."""
    connection.execute(
        sa.update(letter).where(letter.c.id == number, waiting).values(not_before=now)
    )


def go_ahead(connection: sa.Connection, number: int, worker: str, now: datetime) -> None:
    """The words go now. The picture follows as a letter of its own, for which nobody waits."""
    ours = sa.and_(letter.c.id == number, open_, letter.c.worker == worker)
    row = connection.execute(sa.select(letter).where(ours)).mappings().first()
    if row is None:
        return
    say = packing.unpack_utterance(row["utterance"], {**row, "lane": Lane(row["lane"])})
    assert isinstance(say, Say)
    words = packing.pack_utterance(replace(say, attachment=None))
    connection.execute(
        sa.update(letter).where(ours).values(**BACK, utterance=words, not_before=None)
    )
    picture = Say("", attachment=say.attachment, silent=True, topic=say.topic)
    kept = {name: row[name] for name in ("chat", "lane", "needed")}
    alone = {
        "at": now,
        "slot": "",
        "tap": "",
        "waits": False,
        "utterance": packing.pack_utterance(picture),
    }
    connection.execute(sa.insert(letter).values(**kept, **alone))
