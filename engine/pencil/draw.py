"""Dice whose order is spelled out here, so that a seed means the same network for ever."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """Only 32 raw bits at a time are taken from the generator; all else is done here."""

    def __init__(self, seed: int | str) -> None:
        digest = hashlib.sha256(str(seed).encode()).digest()
        self._bits = random.Random(int.from_bytes(digest, "big"))

    def below(self, count: int) -> int:
        """A whole number from 0 up to, but not with, `count`."""
        return self._bits.getrandbits(32) * count >> 32

    def choice(self, among: Sequence[T]) -> T:
        return among[self.below(len(among))]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        rest = list(things)
        return [rest.pop(self.below(len(rest))) for _ in range(len(rest))]

    def sample(self, things: Sequence[T], count: int) -> list[T]:
        rest = list(things)
        return [rest.pop(self.below(len(rest))) for _ in range(count)]
