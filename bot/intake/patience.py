"""One person's updates a minute: a flood of them must not make everyone else wait."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic

from bot import metrics
from bot.tutor.events import Arrival

REMEMBERED = 10_000  # people before those who rested are forgotten


@dataclass(slots=True)
class _Share:
    left: float
    at: float
    told: bool = False


class Patience:
    """A minute's share may come at once; it grows back within a minute."""

    def __init__(self, a_minute: int, seconds: Callable[[], float] = monotonic) -> None:
        self._most = float(a_minute)
        self._seconds = seconds
        self._shares: dict[int, _Share] = {}

    def sift(self, arrivals: Sequence[Arrival]) -> tuple[list[Arrival], list[Arrival]]:
        """What is within its person's share; and of those who sent more, the first too many."""
        kept: list[Arrival] = []
        first: list[Arrival] = []
        for arrival in arrivals:
            share = self._share(_whose(arrival))
            if share.left >= 1:
                share.left -= 1
                kept.append(arrival)
                continue
            metrics.flooding.inc()
            if not share.told:
                share.told = True
                first.append(arrival)
        return kept, first

    def give_back(self, arrivals: Sequence[Arrival]) -> None:
        """They were not kept: they come again."""
        for arrival in arrivals:
            self._share(_whose(arrival)).left += 1

    def _share(self, whose: int) -> _Share:
        now = self._seconds()
        if len(self._shares) >= REMEMBERED:
            self._shares = {n: s for n, s in self._shares.items() if now - s.at < 60}
        share = self._shares.setdefault(whose, _Share(self._most, now))
        share.left = min(self._most, share.left + (now - share.at) * self._most / 60)
        share.at = now
        if share.left >= self._most / 2:
            share.told = False
        return share


def _whose(arrival: Arrival) -> int:
    return arrival.person.user if arrival.person else arrival.chat
