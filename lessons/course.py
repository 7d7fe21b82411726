"""The course as values: paths, phases, lessons, steps, and an exercise once it has its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from engine.question import Question


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture by its recipe; `caption` repeats in words every number that it shows."""

    name: str
    values: Mapping[str, str] = field(default_factory=dict)
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One button of a choice: `right`, or the slug of the misconception that it shows."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    options: tuple[Option, ...]  # in the order in which they are shown


@dataclass(frozen=True, slots=True)
class Order:
    """Tiles to be tapped in order; `right` holds every order that is right, by tile key."""

    tiles: tuple[Option, ...]
    right: tuple[tuple[str, ...], ...]
    slips: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Design:
    """An architecture for a table, typed or tapped together."""

    table: str


Asked: TypeAlias = Question | Choice | Order | Design


@dataclass(frozen=True, slots=True)
class Drawn:
    """An exercise with a learner's own numbers: all that is needed to put it and to judge it."""

    exercise: str
    values: Mapping[str, str]  # what was drawn; kept in the learner's row, enough to restore all
    prompt: str
    asked: Asked
    hints: tuple[str, ...]
    working: tuple[str, ...]  # the whole solution, line by line
    feedback: Mapping[str, str]  # by misconception slug or option key
    template: str = ""  # a form to copy where the form matters
    before: str = ""  # the one step before, asked when a wrong answer is unexplained
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Beat:
    """One message of the story."""

    text: str
    figure: Figure | None = None
