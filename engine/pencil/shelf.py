"""The first layer of a learner's own 2-3-1 network: three units, a row and a second row for them.

Two units are on in the first row and one sleeps; in the second row the sleeper wakes and another
sleeps. What is kept has different answers for every slip that the questions on layout and on the
first layer are to tell apart.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from engine.pencil.draw import Draw

Row = tuple[int, int]
ROWS: tuple[Row, ...] = ((1, 2), (2, 1), (1, 3), (3, 1), (2, 3), (3, 2))
WEIGHTS = (-2, -1, 1, 2, 3)
BIASES = (-4, -3, -2, -1, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Unit:
    weights: Row
    bias: int

    def z(self, row: Row) -> int:
        return self.products(row) + self.bias

    def products(self, row: Row) -> int:
        return self.weights[0] * row[0] + self.weights[1] * row[1]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Three units in their order; units are counted from 0 here."""

    units: tuple[Unit, Unit, Unit]
    row: Row
    second: Row
    entry: tuple[int, int]  # the (unit, input) of W1 that is asked for, from 0
    total: int  # the unit whose z is asked for, from 0

    @property
    def z(self) -> tuple[int, ...]:
        return tuple(unit.z(self.row) for unit in self.units)

    @property
    def h(self) -> tuple[int, ...]:
        return tuple(max(z, 0) for z in self.z)

    @property
    def asleep(self) -> int:
        return next(j for j, z in enumerate(self.z) if z < 0)

    @property
    def on(self) -> tuple[int, ...]:
        return tuple(j for j, z in enumerate(self.z) if z > 0)


def distinct(*answers: Hashable) -> bool:
    return len(set(answers)) == len(answers)


def shelves(draw: Draw) -> Iterator[Shelf]:
    """Shelf after shelf, without end."""
    while True:
        row = draw.choice(ROWS)
        on, off = _candidates(row)
        three = draw.shuffled([draw.choice(on), draw.choice(on), draw.choice(off)])
        shelf = _shelf(draw, (three[0], three[1], three[2]), row)
        if shelf is not None:
            yield shelf


@lru_cache(maxsize=len(ROWS))
def _candidates(row: Row) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
    """Units that are on in this row (z from 1 to 6), and units asleep (z from −6 to −2)."""
    units = [Unit((a, b), bias) for a in WEIGHTS for b in WEIGHTS if a != b for bias in BIASES]
    return (
        tuple(unit for unit in units if 1 <= unit.z(row) <= 6),
        tuple(unit for unit in units if -6 <= unit.z(row) <= -2),
    )


def _shelf(draw: Draw, units: tuple[Unit, Unit, Unit], row: Row) -> Shelf | None:
    if not _varied(units, row) or not _layout(units) or not _first_layer(units, row):
        return None
    entries = [entry for entry in ((1, 0), (0, 1), (2, 0), (2, 1)) if _entry(units, entry)]
    totals = [j for j in range(3) if _total(units, row, j)]
    if not (entries and totals):
        return None
    seconds = [(p, q) for p in range(5) for q in range(5) if _second(units, row, (p, q))]
    if not seconds:
        return None
    return Shelf(units, row, draw.choice(seconds), draw.choice(entries), draw.choice(totals))


def _varied(units: tuple[Unit, ...], row: Row) -> bool:
    """Biases of both signs, sums of three sizes, no row a multiple of another."""
    one, two, three = (unit.bias for unit in units)
    if one in (two, three) or two == three or not min(one, two, three) < 0 < max(one, two, three):
        return False
    crossed = (
        one.weights[0] * two.weights[1] != one.weights[1] * two.weights[0]
        for one, two in combinations(units, 2)
    )
    return (
        distinct(*(abs(unit.z(row)) for unit in units))
        and all(unit.products(row) != 0 for unit in units)
        and all(crossed)
    )


def _layout(units: tuple[Unit, ...]) -> bool:
    """What may be typed for W1 differs: read by columns, or with the columns exchanged."""
    flat = [entry for unit in units for entry in unit.weights]
    written = tuple(unit.weights for unit in units)
    by_columns = tuple((flat[j], flat[3 + j]) for j in range(3))
    return distinct(written, by_columns, tuple((b, a) for a, b in written))


def _entry(units: tuple[Unit, ...], at: tuple[int, int]) -> bool:
    j, i = at
    row = units[j].weights
    return distinct(row[i], row[1 - i], *([units[i].weights[j]] if j < 2 else []))


def columns(units: tuple[Unit, ...], row: Row) -> tuple[int, ...]:
    """The sums of someone who reads the six weights as two rows of three."""
    flat = [entry for unit in units for entry in unit.weights]
    return tuple(flat[j] * row[0] + flat[3 + j] * row[1] + units[j].bias for j in range(3))


def unsigned(unit: Unit, row: Row) -> int:
    """The sum of someone who loses the minus signs of the weights."""
    return sum(abs(w) * x for w, x in zip(unit.weights, row, strict=True)) + unit.bias


def _total(units: tuple[Unit, ...], row: Row, j: int) -> bool:
    unit, products = units[j], units[j].products(row)
    swapped = unit.products((row[1], row[0])) + unit.bias
    without = distinct(products + unit.bias, products, products - unit.bias, swapped)
    return without and unit.z(row) not in (unsigned(unit, row), columns(units, row)[j])


def _first_layer(units: tuple[Unit, ...], row: Row) -> bool:
    z = tuple(unit.z(row) for unit in units)
    h = tuple(max(number, 0) for number in z)
    totals = distinct(
        z,
        h,
        tuple(unit.products(row) for unit in units),
        tuple(unit.products(row) - unit.bias for unit in units),
        tuple(unit.products((row[1], row[0])) + unit.bias for unit in units),
        columns(units, row),
    )
    return (
        totals
        and _signs_and_columns_show(units, row)
        and distinct(
            h,
            z,
            tuple(map(abs, z)),
            tuple(int(number > 0) for number in z),
            tuple(min(number, 0) for number in z),
            tuple(max(unit.products(row), 0) + unit.bias for unit in units),
        )
    )


def _signs_and_columns_show(units: tuple[Unit, ...], row: Row) -> bool:
    """A lost minus sign, or reading by columns, changes what the units send."""
    h = [max(unit.z(row), 0) for unit in units]
    lost = [max(unsigned(unit, row), 0) for unit in units]
    return h not in (lost, [max(z, 0) for z in columns(units, row)])


def _second(units: tuple[Unit, ...], row: Row, other: Row) -> bool:
    """The sleeper of the first row wakes, another unit sleeps, and no unit stands on its kink."""
    first = [unit.z(row) for unit in units]
    z = [unit.z(other) for unit in units]
    return (
        min(z) < 0 < z[first.index(min(first))]
        and 0 not in z
        and max(map(abs, z)) <= 9
        and other not in {row, (0, 0)}
        and _signs_and_columns_show(units, other)
    )
