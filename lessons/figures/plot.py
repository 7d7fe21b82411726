"""A window on a card: from numbers to pixels, with the few ticks that a small screen can bear."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lessons.figures.card import Card, Point
from lessons.figures.ink import LABEL, THIN, Pen

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Plot:
    """`corner` (top left) and `size` in pixels; `across` and `up` are what the sides span."""

    corner: Point
    size: Point
    across: Span
    up: Span

    def x(self, value: float) -> float:
        low, high = self.across
        return self.corner[0] + self.size[0] * (value - low) / (high - low)

    def y(self, value: float) -> float:
        low, high = self.up
        return self.corner[1] + self.size[1] * (high - value) / (high - low)

    def at(self, x: float, y: float) -> Point:
        return self.x(x), self.y(y)

    def path(self, points: Iterable[Point]) -> list[Point]:
        return [self.at(x, y) for x, y in points]

    def curve(self, rule: Callable[[float], float], span: Span | None = None) -> list[Point]:
        """The graph of a rule as pixels, fine enough to look smooth."""
        low, high = span or self.across
        xs = [low + (high - low) * i / 160 for i in range(161)]
        return self.path((x, rule(x)) for x in xs)

    def floor(self, card: Card, ticks: Iterable[tuple[float, str]], pen: Pen = THIN) -> None:
        """The lower side as an axis, with its ticks written beneath."""
        low = self.corner[1] + self.size[1]
        card.stroke([(self.corner[0], low), (self.corner[0] + self.size[0], low)], pen)
        for value, words in ticks:
            card.stroke([(self.x(value), low), (self.x(value), low + 14)], pen)
            card.text(self.x(value), low + 48, words, LABEL.sized(44))

    def level(self, card: Card, value: float, pen: Pen) -> None:
        """A line across the whole window at one height."""
        left = self.corner[0]
        card.stroke([(left, self.y(value)), (left + self.size[0], self.y(value))], pen)
