"""A recipe: what a picture needs to be told, what it assumes otherwise, and how it is drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from lessons.figures.card import Card

DECIMAL = "decimal"  # what every picture may be told: the sign before decimals, if it is no point


@dataclass(frozen=True, slots=True)
class Recipe:
    """Called with the values it needs, it gives a PNG.

    `assumed` holds the words and numbers that may be told but need not be; keys like `also` may be
    told as well, as many as there are; `example` shows one full set of what must be told.
    """

    paint: Callable[[Mapping[str, str]], Card]
    assumed: Mapping[str, str]
    example: Mapping[str, str] = field(default_factory=dict)
    also: str = ""  # a regular expression

    @property
    def needs(self) -> tuple[str, ...]:
        return tuple(key for key in self.example if not self._may_come(key))

    def card(self, values: Mapping[str, str]) -> Card:
        """Draw on a card; a value that is missing, unknown or unreadable raises ValueError."""
        if faults := self.faults(values):
            raise ValueError(", ".join(faults))
        card = self.paint({**self.assumed, **values})
        if DECIMAL in values:
            card.write_decimals_with(values[DECIMAL])
        return card

    def faults(self, keys: Collection[str]) -> list[str]:
        """What is not told, and what is told for nothing."""
        known = {*self.needs, *self.assumed, DECIMAL}
        missing = [key for key in self.needs if key not in keys]
        unknown = [key for key in keys if key not in known and not self._may_come(key)]
        return [f"missing {key}" for key in missing] + [f"unknown {key}" for key in unknown]

    def __call__(self, values: Mapping[str, str]) -> bytes:
        return self.card(values).png()

    def _may_come(self, key: str) -> bool:
        return bool(self.also) and re.fullmatch(self.also, key) is not None
