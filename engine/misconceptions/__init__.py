"""The catalogue of wrong rules, each by its slug, in an order that stays."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from engine.misconceptions.backward import BACKWARD
from engine.misconceptions.bending import Bent, Misconception, Slip, bent
from engine.misconceptions.forward import FORWARD
from engine.misconceptions.loss import LOSS
from engine.misconceptions.step import STEP

MISCONCEPTIONS: Mapping[str, Misconception] = MappingProxyType(
    {each.slug: each for each in (*FORWARD, *LOSS, *BACKWARD, *STEP)}
)

__all__ = ["MISCONCEPTIONS", "Bent", "Misconception", "Slip", "bent"]
