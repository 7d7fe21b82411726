"""A pass to be shown: from a file or a seed, as a table, a picture or a sheet."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine import MISCONCEPTIONS, Network
from engine import trace as run_trace
from engine.cells import Trace


@dataclass(frozen=True, slots=True)
class Pass:
    """Everything that a trace needs."""

    network: Network
    inputs: Sequence[Any]
    target: Sequence[Any] | None = None
    rate: Any = None
    loss: str = "half-squared"
    rules: tuple[str, ...] = ()

    def trace(self) -> Trace:
        from engine.misconceptions import rules_for

        return run_trace(
            self.network, self.inputs, self.target, self.rate, rules_for(self.rules), loss=self.loss
        )


def from_file(path: Path) -> Pass:
    described = json.loads(path.read_text(encoding="utf-8"))
    unknown = [rule for rule in described.get("rules", ()) if rule not in MISCONCEPTIONS]
    if unknown:
        raise ValueError(f"no misconception is called {unknown[0]!r}")
    return Pass(
        network_of(described),
        described["inputs"],
        described.get("target"),
        described.get("rate"),
        described.get("loss", "half-squared"),
        tuple(described.get("rules", ())),
    )


def network_of(described: Mapping[str, Any]) -> Network:
    """A network from `{"layers": [{"weights": …, "biases": …, "activation": …}, …]}`."""
    return Network.of(
        *(
            (layer["weights"], layer["biases"], layer.get("activation", "linear"))
            for layer in described["layers"]
        )
    )


def from_seed(architecture: str, seed: int) -> Pass:
    if not architecture:
        raise ValueError("which network? write 2-3-1, or give a file with --network")
    from engine.pencil import pencil

    drawn = pencil(architecture, seed)
    return Pass(drawn.network, drawn.inputs, drawn.target, drawn.rate, drawn.loss)


def told(fault: Exception) -> str:
    if isinstance(fault, KeyError):
        return f"the file lacks {fault.args[0]!r}"
    return str(fault)


def show(given: Pass) -> None:
    """The trace in writing order: address, what was done with what, the number."""
    from rich.console import Console
    from rich.table import Table

    trace = given.trace()
    written: Mapping[str, str] = trace.to_json()
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("address", "from", "value"):
        table.add_column(title, justify="right" if title == "value" else "left")
    for address, cell in trace.items():
        made = f"{cell.op} {' '.join(cell.args)}" if cell.args else cell.op
        table.add_row(address, made, written[address])
    Console().print(f"{given.network}, inputs {', '.join(map(str, given.inputs))}")
    Console().print(table)


def picture(given: Pass) -> bytes:
    from lessons.figures import draw

    values = {**given.trace().to_json(), "network": str(given.network)}
    return draw("trace", values)


def workbook(given: Pass) -> bytes:
    from lessons.spreadsheet import workbook as make

    if given.target is None or given.rate is None:
        raise ValueError("a spreadsheet needs a target and a rate")
    return make(given.network, given.inputs, given.target, given.rate, loss=given.loss)
