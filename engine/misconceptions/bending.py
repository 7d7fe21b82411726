"""What a misconception is: one rule bent, always, in some layers, or at some cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from engine.cells import place
from engine.rules import RIGHT, Rules

_Rule = Callable[..., Any]


class Misconception(Rules):
    """The rule book of someone who has one rule wrong. A subclass overrides one method."""

    slug: ClassVar[str]
    rule: ClassVar[str]  # the name of the method that is bent

    def __init_subclass__(cls) -> None:
        (cls.rule,) = (name for name in vars(cls) if name in _RULES)

    def everywhere(self) -> Slip:
        return Slip(self)

    def in_layer(self, layer: int) -> Slip:
        return Slip(self, layer=layer)

    def at(self, *addresses: str) -> Slip:
        return Slip(self, cells=frozenset(addresses))


_RULES = frozenset(name for name in vars(Rules) if not name.startswith("_"))


@dataclass(frozen=True, slots=True)
class Slip:
    """A misconception at work: everywhere, in one layer, or at some cells."""

    misconception: Misconception
    layer: int | None = None
    cells: frozenset[str] | None = None

    def reaches(self, address: str) -> bool:
        if self.cells is not None:
            return address in self.cells
        return self.layer is None or place(address).layer == self.layer


class Bent(Rules):
    """A rule book with several slips in it; where two meet in one cell the first one counts."""

    def __init__(self, slips: tuple[Slip, ...], base: Rules = RIGHT) -> None:
        self.slips = slips
        for name in {slip.misconception.rule for slip in slips}:
            mine = tuple(slip for slip in slips if slip.misconception.rule == name)
            setattr(self, name, _dispatch(name, mine, getattr(base, name)))


def _dispatch(name: str, slips: tuple[Slip, ...], base: _Rule) -> _Rule:
    bent = tuple((slip, getattr(slip.misconception, name)) for slip in slips)

    def rule(at: str, cells: Any, *args: Any) -> Any:
        for slip, wrong in bent:
            if slip.reaches(at):
                return wrong(at, cells, *args)
        return base(at, cells, *args)

    return rule


def bent(*slips: Misconception | Slip, base: Rules = RIGHT) -> Rules:
    """One rule book in which all of these slips are made together."""
    known = tuple(s.everywhere() if isinstance(s, Misconception) else s for s in slips)
    if not known:
        return base
    if isinstance(base, Misconception):
        return Bent((*known, base.everywhere()))
    if isinstance(base, Bent):
        return Bent((*known, *base.slips))
    return Bent(known, base)
