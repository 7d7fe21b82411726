"""The course from a shell: check lessons, preview one, measure the evidence again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.progress import progress

FAULTY = 1
UNAVAILABLE = 69
PORT = 8015
lessons = typer.Typer(help="The course: check it, look at it, measure its evidence.")


def add_to(app: typer.Typer) -> None:
    app.add_typer(lessons, name="lessons")


@lessons.command()
def check(
    folder: Annotated[Path | None, typer.Argument(help="A course; default: the one here.")] = None,
    seeds: Annotated[int, typer.Option(help="Draws for each exercise.")] = 200,
) -> None:
    """Hold every lesson against the rules; each fault comes with its file and line.

    Example: dropwise lessons check
    """
    from lessons.lint import check_course
    from lessons.loader.loading import CONTENT

    with progress("Checking") as say:
        faults = check_course(folder or CONTENT, seeds=seeds, begun=say)
    for fault in faults:
        typer.echo(str(fault))
    count = f"{len(faults)} fault{'' if len(faults) == 1 else 's'}"
    typer.echo(count if faults else "no faults", err=bool(faults))
    raise typer.Exit(FAULTY if faults else 0)


@lessons.command()
def minutes(
    folder: Annotated[Path | None, typer.Argument(help="A course; default: the one here.")] = None,
) -> None:
    """How long each drop takes by the model: a phone, and a slip in every fifth answer.

    Example: dropwise lessons minutes
    """
    from lessons.lint.minutes import table
    from lessons.loader.loading import CONTENT, load

    for path in load(folder or CONTENT).paths.values():
        for line in table(path):
            typer.echo(line)


@lessons.command()
def preview(
    folder: Annotated[Path | None, typer.Argument(help="A course; default: the one here.")] = None,
    port: Annotated[int, typer.Option(help="Where the page is; 0 takes a free one.")] = PORT,
    browser: Annotated[bool, typer.Option(help="Open the page.")] = True,
) -> None:
    """Show the lessons at any seed, with all their wrong answers; every save shows at once.

    Example: dropwise lessons preview
    """
    import asyncio

    from lessons.loader.loading import CONTENT

    where = folder or CONTENT
    if not where.is_dir():
        typer.echo(f"dropwise: {where} is no folder; give the one with path.toml", err=True)
        raise typer.Exit(FAULTY)
    try:
        asyncio.run(_preview(where.resolve(), port, browser))
    except OSError as error:
        told = f"port {port} is not free; choose another: --port 0"
        typer.echo(f"dropwise: {told} ({error.strerror})", err=True)
        raise typer.Exit(UNAVAILABLE) from None


async def _preview(folder: Path, port: int, browser: bool) -> None:
    import webbrowser

    from bot.cli.preview import serve
    from bot.cli.serving import told_to_stop

    async with serve(folder, port) as url:
        typer.echo(f"dropwise: {folder} is shown at {url}; save a file and look")
        if browser:
            webbrowser.open(url)
        await told_to_stop().wait()


@lessons.command()
def evidence() -> None:
    """Run the small experiments behind drops 9 to 14 again (about ten minutes).

    Example: dropwise lessons evidence
    """
    from lessons.evidence.report import lines

    with progress("Measuring") as say:
        for line in lines():
            typer.echo(line)
            say(line.split("  ")[0])
