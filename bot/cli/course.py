"""The course from a shell: check lessons, preview one, measure the evidence again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

FAULTY = 1
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
    from lessons.loader import CONTENT

    faults = check_course(folder or CONTENT, seeds=seeds)
    for fault in faults:
        typer.echo(str(fault))
    typer.echo(f"{len(faults)} faults" if faults else "no faults", err=bool(faults))
    raise typer.Exit(FAULTY if faults else 0)


@lessons.command()
def evidence() -> None:
    """Run the small experiments behind drops 10 to 13 again (about ten minutes).

    Example: dropwise lessons evidence
    """
    from lessons.evidence.report import lines

    for line in lines():
        typer.echo(line)
