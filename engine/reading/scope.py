"""The names that may stand in an answer, and how a run of letters falls into them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final

from engine.reading.gate import Refused
from engine.reading.letters import HAT, SPELLED

FUNCTIONS: Final[dict[str, str]] = {
    "sigmoid": "sigmoid",
    "sigma": "sigmoid",
    "s": "sigmoid",
    "relu": "relu",
    "max": "max",
    "exp": "exp",
    "ln": "ln",
    "log": "ln",
    "log2": "log2",
    "tanh": "tanh",
    "sqrt": "sqrt",
    "step": "step",
    "sigmoid2": "sigmoid2",
    "sigma2": "sigmoid2",
    "softmax": "softmax",
    "softmax2": "softmax2",
}
MANY: Final = frozenset({"max", "softmax", "softmax2"})  # functions of several arguments
SEVERAL: Final = frozenset({"softmax", "softmax2"})  # functions of several values

Piece = tuple[str, str]  # ("name" | "function" | "number" | "e", what)


def fold(name: str) -> str:
    """One spelling for ŷ, y_hat and yhat; for h₁, h_1 and h1; for δ and delta."""
    spelled = "".join(
        "hat" if letter == HAT else SPELLED.get(letter, letter) for letter in name.strip()
    )
    return "".join(letter for letter in spelled if letter not in "_{}^")


@dataclass(frozen=True)
class Scope:
    """The names of one question."""

    names: tuple[str, ...] = ()
    known: dict[str, str] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "known", {fold(name): name for name in self.names})

    @cached_property
    def lowered(self) -> dict[str, tuple[str, ...]]:
        by_lower: dict[str, tuple[str, ...]] = {}
        for folded, name in self.known.items():
            by_lower[folded.lower()] = (*by_lower.get(folded.lower(), ()), name)
        return by_lower

    @cached_property
    def has_x(self) -> bool:
        return any(lower.startswith("x") for lower in self.lowered)

    def name(self, word: str) -> str | None:
        """The name meant by a whole word, without regard to case where only one can be."""
        if word in self.known:
            return self.known[word]
        candidates = self.lowered.get(word.lower(), ())
        if len(candidates) > 1:
            raise Refused("wrong-case", None, word)
        return candidates[0] if candidates else None

    def pieces(self, run: str, called: bool) -> tuple[Piece, ...]:
        """The names, functions and numbers in a run of letters and digits.

        `called` says that a bracket opens behind the run. Errors: `Refused`, without a place.
        """
        word = fold(run)
        found = _whole(self, word, called)
        if found:
            return (found,)
        ways = sorted(set(_ways(self, word, called)), key=len)
        if not ways:
            raise Refused("unknown-name", None, run)
        if len(ways) > 1 and len(ways[0]) == len(ways[1]):
            readings = tuple("*".join(what for _, what in way) for way in ways[:2])
            raise Refused("ambiguous", None, run, readings)
        return ways[0]


@lru_cache(maxsize=1024)
def scope_of(names: tuple[str, ...]) -> Scope:
    return Scope(names)


def _whole(scope: Scope, word: str, called: bool) -> Piece | None:
    function = FUNCTIONS.get(word.lower())
    if function and called and word not in scope.known:
        return ("function", function)
    name = scope.name(word)
    if name is not None:
        return ("name", name)
    if word in ("e", "E"):
        return ("e", "e")
    if function and (word.lower() != "s"):
        return ("function", function)
    return None


def _ways(scope: Scope, word: str, called: bool) -> Iterator[tuple[Piece, ...]]:
    """Every way to cut a word into what is known; a word is at most as long as the gate allows."""
    if len(word) > 40 or not word.isascii():
        return
    yield from _cut(scope, word, called)


@lru_cache(maxsize=512)
def _cut(scope: Scope, word: str, called: bool) -> tuple[tuple[Piece, ...], ...]:
    if not word:
        return ((),)
    ways: list[tuple[Piece, ...]] = []
    for end in range(1, len(word) + 1):
        if word[end : end + 1].isdigit():
            rest = _digits(scope, word, end, called)
        else:
            rest = _cut(scope, word[end:], called) if _first(scope, word[:end], False) else ()
        last = end == len(word)
        first = _first(scope, word[:end], called and last)
        if first:
            ways.extend((first, *way) for way in rest)
    ways.sort(key=len)
    return tuple(ways[:4])


def _digits(scope: Scope, word: str, end: int, called: bool) -> tuple[tuple[Piece, ...], ...]:
    """Digits may follow a function only: sqrt2, but not log10 or sqrt2(."""
    function = FUNCTIONS.get(word[:end].lower())
    after = end
    while word[after : after + 1].isdigit():
        after += 1
    if (
        function is None
        or end < 2
        or word[:end].lower() == "log"
        or (called and after == len(word))
    ):
        return ()
    number: Piece = ("number", word[end:after])
    return tuple((number, *way) for way in _cut(scope, word[after:], called))


def _first(scope: Scope, word: str, called: bool) -> Piece | None:
    if word in scope.known:
        return ("name", scope.known[word])
    return _whole(scope, word, called)
