"""The tree of an answer: what was typed, before anything is worked out."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, TypeAlias


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

ARITHMETIC: Final = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


def within(tree: Node) -> Iterator[Node]:
    """The tree and all trees within it."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        match node:
            case Negative(body):
                waiting.append(body)
            case Binary(_, left, right):
                waiting += (left, right)
            case Call(_, arguments):
                waiting += arguments
