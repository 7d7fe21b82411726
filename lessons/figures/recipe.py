"""A recipe: what a picture needs to be told, what it assumes otherwise, and how it is drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lessons.figures.card import Card


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
        missing = [key for key in self.needs if key not in values]
        known = {*self.needs, *self.assumed}
        unknown = [key for key in values if key not in known and not self._may_come(key)]
        if missing or unknown:
            told = [f"missing {key}" for key in missing] + [f"unknown {key}" for key in unknown]
            raise ValueError(", ".join(told))
        return self.paint({**self.assumed, **values})

    def __call__(self, values: Mapping[str, str]) -> bytes:
        return self.card(values).png()

    def _may_come(self, key: str) -> bool:
        return bool(self.also) and re.fullmatch(self.also, key) is not None
