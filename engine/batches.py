"""Several rows at once: a trace of each, and one of what they come to together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from engine import scalars
from engine.cells import Trace
from engine.network import Network, parameter_addresses
from engine.passes import Walk, trace
from engine.plans import GIVEN, Plan
from engine.rules import RIGHT, Rules
from engine.scalars import Scalar, lift


@dataclass(frozen=True, slots=True)
class Batch:
    """`whole` has L, every gradient and, with a rate, every parameter after the step."""

    rows: tuple[Trace, ...]
    whole: Trace

    def updated(self) -> Network:
        return self.whole.updated()


def batch(  # noqa: PLR0913 the parts of a pass, and how rows are put together
    network: Network,
    rows: Sequence[Sequence[object]],
    targets: Sequence[Sequence[object]],
    rate: object = None,
    rules: Rules = RIGHT,
    *,
    loss: str = "half-squared",
    reduce: Literal["mean", "sum"] = "mean",
) -> Batch:
    """Each row's own pass, then the mean (or the sum) of losses and gradients, and one step.

    The arguments of a cell of the whole are named by row: `1:gw1.1.1`.
    """
    if not rows:
        raise ValueError("a batch needs a row")
    passes = tuple(
        trace(network, inputs, target, rules=rules, loss=loss)
        for inputs, target in zip(rows, targets, strict=True)
    )
    of = passes[0].network  # lifted, if the rows' passes had to be
    pace = None if rate is None else lift(rate)
    given = [*of.numbers(), *([] if pace is None else [pace])]
    change = scalars.lifting(given)
    if change is not None:
        given = list(map(change, given))
    plan = _whole(network.sizes, len(rows), reduce, pace is not None)
    cells = Walk(plan, of, given, rules, loss)
    gathered = {at: _gathered(passes, at, reduce) for at in ("L", *_gradients(network.sizes))}
    return Batch(passes, cells.completed(plan, of, gathered))


def _gathered(passes: Sequence[Trace], at: str, reduce: str) -> Scalar:
    whole = scalars.total(row.value(at) for row in passes)
    return scalars.over(whole, len(passes)) if reduce == "mean" else whole


def _gradients(sizes: tuple[int, ...]) -> list[str]:
    return [f"g{at}" for at in parameter_addresses(sizes)]


@lru_cache(maxsize=64)
def _whole(sizes: tuple[int, ...], rows: int, reduce: str, rate: bool) -> Plan:
    parameters = parameter_addresses(sizes)
    cells: dict[str, tuple[str, tuple[str, ...]]] = dict.fromkeys(parameters, (GIVEN, ()))
    if rate:
        cells["rate"] = (GIVEN, ())
    for at in ("L", *_gradients(sizes)):
        cells[at] = (reduce, tuple(f"{row}:{at}" for row in range(1, rows + 1)))
    steps = []
    for at in parameters if rate else ():
        cells[f"{at}+"] = ("step", (at, f"g{at}", "rate"))
        steps.append(f"{at}+")
    return Plan.of_cells(cells, dict.fromkeys(steps, "step"))
