"""A recipe: what a picture needs to be told, what it assumes otherwise, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lessons.figures.card import Card


@dataclass(frozen=True, slots=True)
class Recipe:
    """Called with the values it needs, it gives a PNG.

    `assumed` holds the words and numbers that may be told but need not be; `example` shows one
    full set of what must be told.
    """

    paint: Callable[[Mapping[str, str]], Card]
    assumed: Mapping[str, str]
    example: Mapping[str, str] = field(default_factory=dict)

    @property
    def needs(self) -> tuple[str, ...]:
        return tuple(self.example)

    def card(self, values: Mapping[str, str]) -> Card:
        """Draw on a card; a value that is missing, unknown or unreadable raises ValueError."""
        missing = [key for key in self.example if key not in values]
        unknown = [key for key in values if key not in self.example and key not in self.assumed]
        if missing or unknown:
            told = [f"missing {key}" for key in missing] + [f"unknown {key}" for key in unknown]
            raise ValueError(", ".join(told))
        return self.paint({**self.assumed, **values})

    def __call__(self, values: Mapping[str, str]) -> bytes:
        return self.card(values).png()
