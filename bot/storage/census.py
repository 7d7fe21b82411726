"""Replicas share what Telegram lets through, also while one of them comes or goes."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass

LOOK = 0.5  # seconds between two counts
SECOND = 1.0  # Telegram’s: what one that just left said last counts for so long
SURE = 2.0  # seconds: one between two counts, be they late, and one of Telegram’s


@dataclass(frozen=True, slots=True)
class Part:
    """Of all chats, those whose number leaves `rest` when divided by `among`.

    One replica speaks to a chat, so that what a chat may hear a second is counted in one place.
    """

    rest: int = 0
    among: int = 1


EVERY = Part()


def part_of(own: int, alive: Collection[int]) -> Part:
    """By the place of one's own number among those that live; all of them cut the same way."""
    return Part(sorted(alive).index(own), len(alive)) if own in alive else EVERY


class Census:
    """One replica’s counts of those that live, itself included.

    A newcomer says nothing until the others have counted it and what they said before that is a
    second old; one that left is counted as long as what it said last may be younger than that.
    So the shares of all never add up to more than the whole in any second.
    """

    def __init__(self, now: float) -> None:
        self._since = now  # when the others could count this one
        self._counts: deque[tuple[float, int]] = deque()

    def counted(self, alive: int, now: float) -> int:
        """How many there are to share with; 0 as long as others may not know of this one."""
        self._counts.append((now, alive))
        while self._counts[0][0] < now - SURE:
            self._counts.popleft()
        most = max(alive for _, alive in self._counts)
        silence = SURE if most > 1 else SECOND
        return most if now - self._since >= silence else 0
