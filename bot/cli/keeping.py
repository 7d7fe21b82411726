"""What an operator does with the data: look, hand out, erase, carry over, keep safe."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bot.storage import Storage

User = Annotated[int, typer.Option(help="The learner's Telegram id.")]
REFUSED = NOBODY = 1
UNAVAILABLE = 69
LONGEST = 1000  # letters of an announcement


def add_to(app: typer.Typer) -> None:
    for command in (stats, announce, export, forget, migrate, backup, restore, move):
        app.command()(command)


@contextmanager
def opened() -> Iterator[Storage]:
    """The database of the settings, with its tables brought up to date."""
    from bot.settings import read_settings
    from bot.storage import Refused, Storage, Unavailable

    storage = Storage(read_settings().database_url.get_secret_value())
    try:
        storage.migrate()
        yield storage
    except Unavailable as fault:
        typer.echo(f"dropwise: the database does not answer: {fault}", err=True)
        raise typer.Exit(UNAVAILABLE) from None
    except Refused as fault:
        typer.echo(f"dropwise: {fault}", err=True)
        raise typer.Exit(REFUSED) from None
    finally:
        storage.close()


def stats(
    course: Annotated[bool, typer.Option("--course", help="Where learners slip.")] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Count learners, drops, attempts and slips; nobody is named.

    Example: dropwise stats --course
    """
    with opened() as storage:
        counted = asyncio.run(storage.stats(datetime.now(UTC)))
        if course and not as_json:
            _teach(storage)
            return
    if as_json:
        typer.echo(json.dumps(counted, ensure_ascii=False, default=str))
        return
    for title, rows in counted.items():
        if not title.startswith("exercise"):
            _table(title, rows)


def _teach(storage: Storage) -> None:
    from rich.console import Console

    from bot.cli.teaching import table
    from bot.storage.slipping import slipping
    from lessons.loader.loading import load

    found = storage.call(slipping)
    Console().print(table(load(), found) if found else "Nobody has answered anything yet.")


def _table(title: str, rows: Any) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    if isinstance(rows, list):
        _list(title, rows)
        return
    if not isinstance(rows, dict):
        console.print(f"{title.replace('_', ' ')}: {rows}")
        return
    table = Table(title=title.replace("_", " "), box=None, title_justify="left", pad_edge=False)
    table.add_column("")
    table.add_column("", justify="right")
    for name, value in rows.items():
        table.add_row(str(name), _cell(value))
    console.print(table)


def _list(title: str, rows: list[dict[str, str]]) -> None:
    typer.echo(f"{title}: {len(rows)}")
    for row in rows:
        expected = f"  (expected {row['expected']})" if row["expected"] else ""
        typer.echo(f"  {row['lesson']}/{row['exercise']}: {row['text'] or '—'}{expected}")


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {count}" for name, count in value.items())
    return str(value)


def announce(
    text: Annotated[str, typer.Argument(help="Plain words; once, to everyone who has drops.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Tell every learner something: silently, in no quiet hour, to nobody who paused.

    Example: dropwise announce "Tomorrow from 8 to 9 UTC I am away."
    """
    from bot.storage import reaching

    if not text.strip() or len(text) > LONGEST:
        typer.echo(f"dropwise: an announcement has 1 to {LONGEST} letters", err=True)
        raise typer.Exit(REFUSED)
    with opened() as storage:
        before = storage.call(reaching.announced_at, text)
        if before:
            typer.echo(f"dropwise: this went out before, {before}", err=True)
            raise typer.Exit(REFUSED)
        many = storage.call(reaching.audience)
        if not yes:
            typer.confirm(f"To {many} learners?", abort=True)
        sent = storage.call(reaching.announce, text, datetime.now(UTC))
    typer.echo(f"announced to {sent} learners")


def export(user: User) -> None:
    """Print everything that is kept about one learner, as JSON.

    Example: dropwise export --user 123456
    """
    from bot.tutor.events import UserId

    with opened() as storage:
        kept = asyncio.run(storage.export(UserId(user)))
    if kept is None:
        typer.echo("dropwise: nobody with this id", err=True)
        raise typer.Exit(NOBODY)
    typer.echo(json.dumps(kept, ensure_ascii=False, indent=2, default=str))


def forget(user: User) -> None:
    """Erase every row of one learner's.

    Example: dropwise forget --user 123456
    """
    from bot.tutor.events import UserId

    with opened() as storage:
        known = asyncio.run(storage.forget(UserId(user)))
    typer.echo("forgotten" if known else "nobody with this id")


def migrate() -> None:
    """Bring the tables to this version; `run` does it by itself at every start.

    Example: dropwise migrate
    """
    with opened():
        typer.echo("the tables are those of this version")


def backup(file: Annotated[Path, typer.Argument(help="Where to; it must not exist.")]) -> None:
    """Copy all data into one file, while the tutor runs.

    Example: dropwise backup monday.dropwise
    """
    from bot.storage.moving import back_up

    with opened() as storage:
        _count("backed up", back_up(storage, file))


def restore(file: Annotated[Path, typer.Argument(help="A file made by backup.")]) -> None:
    """Fill an empty database from a backup.

    Example: dropwise restore monday.dropwise
    """
    from bot.storage.moving import bring_back

    with opened() as storage:
        _count("restored", bring_back(storage, file))


def move(to: Annotated[str, typer.Option(help="postgresql://…, empty.")]) -> None:
    """Carry everything over into another database; stop the tutor first.

    Example: dropwise move --to postgresql://dropwise@localhost/dropwise
    """
    from bot.storage import Storage
    from bot.storage.moving import move_over

    with opened() as storage:
        target = Storage(to)
        try:
            target.migrate()
            _count("moved", move_over(storage, target))
        finally:
            target.close()


def _count(done: str, rows: dict[str, int]) -> None:
    counts = ", ".join(f"{count} {table}" for table, count in rows.items() if count)
    typer.echo(f"{done}: {counts or 'nothing, it was empty'}")
