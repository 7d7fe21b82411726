"""Slips that no numbers can part, found by trying them on networks of large random numbers."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

from engine import scalars
from engine.activations import ACTIVATIONS
from engine.network import Layer, Network
from engine.passes import trace
from engine.rules import Rules
from engine.scalars import Scalar
from engine.situation import Situation

TRIALS = 3


def twins(of: Situation, slips: Mapping[str, Rules], cells: Sequence[str]) -> list[frozenset[str]]:
    """The groups of slips that always agree at these cells, the same units being on and off."""
    groups: list[tuple[list[Scalar], set[str]]] = []
    for slug, rules in slips.items():
        answer = [value for trial in _trials(of) for value in trial.values(cells, rules)]
        for known, slugs in groups:
            if all(map(scalars.same, known, answer)):
                slugs.add(slug)
                break
        else:
            groups.append((answer, {slug}))
    return [frozenset(slugs) for _, slugs in groups if len(slugs) > 1]


def synonyms(of: Situation, slips: Mapping[str, Rules]) -> bool:
    """Whether these slips are one: equal at every cell of every network with the same units on."""
    cells = tuple(_trials(of)[0].trace())
    return any(slips.keys() == group for group in twins(of, slips, cells))


def _trials(of: Situation) -> tuple[Situation, ...]:
    shape = (of.network.sizes, of.network.activations)
    return trials(shape, pattern_of(of), of.loss, of.target is not None, of.rate is not None)


Shape = tuple[tuple[int, ...], tuple[str, ...]]  # the sizes and the activations of the layers
Pattern = tuple[tuple[bool | None, ...], ...]  # by layer: is the unit on? None: nobody asks


def pattern_of(of: Situation) -> Pattern:
    seen = trace(of.network, of.inputs, signs=of.signs)
    return tuple(
        tuple(seen.signs.get(f"z{layer}.{unit}") for unit in range(1, units + 1))
        for layer, units in enumerate(of.network.sizes[1:], 1)
    )


@lru_cache(maxsize=256)
def trials(
    shape: Shape, pattern: Pattern, loss: str, target: bool, rate: bool
) -> tuple[Situation, ...]:
    """Networks of large random numbers, with the same units on and off; always the same ones."""
    sizes, activations = shape
    draw = random.Random(f"{sizes} {activations} {pattern}")
    smooth = any(ACTIVATIONS[name].base or name == "tanh" for name in activations)
    number = _small if smooth else _large
    drawn = []
    for _ in range(TRIALS):
        inputs = tuple(abs(number(draw)) for _ in range(sizes[0]))
        network = _network(draw, number, activations, inputs, pattern)
        aims = tuple(Fraction(draw.randint(1, 96), 97) for _ in range(sizes[-1]))
        pace = Fraction(1, 7) if rate else None
        drawn.append(Situation(network, inputs, aims if target else None, pace, loss))
    return tuple(drawn)


def _large(draw: random.Random) -> int:
    return draw.choice((-1, 1)) * draw.randint(100, 999)


def _small(draw: random.Random) -> Fraction:
    return Fraction(draw.choice((-1, 1)) * draw.randint(20, 200), 97)


def _network(
    draw: random.Random,
    number: Callable[[random.Random], int | Fraction],
    activations: Sequence[str],
    inputs: tuple[Scalar, ...],
    pattern: Sequence[Sequence[bool | None]],
) -> Network:
    """Layer by layer; a unit that should be on and is off, or the other way, is turned round."""
    layers: list[Layer] = []
    width = len(inputs)
    for name, signs in zip(activations, pattern, strict=True):
        rows = [[number(draw) for _ in range(width + 1)] for _ in signs]
        layers.append(_layer(rows, name))
        found = trace(Network(tuple(layers)), inputs).layer("z", len(layers))
        for row, sign, z in zip(rows, signs, found, strict=True):
            if sign is not None and sign != scalars.positive(z):
                row[:] = [-entry for entry in row]
        layers[-1] = _layer(rows, name)
        width = len(rows)
    return Network(tuple(layers))


def _layer(rows: Sequence[Sequence[int | Fraction]], name: str) -> Layer:
    return Layer(tuple(tuple(row[:-1]) for row in rows), tuple(row[-1] for row in rows), name)
