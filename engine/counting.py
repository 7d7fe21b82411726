"""How many parameters an architecture has, and the ways they are miscounted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from math import prod
from types import MappingProxyType

from engine.network import Architecture
from engine.question import Question

Sizes = tuple[int, ...]
LONGEST = 200  # characters of an architecture as typed


def sizes_of(written: str) -> Sizes:
    """The widths of `4-3-2`, `4 → 3 → 2`, `4×3×2`, `(4, 3, 2)`, `4-3-2 relu`."""
    if len(written) > LONGEST:
        raise ValueError(f"longer than any architecture: {len(written)} characters")
    return Architecture.parse(written).sizes


def count(of: str | Sizes) -> int:
    """A weight for each input of each unit, and a bias for each unit."""
    sizes = _sizes(of)
    return _weights(sizes) + sum(sizes[1:])


def _sizes(of: str | Sizes) -> Sizes:
    return sizes_of(of) if isinstance(of, str) else of


def _weights(sizes: Sizes) -> int:
    return sum(inputs * units for inputs, units in pairwise(sizes))


MISCOUNTS: Mapping[str, Callable[[Sizes], int]] = MappingProxyType(
    {
        "counted-no-biases": _weights,
        "counted-input-biases": lambda sizes: count(sizes) + sizes[0],
        "counted-one-bias-a-layer": lambda sizes: _weights(sizes) + len(sizes) - 1,
        "counted-no-output-bias": lambda sizes: count(sizes) - sizes[-1],
        "counted-neurons": sum,
        "counted-units": lambda sizes: sum(sizes[1:]),
        "multiplied-sizes": prod,
        "added-neighbours": lambda sizes: sum(a + b for a, b in pairwise(sizes)),
    }
)
SELDOM: Mapping[str, Callable[[Sizes], int]] = MappingProxyType(
    {
        "counted-no-hidden-biases": lambda sizes: count(sizes) - sum(sizes[1:-1]),
        "counted-first-layer": lambda sizes: (sizes[0] + 1) * sizes[1],
        "counted-first-weights": lambda sizes: sizes[0] * sizes[1],
    }
)


def miscounts(of: str | Sizes) -> dict[str, int]:
    """By slug: each wrong count that is not right here and that no other way leads to.

    A seldom one gives way where it meets one of the usual ones.
    """
    sizes = _sizes(of)
    right = count(sizes)
    usual = {slug: way(sizes) for slug, way in MISCOUNTS.items()}
    seldom = {slug: way(sizes) for slug, way in SELDOM.items()}
    kept = {slug: n for slug, n in seldom.items() if n not in usual.values()}
    return {**_unique(usual, right), **_unique(kept, right)}


def _unique(counts: Mapping[str, int], right: int) -> dict[str, int]:
    every = list(counts.values())
    return {slug: n for slug, n in counts.items() if n != right and every.count(n) == 1}


def named(of: str | Sizes, answer: int) -> str | None:
    """How this wrong answer was counted, if exactly one way leads to it."""
    return next((slug for slug, n in miscounts(of).items() if n == answer), None)


def counting_question(of: str | Sizes) -> Question:
    slips = {slug: str(number) for slug, number in miscounts(of).items()}
    return Question(str(count(of)), slips=slips)
