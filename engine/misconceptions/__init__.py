"""The catalogue of wrong rules, each by its slug, in an order that stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from engine.misconceptions.backward import BACKWARD
from engine.misconceptions.bending import Bent, Misconception, Slip, bent
from engine.misconceptions.forward import FORWARD
from engine.misconceptions.loss import LOSS
from engine.misconceptions.step import STEP
from engine.rules import RIGHT, Rules

MISCONCEPTIONS: Mapping[str, Misconception] = MappingProxyType(
    {each.slug: each for each in (*FORWARD, *LOSS, *BACKWARD, *STEP)}
)


def slip(written: str) -> Slip:
    """A slip by its slug; `forgot-bias@2` makes it in layer 2 only, `forgot-bias@z1.3` there."""
    slug, _, where = written.partition("@")
    if slug not in MISCONCEPTIONS:
        raise ValueError(f"no misconception is called {slug!r}")
    misconception = MISCONCEPTIONS[slug]
    if where.isdigit():
        return misconception.in_layer(int(where))
    return misconception.at(where) if where else misconception.everywhere()


def rules_for(slips: Iterable[str], base: Rules = RIGHT) -> Rules:
    """The rule book in which all these slips are made together; the right one for none."""
    return bent(*map(slip, slips), base=base)


__all__ = ["MISCONCEPTIONS", "Bent", "Misconception", "Slip", "bent", "rules_for", "slip"]
