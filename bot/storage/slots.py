"""Which of Telegram's messages stands for what: the latest of a slot, the one that is pinned."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.tables import slot
from bot.storage.writing import put
from bot.tutor.events import ChatId

PINNED = "pinned"


def message_of(connection: sa.Connection, chat: ChatId, name: str) -> int | None:
    return connection.scalar(
        sa.select(slot.c.message).where(slot.c.chat == chat, slot.c.slot == name)
    )


def pins(connection: sa.Connection, chat: ChatId, message: int) -> int | None:
    """The one that was pinned before."""
    before = message_of(connection, chat, PINNED)
    put(connection, slot, {"chat": chat, "slot": PINNED, "message": message})
    return before
