"""Pictures of the course: pure functions from a name and values to the bytes of a PNG."""

from __future__ import annotations

from collections.abc import Mapping

from lessons.figures import (
    curves,
    depths,
    evidence,
    keepsakes,
    neurons,
    penalties,
    planes,
    sheets,
    shelves,
    squashing,
    stacks,
    traces,
)
from lessons.figures.card import Card
from lessons.figures.recipe import Recipe

style_version = "1"  # part of a picture's identity: raise it whenever any drawing changes

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
    sheets,
    traces,
)

FIGURES: Mapping[str, Recipe] = {
    name: recipe for family in _FAMILIES for name, recipe in family.RECIPES.items()
}


def draw(name: str, values: Mapping[str, str]) -> bytes:
    """The picture as a PNG; ValueError says which name or value is at fault."""
    return _card(name, values).png()


def printed(name: str, values: Mapping[str, str]) -> bytes:
    """The picture as a page of a PDF, for paper; ValueError as in `draw`."""
    return _card(name, values).pdf()


def needed(name: str) -> tuple[str, ...]:
    """The values that a picture must be told."""
    return _recipe(name).needs


def _card(name: str, values: Mapping[str, str]) -> Card:
    recipe = _recipe(name)
    try:
        return recipe.card(values)
    except ValueError as error:
        raise ValueError(f"figure {name}: {error}") from error


def _recipe(name: str) -> Recipe:
    if name not in FIGURES:
        raise ValueError(f"no figure is called {name!r}; there are {', '.join(sorted(FIGURES))}")
    return FIGURES[name]
