"""When a network's numbers tell mistakes apart: standards A, B and C.

A: no mistake gives the right answer. B: no two mistakes give the same answers throughout.
C: as B, and the core mistakes differ in every single answer. A mistake that could not be seen
in an answer whatever the numbers (found by `twins`) is not held against them there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from engine import scalars
from engine.cells import Trace
from engine.misconceptions import MISCONCEPTIONS
from engine.rules import RIGHT, Rules
from engine.scalars import Scalar
from engine.situation import Situation
from engine.twins import Pattern, Shape, pattern_of, trials

Standard: TypeAlias = Literal["A", "B", "C"]
Answer: TypeAlias = tuple[str, ...]  # the addresses of the cells asked for together

CORE = (
    "forgot-bias",
    "dropped-minus",
    "forgot-squash",
    "target-minus-output",
    "dead-unit-learns",
    "forgot-weight-back",
    "forgot-input",
    "uphill",
    "forgot-rate",
)
MISTAKES = (
    *CORE,
    "subtracted-bias",
    "absolute-for-relu",
    "backward-relu",
    "relu-before-bias",
    "transposed-weights",
    "forgot-square",
    "forgot-half",
    "extra-two",
    "missing-two",
    "forgot-output-slope",
    "slope-at-a",
    "slope-from-z",
    "activation-for-slope",
    "one-path-only",
    "updated-too-soon",
    "error-for-delta",
    "weight-for-input",
    "z-below",
    "zero-bias-gradient",
    "bias-times-delta",
    "bias-gradient-summed",
    "replaced-by-step",
    "froze-biases",
)
CLOSEST = 200  # balls must differ by more than one over this, so that decimals can tell


@dataclass(frozen=True, slots=True)
class Visible:
    """By answer: which mistakes can be seen in it, and which of them can be parted in it."""

    kinds: tuple[Mapping[str, int], ...]  # slug -> class; 0 is the class of the right rules

    def seen(self, answer: int, slug: str) -> bool:
        return self.kinds[answer][slug] != 0


def visible(of: Situation, asked: Sequence[Answer]) -> Visible:
    shape, pattern = (of.network.sizes, of.network.activations), pattern_of(of)
    return Visible(tuple(_kinds(shape, pattern, of.loss, answer) for answer in asked))


@lru_cache(maxsize=4096)
def _kinds(shape: Shape, pattern: Pattern, loss: str, answer: Answer) -> Mapping[str, int]:
    classes: list[list[Scalar]] = []
    return {
        slug: _class_of([trial.value(at) for trial in tried for at in answer], classes)
        for slug, tried in _tried(shape, pattern, loss).items()
    }


@lru_cache(maxsize=128)
def _tried(shape: Shape, pattern: Pattern, loss: str) -> Mapping[str, tuple[Trace, ...]]:
    """What the right rules (under no name) and every mistake make of the trial networks."""
    drawn = trials(shape, pattern, loss, target=True, rate=True)
    books: dict[str, Rules] = {"": RIGHT, **{slug: MISCONCEPTIONS[slug] for slug in MISTAKES}}
    return {slug: tuple(trial.trace(rules) for trial in drawn) for slug, rules in books.items()}


def _class_of(value: list[Scalar], classes: list[list[Scalar]]) -> int:
    for number, known in enumerate(classes):
        if all(map(scalars.same, known, value)):
            return number
    classes.append(value)
    return len(classes) - 1


def meets(of: Situation, asked: Sequence[Answer], standard: Standard, right: Trace) -> bool:
    """Whether every mistake shows, and by B and C from which others it must be told apart."""
    can = visible(of, asked)
    goal = [_values(right, answer) for answer in asked]
    known: dict[str, list[tuple[Scalar, ...]]] = {}
    for slug in MISTAKES:
        shown = [number for number in range(len(asked)) if can.seen(number, slug)]
        if not shown:
            continue
        made = of.trace(MISCONCEPTIONS[slug])
        mine = [_values(made, answer) for answer in asked]
        if any(_close(mine[number], goal[number]) for number in shown):
            return False
        if standard != "A" and not _apart(slug, mine, known, can, standard):
            return False
        known[slug] = mine
    return True


def _apart(
    slug: str,
    mine: list[tuple[Scalar, ...]],
    known: Mapping[str, list[tuple[Scalar, ...]]],
    can: Visible,
    standard: Standard,
) -> bool:
    for other, theirs in known.items():
        parted = [n for n, kinds in enumerate(can.kinds) if kinds[slug] != kinds[other]]
        differs = [not _close(mine[n], theirs[n]) for n in parted]
        if parted and not any(differs):
            return False
        if standard == "C" and slug in CORE and other in CORE and not all(differs):
            return False
    return True


def _values(of: Trace, answer: Answer) -> tuple[Scalar, ...]:
    return tuple(of.value(at) for at in answer)


def _close(one: Sequence[Scalar], other: Sequence[Scalar]) -> bool:
    """Whether a learner's decimals could not tell these answers apart."""
    return not any(map(_differ, one, other))


def _differ(one: Scalar, other: Scalar) -> bool:
    if scalars.is_ball(one) or scalars.is_ball(other):
        return scalars.apart(one, other, CLOSEST)
    return bool(one != other)
