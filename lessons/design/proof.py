"""A design and what it scored as a short code, from which anyone can train it again."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lessons.design.architecture import FITTING, MOST_EPOCHS, USUAL_RATE, WIDEST, Architecture
from lessons.design.objections import objections
from lessons.design.tables import TABLES

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
MISREAD = str.maketrans("ILO", "110", " -")
CHECKS = 1 << 10
SEEDS = 64
TENTHS = 1 << 12  # a score in tenths: of a per cent, or of a quantity's unit
SQUASHES = ("relu", "tanh", "sigmoid", "none")
LOSSES = tuple(FITTING)
NAMES = tuple(TABLES)
MANTISSAS, EXPONENTS = 1000, 16


@dataclass(frozen=True, slots=True)
class Proof:
    """What a code says: a design for a table, its seed, and two scores to be checked, in tenths."""

    table: str
    design: Architecture
    seed: int
    net: int
    gain: int


def written(proof: Proof) -> str:
    """The code; ValueError when a score is beyond what has room in it."""
    number = 0
    for value, radix in reversed(list(_fields(proof))):
        if not 0 <= value < radix:
            raise ValueError(f"{value} has no room among {radix}")
        number = number * radix + value
    number = number * CHECKS + _check(number)
    letters = ""
    while number:
        number, letter = divmod(number, len(LETTERS))
        letters = LETTERS[letter] + letters
    return letters


def read(code: str) -> Proof | None:
    """None where no proof has this code: a letter is another, or too few or too many."""
    letters = code.upper().translate(MISREAD)
    if not 0 < len(letters) <= 64 or set(letters) - set(LETTERS):
        return None
    number = 0
    for letter in letters:
        number = number * len(LETTERS) + LETTERS.index(letter)
    number, check = divmod(number, CHECKS)
    if check != _check(number):
        return None
    fields = _Fields(number)
    proof = _proof(fields)
    stops = any(one.stops for one in objections(proof.design, TABLES[proof.table]))
    return None if fields.rest or stops else proof


def _check(number: int) -> int:
    return zlib.crc32(f"{number:x}".encode()) % CHECKS


def _fields(proof: Proof) -> Iterator[tuple[int, int]]:
    """Each number with how many it might have been; `_proof` reads them in the same order."""
    design, hidden = proof.design, proof.design.widths[1:-1]
    yield NAMES.index(proof.table), len(NAMES)
    yield len(hidden), 4
    yield from ((width - 1, WIDEST) for width in hidden)
    yield SQUASHES.index(design.hidden), len(SQUASHES)
    yield LOSSES.index(design.loss), len(LOSSES)
    yield int(design.early_stopping), 2
    yield from _perhaps(design.l2, 0.0)
    yield from _perhaps(design.rate, USUAL_RATE)
    yield int(design.epochs != MOST_EPOCHS), 2
    if design.epochs != MOST_EPOCHS:
        yield design.epochs, MOST_EPOCHS
    yield proof.seed, SEEDS
    yield proof.net, TENTHS
    yield proof.gain + TENTHS // 2, TENTHS


def _perhaps(value: float, usual: float) -> Iterator[tuple[int, int]]:
    """One bit where it is as usual, else its three digits and their place."""
    yield int(value != usual), 2
    if value != usual:
        digits, _, exponent = f"{value:.2e}".partition("e")
        yield int(digits.replace(".", "")), MANTISSAS
        yield 2 - int(exponent), EXPONENTS


@dataclass(slots=True)
class _Fields:
    """Numbers taken back out, in the order in which they were put in."""

    rest: int

    def take(self, radix: int) -> int:
        self.rest, value = divmod(self.rest, radix)
        return value

    def perhaps(self, usual: float) -> float:
        if not self.take(2):
            return usual
        mantissa = self.take(MANTISSAS)
        return float(f"{mantissa}e-{self.take(EXPONENTS)}")

    def choice(self, of: Sequence[str]) -> str:
        return of[self.take(len(of))]


def _proof(fields: _Fields) -> Proof:
    table = TABLES[fields.choice(NAMES)]
    hidden = [fields.take(WIDEST) + 1 for _ in range(fields.take(4))]
    squash, loss = fields.choice(SQUASHES), fields.choice(LOSSES)
    stops, l2, rate = bool(fields.take(2)), fields.perhaps(0.0), fields.perhaps(USUAL_RATE)
    epochs = fields.take(MOST_EPOCHS) if fields.take(2) else MOST_EPOCHS
    widths = (table.columns, *hidden, table.kinds)
    design = Architecture(widths, squash, FITTING[loss], loss, l2, stops, rate, epochs)
    return Proof(
        table.name,
        design,
        fields.take(SEEDS),
        fields.take(TENTHS),
        fields.take(TENTHS) - TENTHS // 2,
    )
