"""The head of a lesson file, section by section, as values of the course."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from lessons.course import Exercise, Figure, Review
from lessons.decimals import decimal_mark
from lessons.kinds import (
    CellsAsked,
    ChoiceAsked,
    DesignAsked,
    Draw,
    FormulaAsked,
    Kind,
    LayerOf,
    OrderAsked,
    TrainingAsked,
)
from lessons.loader.source import Section
from lessons.pencilled import names

LOSS = "half-squared"


@dataclass(slots=True)
class Surroundings:
    """What exercises refer to by name: of the lesson, and of its path."""

    draws: dict[str, Draw] = field(default_factory=dict)
    networks: dict[str, tuple[LayerOf, ...]] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)

    def read(self, head: Section) -> None:
        for section in head.named("shared"):
            self.draws[section.name] = draw(section)
            section.done()
        for section in head.named("network"):
            self.networks[section.name] = layers(section)
            section.done()
        for section in head.named("figure"):
            self.figures[section.name] = figure(section)
            section.done()

    def show_decimals_of(self, language: str) -> None:
        """In pictures as in the words beside them."""
        from lessons.figures.recipe import DECIMAL

        mark = decimal_mark(language)
        for name, shown in self.figures.items() if mark != "." else ():
            self.figures[name] = replace(shown, values={**shown.values, DECIMAL: mark})


def draw(section: Section) -> Draw:
    pencil = section.word("pencil")
    try:
        drawn = names(pencil) if pencil else ()
    except ValueError:
        section.fault(f"pencil names no network: {pencil}; write personal or 2-3-1 relu", pencil)
        return Draw()
    ranges, let = section.texts("draw"), section.texts("let")
    return Draw(ranges, let, section.words("require"), pencil if drawn else "")


def layers(section: Section) -> tuple[LayerOf, ...]:
    found = []
    for layer in section.tables("layers"):
        weights, biases = layer.word("weights", None), layer.word("biases", None)
        found.append(LayerOf(weights, biases, layer.word("squash", None)))
        layer.done()
    return tuple(found)


def figure(section: Section) -> Figure:
    recipe, caption = section.word("recipe", None), section.word("caption", None)
    return Figure(recipe, section.texts("values"), caption)


def exercise(section: Section, around: Surroundings) -> Exercise | None:
    """None when it is too broken to be one; the faults are in the section's source."""
    kind = _kind(section, around)
    if kind is None:
        return None
    found = Exercise(
        key=section.name,
        kind=kind,
        prompt=section.word("prompt", None),
        draw=draw(section),
        uses=_known(section, "uses", around.draws),
        hints=section.words("hints"),
        working=section.words("working"),
        feedback=section.texts("feedback"),
        may_tie=section.words("may-tie"),
        template=section.word("template"),
        before=section.word("before"),
        before_answer=section.word("before-answer"),
        figure=around.figures.get(_known(section, "figure", around.figures)),
        role="review" if section.flag("only-review") else "stretch",
        example=section.flag("example"),
        seconds=section.whole("seconds", 30),
        graded=section.flag("graded", default=True),
        line=section.line,
    )
    section.done()
    return found


def _known(section: Section, key: str, names: Mapping[str, object]) -> str:
    name = section.word(key)
    if name and name not in names:
        section.fault(f"{key} names {name}, which is nowhere declared", f'"{name}"')
        return ""
    return name


def _kind(section: Section, around: Surroundings) -> Kind | None:
    found = [key for key in KINDS if key in section]
    if len(found) != 1:
        section.fault(f"asks exactly one of {', '.join(KINDS)}")
        return None
    return KINDS[found[0]](section, around)


def _formula(section: Section, _: Surroundings) -> Kind:
    places = section.whole("places", -1)
    return FormulaAsked(
        answer=section.word("answer", None),
        names=section.words("names"),
        places=None if places < 0 else places,
        slips=section.texts("slips"),
    )


def _region(section: Section, _: Surroundings) -> Kind:
    size = section.whole("size", 0)
    slips = section.texts("slips")
    return FormulaAsked(section.word("accept", None), region=True, size=size or None, slips=slips)


def _cells(section: Section, around: Surroundings) -> Kind:
    return CellsAsked(
        layers=around.networks.get(_known(section, "network", around.networks), ()),
        inputs=section.word("inputs", None),
        cells=section.words("cells"),
        target=section.word("target"),
        rate=section.word("rate"),
        loss=section.word("loss", LOSS),
        slips=section.texts("slips"),
    )


def _choice(section: Section, _: Surroundings) -> Kind:
    shuffled = section.flag("shuffled", default=True)
    return ChoiceAsked(section.texts("options"), section.texts("means"), shuffled)


def _order(section: Section, _: Surroundings) -> Kind:
    slips = section.table("slips")
    wrong = {slug: _orders(slips.words(slug)) for slug in slips.values}
    return OrderAsked(section.texts("tiles"), _orders(section.words("right")), wrong)


def _orders(rows: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row.split()) for row in rows)


def _design(section: Section, _: Surroundings) -> Kind:
    return DesignAsked(section.word("design", None))


def _training(section: Section, _: Surroundings) -> Kind:
    if not section.flag("training"):
        section.fault("training is true, or is not there", "training")
    return TrainingAsked()


KINDS: Mapping[str, Callable[[Section, Surroundings], Kind]] = {
    "answer": _formula,
    "accept": _region,
    "cells": _cells,
    "options": _choice,
    "tiles": _order,
    "design": _design,
    "training": _training,
}


def review(section: Section) -> Review:
    found = Review(section.name, section.word("exercise", None), section.whole("after", None))
    section.done()
    return found
