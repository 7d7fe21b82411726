"""What is asked and what was judged: plain values between lessons, engine and tutor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Family: TypeAlias = Literal["right", "near", "partial", "wrong", "ungraded", "undecided"]


@dataclass(frozen=True, slots=True)
class Question:
    """One answer to be typed, and what each slip would make of it.

    Every target is written in the reader's own canonical notation and read through the same gate
    as a learner's answer: `1/2`, `sigmoid(-2)`, `(1, 0, 2)`, `[[1, 2], [3, 4]]`, `2*r - o + 3`.
    Where many answers are right the target is a region over `u` (one number) or `u1`, `u2`, …
    (a vector): `-3 < u <= -2`, `2*u1 + 3*u2 == 14 and u1 != 1`. A slip may be a region as well.
    """

    expect: str
    names: tuple[str, ...] = ()  # symbols that may stand in the answer
    places: int | None = None  # decimals asked for: the correctly rounded value is right
    slips: Mapping[str, str] = field(default_factory=dict)  # misconception slug -> its answer
    follows: str | None = None  # right, if the learner's own earlier values are taken as given
    size: int | None = None  # for a region over a vector: how many numbers


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one typed answer: kinds and values, never sentences.

    `kind` by family:
    right: exact, other-form, not-simplified · near: rounded, truncated, last-digit, intermediate ·
    partial: entries, transposed, permuted, factor, follows · wrong: misconception, unexplained ·
    ungraded: unreadable, unknown-name, wrong-case, wrong-count, wrong-kind, division-by-zero,
    too-big, ambiguous · undecided: undecided.
    """

    family: Family
    kind: str
    read_as: str | None = None  # what was read, in canonical notation
    misconceptions: tuple[str, ...] = ()  # one slug, or two slips made together
    entries: tuple[tuple[int, ...], ...] = ()  # wrong entries, from 1: (i,) or (row, column)
    position: int | None = None  # where reading stopped, from 0, in the text as typed
    readings: tuple[str, ...] = ()  # the readings between which nobody but the learner can choose
    detail: str = ""  # the unknown name, the factor, the count found: one value, by kind

    @property
    def counts(self) -> bool:
        """Whether this was an attempt at all."""
        return self.family not in ("ungraded", "undecided")
