"""The gate: a typed text becomes plain characters that know their place, or is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from engine.reading.letters import (
    ACCENTED,
    FRACTIONS,
    HAT,
    LOWERED,
    PLAIN,
    RAISED,
    SPELLED,
    TRANSPOSED,
    UNSEEN,
)


class Limits(NamedTuple):
    """How long a text may be; a target of ours may be longer than what a learner types."""

    characters: int
    tokens: int
    depth: int


TYPED: Final = Limits(300, 160, 24)
TARGET: Final = Limits(6000, 3000, 72)
DIGITS: Final = 40
POWER: Final = 64
BITS: Final = 4096
TERMS: Final = 3000
DASH: Final = "—"  # a minus, or the two minuses that a keyboard joined
_KEPT: Final = {"√", "—", TRANSPOSED, *FRACTIONS, *ACCENTED}


class Refused(ValueError):  # noqa: N818  a learner's slip in writing, not an error of ours
    """A text that is not judged: its kind is one of the ungraded kinds of `Verdict`."""

    def __init__(
        self,
        kind: str,
        position: int | None = None,
        detail: str = "",
        readings: tuple[str, ...] = (),
    ) -> None:
        super().__init__(kind, position, detail, readings)
        self.kind = kind
        self.position = position
        self.detail = detail
        self.readings = readings


@dataclass(frozen=True, slots=True)
class Typed:
    """Plain characters, and for each its place in the text as typed."""

    plain: str
    places: tuple[int, ...]

    def cut(self, start: int, end: int) -> Typed:
        return Typed(self.plain[start:end], self.places[start:end])

    def strip(self, letters: str = " \n\u00a0") -> Typed:
        start = len(self.plain) - len(self.plain.lstrip(letters))
        end = len(self.plain.rstrip(letters))
        return self.cut(start, max(start, end))

    def place(self, index: int) -> int:
        """Where in the text as typed; past the end, just behind the last character."""
        if index < len(self.places):
            return self.places[index]
        return self.places[-1] + 1 if self.places else 0


def admit(text: str, limits: Limits = TYPED) -> Typed:
    """Every character through the table of letters; errors: `Refused`."""
    if len(text) > limits.characters:
        raise Refused("too-big", limits.characters, str(len(text)))
    plain: list[str] = []
    places: list[int] = []
    at = 0
    while at < len(text):
        if text[at].isascii() and text[at].isalnum():
            plain.append(text[at])
            places.append(at)
            at += 1
            continue
        meant, end = _meant(text, at, "".join(plain[-1:]))
        plain.extend(meant)
        places.extend([at] * len(meant))
        at = end
    return Typed("".join(plain), tuple(places))


def _meant(text: str, at: int, before: str) -> tuple[str, int]:  # noqa: PLR0911  one return a kind
    """What the character at `at` stands for, and where the next begins."""
    letter = text[at]
    plain = PLAIN.get(letter) if letter != DASH else DASH
    if plain is not None:
        return plain, at + 1
    if letter in UNSEEN:
        return "", at + 1
    if letter in RAISED:
        return _raised(text, at)
    if letter in LOWERED:
        return _lowered(text, at, before)
    if letter == HAT and before.isalpha():
        return "hat", at + 1
    if letter in SPELLED:
        return SPELLED[letter], at + 1
    if letter in _KEPT:
        return letter, at + 1
    raise Refused("unreadable", at, letter)


def _run(text: str, at: int, table: dict[str, str]) -> tuple[str, int]:
    end = at
    while end < len(text) and text[end] in table:
        end += 1
    return "".join(table[letter] for letter in text[at:end]), end


def _raised(text: str, at: int) -> tuple[str, int]:
    """A run of superscripts is a power, unless it is the upper half of a fraction like ³⁄₄."""
    run, end = _run(text, at, RAISED)
    if run.isdigit() and text[end : end + 1] in ("⁄", "/", "∕") and end + 1 < len(text):
        below, after = _run(text, end + 1, LOWERED)
        if below.isdigit():
            return f" {run}/{below}", after
    return f"^({run})", end


def _lowered(text: str, at: int, before: str) -> tuple[str, int]:
    run, end = _run(text, at, LOWERED)
    if not (before.isalnum() or before == "'"):
        raise Refused("unreadable", at, text[at])
    parted = " " if text[end : end + 1].isdigit() else ""
    return f"_{run}{parted}", end
