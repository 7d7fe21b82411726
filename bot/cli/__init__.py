"""The command `dropwise`: every way in from a shell, each command in the file of its room."""

from __future__ import annotations

import sys

import typer

from bot.cli import answers, course, keeping, serving
from bot.settings import BAD_SETTING, SettingsFault

INTERRUPTED = 130

app = typer.Typer(
    name="dropwise",
    help="A tutor that teaches neural networks with a pencil, one small drop a day.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


@app.callback(invoke_without_command=True)
def default(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        serving.run()


serving.add_to(app)
answers.add_to(app)
course.add_to(app)
keeping.add_to(app)


def main() -> None:
    try:
        app()
    except SettingsFault as fault:
        print(f"dropwise: {fault}", file=sys.stderr)  # noqa: T201
        sys.exit(BAD_SETTING)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
