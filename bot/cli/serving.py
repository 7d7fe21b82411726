"""The tutor started: on Telegram, on this machine's own phone, or on a terminal."""

from __future__ import annotations

import asyncio
import errno
import signal
import sys
import webbrowser
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bot.cli.assembly import Line
    from bot.cli.desk import Desk
    from bot.local import LocalTelegram
    from bot.settings import Settings

PORT = 8014
UNAVAILABLE = 69
JOURNAL = "On the phone: a file for every call of the Bot API, as lines of JSON."
LOCAL_RATE = 1000.0  # messages a second: a phone on the same desk need not be spared


def add_to(app: typer.Typer) -> None:
    app.command()(run)
    app.command()(chat)


def run(
    browser: Annotated[bool, typer.Option(help="Open the phone's page.")] = True,
    port: Annotated[int, typer.Option(help="Of the phone's page; 0 takes a free one.")] = PORT,
    seed: Annotated[int | None, typer.Option(help="On the phone: always the same numbers.")] = None,
    journal: Annotated[Path | None, typer.Option(help=JOURNAL)] = None,
) -> None:
    """Start the tutor: on Telegram with BOT_TOKEN, without it on a phone of its own here.

    Example: BOT_TOKEN=123:abc dropwise run
    """
    from bot.logs import set_up_logs
    from bot.settings import read_settings

    settings = read_settings()
    set_up_logs(settings.log_level, settings.secrets)
    if settings.bot_token:
        asyncio.run(_on_telegram(settings, settings.bot_token.get_secret_value()))
        return
    try:
        asyncio.run(_on_this_machine(settings, browser, seed, port=port, journal=journal))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        typer.echo(f"dropwise: port {port} is not free; choose another: --port 0", err=True)
        raise typer.Exit(UNAVAILABLE) from None


def chat(
    db: Annotated[Path | None, typer.Option(help="A file that keeps what you did.")] = None,
    name: Annotated[str, typer.Option(help="Who you are.")] = "Ana",
    language: Annotated[str, typer.Option(help="Your Telegram's language: en, de, …")] = "en",
    seed: Annotated[int | None, typer.Option(help="Always the same numbers.")] = None,
    journal: Annotated[Path | None, typer.Option(help=JOURNAL)] = None,
) -> None:
    r"""Talk to the tutor on this terminal; lines may come from a pipe.

    Example: printf '/start\n2\n' | dropwise chat
    """
    from pydantic import SecretStr

    from bot.logs import set_up_logs
    from bot.settings import Settings

    set_up_logs("error")
    with TemporaryDirectory(prefix="dropwise-") as folder:
        file = db.resolve() if db else Path(folder) / "chat.sqlite3"
        settings = Settings.model_construct(database_url=SecretStr(f"sqlite:///{file}"))
        asyncio.run(_on_a_terminal(settings, name, language, seed, journal=journal))


async def _on_telegram(settings: Settings, token: str) -> None:
    from bot.cli.assembly import Line, rates_of, running

    line = Line(
        token,
        settings.bot_api_url,
        rates_of(settings),
        updates_a_minute=settings.updates_a_minute,
    )
    async with running(settings, line) as (whole, parts):
        told = told_to_stop()
        typer.echo(f"dropwise: at work as @{whole.bot.username}")
        await _until(told, parts)
        typer.echo("dropwise: finishing what is in work")


async def _until(told: asyncio.Event, parts: list[asyncio.Task[None]]) -> None:
    """Returns when told to stop; raises what a part of the tutor raised."""
    waiting = asyncio.create_task(told.wait())
    await asyncio.wait([*parts, waiting], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    for part in parts:
        if part.done():
            part.result()


def told_to_stop() -> asyncio.Event:
    """Set at SIGTERM or SIGINT, which from now on end nothing by themselves."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    return told


async def _on_this_machine(
    settings: Settings, browser: bool, seed: int | None, **options: Any
) -> None:
    from bot.cli.assembly import running
    from bot.cli.desk import Desk
    from bot.settings import data_folder

    folder = data_folder() / "phone"
    settings = _own_database(settings, folder)
    desk = Desk()
    async with await _phone(desk, settings, memory=folder, **options) as phone:
        phone.person(1, "Ana")
        async with running(settings, _line_to(phone), desk.now, seed) as (whole, parts):
            desk.tutor = whole
            told = told_to_stop()
            typer.echo(f"dropwise: no BOT_TOKEN, so here is a phone: {phone.url}")
            if browser:
                webbrowser.open(phone.url)
            await _until(told, parts)


async def _on_a_terminal(
    settings: Settings, name: str, language: str, seed: int | None, journal: Path | None
) -> None:
    from rich.console import Console

    from bot.cli.assembly import running
    from bot.cli.desk import Desk
    from bot.local.terminal import Terminal

    desk = Desk()
    async with (
        await _phone(desk, settings, journal=journal) as phone,
        running(settings, _line_to(phone), desk.now, seed) as (whole, _),
    ):
        desk.tutor = whole
        settled = partial(desk.settled, phone)
        out = Console(highlight=False, width=None if sys.stdout.isatty() else 100)
        await Terminal(phone, phone.person(1, name, language), settled, out).run(sys.stdin)


async def _phone(
    desk: Desk, settings: Settings, journal: Path | None = None, **options: Any
) -> LocalTelegram:
    """A phone whose update numbers go on where the database's end."""
    from bot.local import LocalTelegram
    from bot.local.api.journal import Journal
    from bot.local.api.limits import FREE
    from bot.storage import Storage

    storage = Storage(settings.database_url.get_secret_value())
    storage.migrate()
    last = await storage.last_update()
    storage.close()
    return LocalTelegram(
        desk,
        username="dropwise_bot",
        name="Dropwise",
        limits=FREE,
        inspect=desk.inspect,
        next_drop=desk.next_drop,
        first_update=last + 1 if last is not None else None,
        witness=Journal(journal) if journal else None,
        **options,
    )


def _line_to(phone: LocalTelegram) -> Line:
    from bot.cli.assembly import Line
    from bot.postman.pacing import Rates

    quick = Rates(LOCAL_RATE, 100, LOCAL_RATE, 100, LOCAL_RATE, 100)
    return Line(phone.token, phone.url, quick, long_poll=5)


def _own_database(settings: Settings, folder: Path) -> Settings:
    """A phone whose clock can be moved shares no database with a bot on Telegram, unless told."""
    from pydantic import SecretStr

    if "database_url" in settings.model_fields_set:
        return settings
    folder.mkdir(parents=True, exist_ok=True)
    url = SecretStr(f"sqlite:///{folder / 'phone.sqlite3'}")
    return settings.model_copy(update={"database_url": url})
