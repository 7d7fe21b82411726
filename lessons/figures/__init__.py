"""Pictures of the course: pure functions from a name and values to the bytes of a PNG."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from threading import Lock

from lessons.figures import (
    curves,
    depths,
    evidence,
    keepsakes,
    neurons,
    penalties,
    planes,
    results,
    sheets,
    shelves,
    squashing,
    stacks,
    traces,
)
from lessons.figures.card import Card
from lessons.figures.recipe import Recipe

_FAMILIES = (
    neurons,
    squashing,
    planes,
    stacks,
    shelves,
    penalties,
    depths,
    evidence,
    curves,
    keepsakes,
    results,
    sheets,
    traces,
)

FIGURES: Mapping[str, Recipe] = {
    name: recipe for family in _FAMILIES for name, recipe in family.RECIPES.items()
}

_one_at_a_time = Lock()


def _style() -> str:
    digest = hashlib.sha256(version("matplotlib").encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


style_version = _style()  # part of a picture's identity: another whenever any drawing may differ


def draw(name: str, values: Mapping[str, str]) -> bytes:
    """The picture as a PNG; ValueError says which name or value is at fault."""
    return _made(name, values, Card.png)


def printed(name: str, values: Mapping[str, str]) -> bytes:
    """The picture as a page of a PDF, for paper; ValueError as in `draw`."""
    return _made(name, values, Card.pdf)


def needed(name: str) -> tuple[str, ...]:
    """The values that a picture must be told."""
    return _recipe(name).needs


def _made(name: str, values: Mapping[str, str], finish: Callable[[Card], bytes]) -> bytes:
    """One card at a time: Python draws no faster in two threads, and a card weighs megabytes."""
    recipe = _recipe(name)
    with _one_at_a_time:
        try:
            card = recipe.card(values)
        except ValueError as error:
            raise ValueError(f"figure {name}: {error}") from error
        made = finish(card)
        card.close()
    return made


def _recipe(name: str) -> Recipe:
    if name not in FIGURES:
        raise ValueError(f"no figure is called {name!r}; there are {', '.join(sorted(FIGURES))}")
    return FIGURES[name]
