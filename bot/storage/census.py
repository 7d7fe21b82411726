"""How many replicas share what Telegram lets through, also while one of them comes or goes."""

from __future__ import annotations

from collections import deque

LOOK = 0.5  # seconds between two counts
SECOND = 1.0  # Telegram’s: what one that just left said last counts for so long
SURE = 2.0  # seconds: one between two counts, be they late, and one of Telegram’s


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
