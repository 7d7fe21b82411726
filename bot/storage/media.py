"""Pictures that Telegram has already: uploaded once, sent again by their file id."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.tables import media
from bot.storage.writing import put


def file_id(connection: sa.Connection, bot: int, key: str) -> str | None:
    return connection.scalar(
        sa.select(media.c.file_id).where(media.c.bot == bot, media.c.key == key)
    )


def keep(connection: sa.Connection, bot: int, key: str, file_id: str) -> None:
    put(connection, media, {"bot": bot, "key": key, "file_id": file_id})


def drop(connection: sa.Connection, bot: int, key: str) -> None:
    """Telegram no longer knows the file: it is to be uploaded again."""
    connection.execute(sa.delete(media).where(media.c.bot == bot, media.c.key == key))
