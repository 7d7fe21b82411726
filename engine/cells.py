"""Every number of a pass, by its address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from engine import scalars
from engine.scalars import Scalar

if TYPE_CHECKING:
    from engine.network import Network
    from engine.plans import Plan

_ADDRESS = re.compile(r"([A-Za-z]+)((?:\d+(?:\.\d+)*)?)(\+?)")


@dataclass(frozen=True, slots=True)
class Place:
    """An address taken apart: `w1.2.1+` is the weight `w` at (1, 2, 1), after the step."""

    kind: str
    at: tuple[int, ...]
    stepped: bool = False

    @property
    def layer(self) -> int | None:
        """The layer, from 1; inputs, targets and losses belong to none."""
        return None if self.kind in {"x", "t", "e", "L", "rate"} else self.at[0]


@lru_cache(maxsize=8192)
def place(address: str) -> Place:
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise ValueError(f"no address: {address!r}")
    kind, digits, plus = match.groups()
    return Place(kind, tuple(map(int, digits.split("."))) if digits else (), bool(plus))


@dataclass(frozen=True, slots=True)
class Cell:
    """One number: what it was made from, by which operation, and what was written there."""

    address: str
    op: str
    args: tuple[str, ...]
    value: Scalar


class Trace(Mapping[str, Cell]):
    """A whole pass in writing order. Cells are made when asked for; the numbers are all there."""

    __slots__ = ("_given", "_numbers", "loss", "network", "plan", "signs")

    def __init__(
        self,
        network: Network,
        plan: Plan,
        numbers: Sequence[Scalar],
        signs: Mapping[str, bool],
        loss: str,
        given: Sequence[Scalar] = (),
    ) -> None:
        self.network = network
        self.plan = plan
        self.signs = signs  # by the address of a z: whether it was above 0, where that was asked
        self.loss = loss
        self._numbers = numbers
        self._given = given  # the first numbers as they came, where the pass lifted them

    def __getitem__(self, address: str) -> Cell:
        slot = self.plan.slots[address]
        return Cell(address, self.plan.ops[slot], self.plan.args[slot], self._numbers[slot])

    def __iter__(self) -> Iterator[str]:
        return iter(self.plan.addresses)

    def __len__(self) -> int:
        return len(self.plan.addresses)

    def __contains__(self, address: object) -> bool:
        return address in self.plan.slots

    def __repr__(self) -> str:
        return f"<Trace of {self.network.architecture}: {len(self)} cells>"

    def value(self, address: str) -> Scalar:
        return self._numbers[self.plan.slots[address]]

    def layer(self, kind: str, layer: int) -> tuple[Scalar, ...]:
        """The values of one kind in one layer, unit by unit: `layer("z", 1)`."""
        units = range(1, self.network.sizes[layer] + 1)
        return tuple(self.value(f"{kind}{layer}.{unit}") for unit in units)

    def gradients(self) -> dict[str, Scalar]:
        """By parameter address, in the parameters' order."""
        return {at: self.value(f"g{at}") for at in self.network.addresses}

    def updated(self) -> Network:
        """The network after the step of this trace."""
        return self.network.with_parameters(
            {at: self.value(f"{at}+") for at in self.network.addresses}
        )

    def to_json(self) -> dict[str, str]:
        """Exact values as fractions, enclosures as decimals with all their proved digits."""
        numbers = (*self._given, *self._numbers[len(self._given) :])
        return {
            address: scalars.text(number)
            for address, number in zip(self.plan.addresses, numbers, strict=True)
        }
