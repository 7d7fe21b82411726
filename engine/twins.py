"""Slips that no numbers can part, found by trying them on networks of large random numbers."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

from engine import scalars
from engine.activations import ACTIVATIONS
from engine.cells import Trace
from engine.network import Layer, Network
from engine.passes import trace
from engine.rules import RIGHT, Rules
from engine.scalars import Scalar

TRIALS = 3


@dataclass(frozen=True, slots=True)
class Trial:
    """A network of large random numbers and one row for it."""

    network: Network
    inputs: tuple[Scalar, ...]
    target: tuple[Scalar, ...] | None
    rate: Scalar

    def trace(self, rules: Rules, loss: str) -> Trace:
        return trace(self.network, self.inputs, self.target, self.rate, rules, loss=loss)


class Pass(Protocol):
    """What is needed of a pass to make others of its kind."""

    @property
    def network(self) -> Network: ...
    @property
    def inputs(self) -> tuple[Scalar, ...]: ...
    @property
    def target(self) -> tuple[Scalar, ...] | None: ...
    @property
    def rate(self) -> Scalar: ...
    @property
    def loss(self) -> str: ...
    @property
    def signs(self) -> Mapping[str, bool] | None: ...


def twins(of: Pass, slips: Mapping[str, Rules], cells: Sequence[str]) -> list[frozenset[str]]:
    """The groups of slips that always agree at these cells, the same units being on and off."""
    groups: list[tuple[list[Scalar], set[str]]] = []
    for slug, rules in slips.items():
        answer = [
            value for trial in _trials(of) for value in _answers(trial, rules, of.loss, cells)
        ]
        for known, slugs in groups:
            if all(map(scalars.same, known, answer)):
                slugs.add(slug)
                break
        else:
            groups.append((answer, {slug}))
    return [frozenset(slugs) for _, slugs in groups if len(slugs) > 1]


def synonyms(of: Pass, slips: Mapping[str, Rules]) -> bool:
    """Whether these slips are one: equal at every cell of every network with the same units on."""
    cells = tuple(_trials(of)[0].trace(RIGHT, of.loss))
    return any(slips.keys() == group for group in twins(of, slips, cells))


def _answers(trial: Trial, rules: Rules, loss: str, cells: Sequence[str]) -> list[Scalar]:
    now = trial.trace(rules, loss)
    if all(at in now for at in cells):
        return [now.value(at) for at in cells]
    later = trace(now.updated(), trial.inputs, trial.target, loss=loss, rules=rules)
    return [now.value(at) if at in now else later.value(at.rstrip("+")) for at in cells]


def _trials(of: Pass) -> tuple[Trial, ...]:
    shape = (of.network.sizes, of.network.activations)
    return trials(shape, pattern_of(of), of.target is not None, of.rate is not None)


Pattern = tuple[tuple[bool | None, ...], ...]  # by layer: is the unit on? None: nobody asks


def pattern_of(of: Pass) -> Pattern:
    seen = trace(of.network, of.inputs, signs=of.signs)
    return tuple(
        tuple(seen.signs.get(f"z{layer}.{unit}") for unit in range(1, units + 1))
        for layer, units in enumerate(of.network.sizes[1:], 1)
    )


@lru_cache(maxsize=256)
def trials(
    shape: tuple[tuple[int, ...], tuple[str, ...]], pattern: Pattern, target: bool, rate: bool
) -> tuple[Trial, ...]:
    """Networks of this shape with the same units on and off, always the same ones."""
    sizes, activations = shape
    draw = random.Random(f"{sizes} {activations} {pattern}")
    smooth = any(ACTIVATIONS[name].base or name == "tanh" for name in activations)
    number = _small if smooth else _large
    drawn = []
    for _ in range(TRIALS):
        inputs = tuple(abs(number(draw)) for _ in range(sizes[0]))
        network = _network(draw, number, activations, inputs, pattern)
        aims = tuple(Fraction(draw.randint(1, 96), 97) for _ in range(sizes[-1]))
        drawn.append(
            Trial(network, inputs, aims if target else None, Fraction(1, 7) if rate else None)
        )
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
