"""What the outbox still holds, for whoever looks on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.storage.claiming import letter_of
from bot.storage.letter import Letter
from bot.storage.outbox import open_
from bot.storage.tables import letter
from bot.tutor.events import ChatId


def of_chat(connection: sa.Connection, chat: ChatId) -> Sequence[Letter]:
    chosen = sa.select(letter).where(open_, letter.c.chat == chat).order_by(letter.c.id)
    return [letter_of(row) for row in connection.execute(chosen).mappings()]


def is_empty(connection: sa.Connection, now: datetime) -> bool:
    """All is sent but changes of cards whose moment has yet to come."""
    due = sa.or_(letter.c.not_before.is_(None), letter.c.not_before <= now)
    return connection.scalar(sa.select(letter.c.id).where(open_, due).limit(1)) is None
