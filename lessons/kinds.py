"""What an exercise asks, before anybody's numbers: formulas and addresses, never an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from lessons import pencilled


@dataclass(frozen=True, slots=True)
class Draw:
    """Numbers to draw, what follows from them, and what must hold before a learner sees them.

    All are formulas of `lessons.formulas.formula`; `ranges` are read by `lessons.formulas.ranges`.
    """

    ranges: Mapping[str, str] = field(default_factory=dict)
    let: Mapping[str, str] = field(default_factory=dict)
    require: tuple[str, ...] = ()
    pencil: str = ""  # a network that the engine draws: "personal", or a shape like "2-3-1 relu"

    @property
    def names(self) -> tuple[str, ...]:
        """All numbers that are drawn, and so are kept."""
        return (*(pencilled.names(self.pencil) if self.pencil else ()), *self.ranges)


@dataclass(frozen=True, slots=True)
class LayerOf:
    """A layer whose numbers are formulas over what was drawn."""

    weights: str  # a matrix, one row a unit
    biases: str  # a vector
    activation: str


@dataclass(frozen=True, slots=True)
class CellsAsked:
    """Cells of a trace: the right values and the slips come from the engine's passes."""

    layers: tuple[LayerOf, ...]
    inputs: str
    cells: tuple[str, ...]
    target: str = ""
    rate: str = ""
    loss: str = "half-squared"
    slips: Mapping[str, str] = field(default_factory=dict)  # beyond the engine's own


@dataclass(frozen=True, slots=True)
class FormulaAsked:
    """A number, vector, matrix or expression that is declared, with its slips, in the lesson."""

    answer: str
    region: bool = False  # `answer` says which u (or u1, u2, …) are right
    size: int | None = None  # of a region over a vector
    names: tuple[str, ...] = ()  # symbols that stay symbols
    places: int | None = None
    slips: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChoiceAsked:
    options: Mapping[str, str]  # the option's name -> its text
    means: Mapping[str, str] = field(default_factory=dict)  # name -> formula of its key
    shuffled: bool = True


@dataclass(frozen=True, slots=True)
class OrderAsked:
    tiles: Mapping[str, str]
    right: tuple[tuple[str, ...], ...]
    slips: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DesignAsked:
    table: str


@dataclass(frozen=True, slots=True)
class TrainingAsked:
    """The learner's design is trained; later exercises ask about what came of it."""


Kind: TypeAlias = CellsAsked | FormulaAsked | ChoiceAsked | OrderAsked | DesignAsked | TrainingAsked
