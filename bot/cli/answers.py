"""The engine from a shell: judge an answer, trace a pass, count parameters."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from engine import Verdict

RIGHT, NOT_RIGHT, UNGRADED = 0, 1, 2
BESIDE_MINUS = {"ignore_unknown_options": True}  # an answer may begin with a minus sign


def add_to(app: typer.Typer) -> None:
    app.command(context_settings=BESIDE_MINUS)(check)
    app.command()(trace)
    app.command()(counting)


def refuse(why: object) -> typer.Exit:
    typer.echo(f"dropwise: {why}", err=True)
    return typer.Exit(UNGRADED)


def exit_code(verdict: Verdict) -> int:
    return {"right": RIGHT, "ungraded": UNGRADED}.get(verdict.family, NOT_RIGHT)


def check(
    answer: Annotated[str, typer.Argument(help="What was typed.")] = "",
    expect: Annotated[str, typer.Option(help="What is right: 1/2, (1, 0, 2), w*x.")] = "",
    names: Annotated[str, typer.Option(help="Symbols that may stand in it: w,x,yhat.")] = "",
    places: Annotated[int | None, typer.Option(help="Decimals asked for.")] = None,
    lines: Annotated[bool, typer.Option("--lines", help="Read JSON lines from stdin.")] = False,
) -> None:
    """Judge one typed answer; the verdict comes as JSON.

    Example: dropwise check --expect 1/2 0,5
    """
    if lines:
        for line in sys.stdin:
            if line.strip():
                typer.echo(_judge_line(line))
        return
    if not expect:
        raise refuse("what is right? say it with --expect, like --expect 1/2")
    verdict, told = _judge(expect, answer, names, places)
    typer.echo(told)
    raise typer.Exit(exit_code(verdict))


def _judge(expect: str, answer: str, names: str, places: int | None) -> tuple[Verdict, str]:
    from engine.checking import check as judge
    from engine.checking import expectation, verdict_json

    scope = tuple(name.strip() for name in names.split(",") if name.strip())
    try:
        question = expectation(expect, scope, places)
    except ValueError as fault:
        raise refuse(fault) from None
    verdict = judge(question, answer)
    return verdict, json.dumps(verdict_json(verdict), ensure_ascii=False)


def _judge_line(line: str) -> str:
    """A verdict, or `{"error": …}` for a line that is no question: the others go on."""
    try:
        row = json.loads(line)
        names = row.get("names", "")
        scope = names if isinstance(names, str) else ",".join(names)
        return _judge(row["expect"], row["typed"], scope, row.get("places"))[1]
    except (ValueError, KeyError, TypeError, AttributeError, typer.Exit) as fault:
        return json.dumps({"error": f"no question: {type(fault).__name__}"})


def trace(
    architecture: Annotated[str, typer.Argument(help="Such as 2-3-1, with --seed.")] = "",
    seed: Annotated[int, typer.Option(help="Draws a network fit for a pencil.")] = 1,
    network: Annotated[Path | None, typer.Option(help="A file with a network of your own.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="{address: value}.")] = False,
    png: Annotated[Path | None, typer.Option(help="Draw the trace into this file.")] = None,
    xlsx: Annotated[Path | None, typer.Option(help="A live spreadsheet into this file.")] = None,
) -> None:
    """Run a whole pass and show every number of it.

    Example: dropwise trace 2-3-1 --seed 7
    """
    from bot.cli import tracing

    try:
        given = tracing.from_file(network) if network else tracing.from_seed(architecture, seed)
        _show(given, as_json, png, xlsx)
    except (ValueError, KeyError, TypeError, OSError) as fault:
        raise refuse(tracing.told(fault)) from None


def _show(given: Any, as_json: bool, png: Path | None, xlsx: Path | None) -> None:
    from bot.cli import tracing

    if as_json:
        typer.echo(json.dumps(given.trace().to_json(), ensure_ascii=False))
    if png:
        png.write_bytes(tracing.picture(given))
    if xlsx:
        xlsx.write_bytes(tracing.workbook(given))
    if not (as_json or png or xlsx):
        tracing.show(given)


def counting(
    architecture: Annotated[str, typer.Argument(help="Such as 4-3-2.")],
    typed: Annotated[str, typer.Argument(help="A count of yours, to be named.")] = "",
) -> None:
    """Count the parameters of an architecture, and every way to miscount them.

    Example: dropwise counting 4-3-2
    """
    from engine.counting import count, miscounts

    try:
        right, wrong = count(architecture), miscounts(architecture)
    except ValueError as fault:
        raise refuse(fault) from None
    if typed:
        names = ["right"] if typed.strip() == str(right) else _named(wrong, typed)
        typer.echo(" ".join(names) or "unexplained")
        raise typer.Exit(RIGHT if names == ["right"] else NOT_RIGHT)
    typer.echo(f"{right} parameters")
    for line in _miscounted(wrong):
        typer.echo(line)


def _named(wrong: Mapping[str, int], typed: str) -> list[str]:
    return [name for name, value in wrong.items() if str(value) == typed.strip()]


def _miscounted(wrong: Mapping[str, int]) -> Iterator[str]:
    for name, value in wrong.items():
        yield f"{value:>6}  {name}"
