"""The tree of an answer: what was typed, before anything is worked out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands: `places` are the decimals given, `form` how it was set."""

    value: Fraction
    places: int | None = None
    form: Literal["plain", "mixed", "glyph", "percent"] = "plain"


@dataclass(frozen=True, slots=True)
class Name:
    name: str


@dataclass(frozen=True, slots=True)
class Euler:
    """The number e, where no name of the question is e."""


@dataclass(frozen=True, slots=True)
class Negative:
    body: Node


@dataclass(frozen=True, slots=True)
class Binary:
    operator: Literal["+", "-", "*", "/", "^"]
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    arguments: tuple[Node, ...]


Node: TypeAlias = Number | Name | Euler | Negative | Binary | Call
