"""What is in work, on a terminal; nothing where nobody looks on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

Say: TypeAlias = Callable[[str], None]


@contextmanager
def progress(work: str) -> Iterator[Say]:
    """A line that moves, with the seconds so far; what is said stands in it until the next.

    It is written to standard error, so that what is printed can go into a file.
    """
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    both = sys.stdout.isatty()
    with Progress(*columns, console=console, transient=True, redirect_stdout=both) as shown:
        task = shown.add_task(work)
        yield lambda part: shown.update(task, description=f"{work}: {part}")
