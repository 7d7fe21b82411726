"""All that a pass is made of, so that it can be made again under other rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.cells import Trace, place
from engine.network import Network
from engine.passes import trace
from engine.rules import RIGHT, Rules
from engine.scalars import Scalar, lift
from engine.written import Written

_FORWARD = {"x", "w", "b", "p", "z", "a"}


@dataclass(frozen=True, slots=True)
class Situation:
    network: Network
    inputs: tuple[Scalar, ...]
    target: tuple[Scalar, ...] | None = None
    rate: Scalar = None
    loss: str = "half-squared"
    signs: Mapping[str, bool] | None = None

    @classmethod
    def of(
        cls,
        network: Network,
        inputs: Sequence[object],
        target: Sequence[object] | None = None,
        rate: object = None,
        loss: str = "half-squared",
    ) -> Situation:
        aims = None if target is None else tuple(map(lift, target))
        pace = None if rate is None else lift(rate)
        return cls(network, tuple(map(lift, inputs)), aims, pace, loss)

    def written(self) -> Situation:
        """The same over numbers that remember how they are written."""
        return Situation(
            self.network.map(Written.of),
            tuple(map(Written.of, self.inputs)),
            None if self.target is None else tuple(map(Written.of, self.target)),
            None if self.rate is None else Written.of(self.rate),
            self.loss,
        )

    def reaching(self, cells: Iterable[str]) -> Situation:
        """Without the way back where nothing of it is asked."""
        forward = all(place(at).kind in _FORWARD and not place(at).stepped for at in cells)
        return replace(self, target=None, rate=None) if forward else self

    def trace(self, rules: Rules = RIGHT, claims: Mapping[str, object] | None = None) -> Trace:
        return trace(
            self.network,
            self.inputs,
            self.target,
            self.rate,
            rules,
            loss=self.loss,
            claims=claims,
            signs=self.signs,
        )

    def values(
        self,
        cells: Sequence[str],
        rules: Rules = RIGHT,
        claims: Mapping[str, object] | None = None,
    ) -> tuple[Scalar, ...]:
        """The numbers at these cells. `a2.1+`, `L+`: in the pass after the step."""
        now = self.trace(rules, claims)
        if all(at in now for at in cells):
            return tuple(now.value(at) for at in cells)
        later = replace(self, network=now.updated(), rate=None).trace(rules)
        return tuple(now.value(at) if at in now else later.value(at.rstrip("+")) for at in cells)
