"""What is wrong or unwise about a design for a table: one kind each, in the order said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lessons.design.architecture import (
    FITTING,
    MOST_HIDDEN_LAYERS,
    MOST_PARAMETERS,
    WIDEST,
    Architecture,
)
from lessons.design.tables import Table


@dataclass(frozen=True, slots=True)
class Objection:
    """`stops` when the design cannot be trained as it stands; else it is a thing to defend."""

    kind: str
    stops: bool
    found: str = ""
    wanted: str = ""


def objections(design: Architecture, table: Table) -> tuple[Objection, ...]:
    """Everything to be said: faults first (the first one is said alone), then warnings."""
    faults = tuple(_faults(design, table))
    return faults or tuple(_warnings(design, table))


def _faults(design: Architecture, table: Table) -> Iterator[Objection]:
    first, last = design.widths[0], design.widths[-1]
    if first != table.columns:
        yield Objection("columns", True, str(first), str(table.columns))
    if design.output == "softmax" and last == 1:
        yield Objection("softmax-of-one", True)
    elif last != table.kinds:
        yield Objection("output-width", True, str(last), str(table.kinds))
    if design.output in ("relu", "tanh"):
        yield Objection(f"{design.output}-output", True, design.output, table.output)
    elif design.output != table.output:
        yield Objection("output-for-task", True, design.output, table.output)
    if FITTING[design.loss] != table.output:
        yield Objection("loss-for-task", True, design.loss, table.output)
    yield from _limits(design)


def _limits(design: Architecture) -> Iterator[Objection]:
    hidden = design.widths[1:-1]
    if len(hidden) > MOST_HIDDEN_LAYERS:
        yield Objection("too-deep", True, str(len(hidden)), str(MOST_HIDDEN_LAYERS))
    if any(not 1 <= width <= WIDEST for width in hidden):
        yield Objection("too-wide", True, str(max(hidden)), str(WIDEST))
    if design.parameters > MOST_PARAMETERS:
        yield Objection("too-many-parameters", True, str(design.parameters), str(MOST_PARAMETERS))


def _warnings(design: Architecture, table: Table) -> Iterator[Objection]:
    hidden = design.widths[1:-1]
    if hidden and design.hidden == "none":
        yield Objection("no-hidden-squash", False)
    if not hidden:
        yield Objection("no-hidden-layer", False)
    if any(above > below for below, above in pairwise(hidden)):
        yield Objection("growing-widths", False)
    if hidden and hidden[0] < 3:
        yield Objection("bottleneck", False, str(hidden[0]))
    if design.parameters > 10 * table.rows and not (design.l2 or design.early_stopping):
        yield Objection("no-brakes", False, str(design.parameters), str(table.rows))
