"""A card in a group that changes often: its changes are apart by when they truly left."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from bot.storage.tables import letter
from bot.tutor.events import ChatId
from bot.tutor.group.card import APART


def held(connection: sa.Connection, chat: ChatId, slot: str, planned: datetime) -> datetime:
    """The moment planned, or so much after the latest that was sent."""
    of_it = sa.and_(letter.c.chat == chat, letter.c.slot == slot, letter.c.fate == "sent")
    latest = connection.scalar(sa.select(sa.func.max(letter.c.done_at)).where(of_it))
    return planned if latest is None else max(planned, latest + APART)


def hold(connection: sa.Connection, chat: ChatId, slot: str, sent_at: datetime) -> None:
    """What waits leaves so much after what was sent now."""
    moment = sent_at + APART
    waits = sa.and_(letter.c.done_at.is_(None), letter.c.worker.is_(None))
    of_it = sa.and_(letter.c.chat == chat, letter.c.slot == slot, letter.c.not_before < moment)
    connection.execute(sa.update(letter).where(waits, of_it).values(not_before=moment))
