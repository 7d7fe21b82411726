"""A learner's network as they write it down: a line a unit, its weights and then its bias."""

from __future__ import annotations

import re
from collections.abc import Mapping

CELL = re.compile(r"([wb])(\d+)_(\d+)(?:_(\d+))?$")
GIVEN = re.compile(r"([xt])(\d+)$")


def is_network(values: Mapping[str, str]) -> bool:
    return "w1_1_1" in values


def told(values: Mapping[str, str]) -> str:
    """Layer by layer, then the row and its target. What else was drawn would tell too much."""
    layers = sorted({int(cell[2]) for name in values if (cell := CELL.match(name))})
    lines = [line for layer in layers for line in _layer(values, layer)]
    given = [f"{letter} = {_given(values, letter)}" for letter in "xt" if _given(values, letter)]
    return "\n".join([*lines, ", ".join(given)]).replace("-", "−")


def _layer(values: Mapping[str, str], layer: int) -> list[str]:
    units = sorted(
        {int(cell[3]) for name in values if (cell := CELL.match(name)) and int(cell[2]) == layer}
    )
    return [f"W{layer} | b{layer}", *(_unit(values, layer, unit) for unit in units)]


def _unit(values: Mapping[str, str], layer: int, unit: int) -> str:
    sources = sorted(
        (int(cell[4]), value)
        for name, value in values.items()
        if (cell := CELL.match(name)) and cell[4] and (int(cell[2]), int(cell[3])) == (layer, unit)
    )
    weights = " ".join(f"{value:>3}" for _, value in sources)
    return f"{weights} | {values.get(f'b{layer}_{unit}', '0'):>3}"


def _given(values: Mapping[str, str], letter: str) -> str:
    found = [
        (int(name[2]), value)
        for key, value in values.items()
        if (name := GIVEN.match(key)) and name[1] == letter
    ]
    numbers = [value for _, value in sorted(found)]
    return numbers[0] if len(numbers) == 1 else f"({', '.join(numbers)})" if numbers else ""
