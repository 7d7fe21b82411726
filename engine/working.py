"""The lines of a solution: what must be computed for a cell, as data."""

from __future__ import annotations

from dataclasses import dataclass

from engine.cells import Cell, Trace
from engine.scalars import Scalar, same


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a solution: `op` of these cells and their values gives this value."""

    address: str
    op: str
    args: tuple[tuple[str, Scalar], ...]
    value: Scalar


def working(of: Trace, address: str) -> tuple[Line, ...]:
    """All that must be computed for one cell, in writing order; the cell itself comes last."""
    needed: set[str] = set()
    waiting = [address]
    while waiting:
        at = waiting.pop()
        if at not in needed and of[at].args:
            needed.add(at)
            waiting.extend(of[at].args)
    return tuple(_line(of, of[at]) for at in of if at in needed)


def _line(of: Trace, cell: Cell) -> Line:
    args = tuple((at, of.value(at)) for at in cell.args)
    return Line(cell.address, cell.op, args, cell.value)


def parting(right: Trace, other: Trace) -> str | None:
    """The first cell in writing order at which two passes of one shape differ."""
    return next((at for at in right if not same(right.value(at), other.value(at))), None)
