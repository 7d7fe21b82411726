"""The output unit of a learner's own network: which ones make every slip show.

Each check below takes an output and says whether what is asked of it, and each slip in it, have
different answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from engine.pencil.draw import Draw
from engine.pencil.shelf import Row, Shelf, columns, distinct

_PAIRS = tuple(
    pair for a in (1, 2, 3) for b in (1, 2) if max(a, b) >= 2 for pair in ((a, -b), (-b, a))
)
_BIASES = (-3, -2, -1, 1, 2, 3)
_ERRORS = (-5, -4, 4, 5)


@dataclass(frozen=True, slots=True)
class Output:
    """The output unit with the error wanted of it, and the sums that the questions need."""

    shelf: Shelf
    v: tuple[int, int, int]
    c: int
    e: int

    def sum(self, sent: Sequence[int]) -> int:
        return sum(v * s for v, s in zip(self.v, sent, strict=True)) + self.c

    @property
    def y(self) -> int:
        return self.sum(self.shelf.h)


def outputs(draw: Draw, shelf: Shelf) -> Iterator[Output]:
    """Small output units for a shelf, with a slope so steep that the step about meets the target.

    `slope` is how far ŷ moves for each unit of η·e, all parameters stepping at once.
    """
    one, two = shelf.on
    row = 1 + sum(x * x for x in shelf.row)
    base = 1 + sum(h * h for h in shelf.h)
    for pair in draw.shuffled(_PAIRS):
        slope = base + row * (pair[0] ** 2 + pair[1] ** 2)
        errors = [e for e in _ERRORS if 4 * abs(e) <= slope <= 15 * abs(e)]
        sleeping = [v for v in (-3, -2, 2, 3) if v not in pair]
        for c in draw.shuffled(_BIASES) if errors else ():
            y = pair[0] * shelf.h[one] + pair[1] * shelf.h[two] + c
            aims = [e for e in errors if -9 <= y - e <= 12]
            if -9 <= y <= 12 and y != 0 and aims:
                v = {one: pair[0], two: pair[1], shelf.asleep: draw.choice(sleeping)}
                yield Output(shelf, (v[0], v[1], v[2]), c, draw.choice(aims))


def prediction_shows(out: Output, row: Row) -> bool:
    z = [unit.z(row) for unit in out.shelf.units]
    h = [max(number, 0) for number in z]
    y = out.sum(h)
    squashed = [0] if y < 0 else []
    unsigned = sum(abs(v) * s for v, s in zip(out.v, h, strict=True)) + out.c
    wrong = (y - out.c, y - 2 * out.c, out.sum(z), out.sum([*map(abs, z)]), unsigned)
    return y != 0 and distinct(y, *wrong, *squashed) and y not in _first_layer_slips(out, row)


def _first_layer_slips(out: Output, row: Row) -> tuple[int, ...]:
    """Where slips in the first layer, the same ones made again in the second, lead ŷ."""
    units = out.shelf.units
    without = [max(unit.products(row), 0) for unit in units]
    against = [max(unit.products(row) - unit.bias, 0) for unit in units]
    late = [max(unit.products(row), 0) + unit.bias for unit in units]
    negatives = [min(unit.z(row), 0) for unit in units]
    by_columns = [max(z, 0) for z in columns(units, row)]
    return (
        out.sum(without) - out.c,
        out.sum(against) - 2 * out.c,
        out.sum(late),
        out.sum(negatives),
        out.sum(by_columns),
    )


def bill_shows(out: Output, j: int) -> bool:
    v, h = out.v[j], out.shelf.h[j]
    if max(columns(out.shelf.units, out.shelf.row)[j], 0) == h:
        return False
    return distinct(v * h, h, v, abs(v) * h, v * h + out.c)


def silent_shows(out: Output, new: int) -> bool:
    """A new outgoing weight for the unit that is asleep changes nothing."""
    off, y = out.shelf.asleep, out.y
    change = new - out.v[off]
    z = out.shelf.z
    used = out.sum(z) + change * z[off]
    unsigned = out.sum([*map(abs, z)]) + change * abs(z[off])
    return distinct(y, used, unsigned, y + new, y + change)


def line_nearby_shows(out: Output) -> bool:
    """The formula that holds around the first row, and what it is taken for."""

    def formula(units: Sequence[int], *, weighed: bool = True) -> tuple[int, int, int]:
        parts = [(out.v[j] if weighed else 1, out.shelf.units[j]) for j in units]
        return (
            sum(v * unit.weights[0] for v, unit in parts),
            sum(v * unit.weights[1] for v, unit in parts),
            sum(v * unit.bias for v, unit in parts) + out.c,
        )

    a, b, constant = formula(out.shelf.on)
    kept, unweighed = formula(range(3)), formula(out.shelf.on, weighed=False)
    return distinct((a, b, constant), kept, (a, b, out.c), (a, b, constant - out.c), unweighed)


def blame_shows(out: Output) -> bool:
    e, h, off = out.e, out.shelf.h, out.shelf.asleep
    every = [e * v for v in out.v]
    right = tuple(0 if j == off else every[j] for j in range(3))
    return distinct(
        right,
        tuple(every),
        tuple(0 if j == off else out.v[j] for j in range(3)),
        tuple(u * s for u, s in zip(every, h, strict=True)),
        tuple(-d for d in right),
        tuple(every[j] if j == off else 0 for j in range(3)),
        tuple(e * s for s in h),
    )


def outgoing_shows(out: Output, j: int) -> bool:
    e, h, v = out.e, out.shelf.h[j], out.v[j]
    gradient, step = e * h, Fraction(e * h, 10 * abs(e))
    asked = distinct(gradient, e * v, h, -gradient, 2 * gradient)
    return h > 1 and asked and distinct(v - step, v + step, v - gradient, -step, step)


def incoming_shows(out: Output, j: int, i: int) -> bool:
    e, v, x = out.e, out.v[j], out.shelf.row
    g = e * v * x[i]
    w = out.shelf.units[j].weights[i]
    return (
        x[i] > 1
        and abs(v) > 1
        and w not in (x[i], 1)
        and distinct(g, e * x[i], v * x[i], -g, e * v)
    )
