"""The switch for a bad day: a slow net, a cut line, a server that is ill, a chat that shuts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from random import Random


class Trouble(Enum):
    SLOW = "slow"  # each answer comes late
    CLOSING = "closing"  # done as asked, but the line is cut in the middle of the answer
    BROKEN = "broken"  # 502, nothing done
    FLOOD = "flood"  # 429 to everything that speaks
    FORBIDDEN = "forbidden"  # 403 to everything that speaks: as if all had blocked the bot
    OFFLINE = "offline"  # the line is cut before anything is done


SPEAKING = frozenset({Trouble.FLOOD, Trouble.FORBIDDEN})


@dataclass(slots=True)
class Strike:
    trouble: Trouble
    seconds: float
    share: float
    times: int | None
    methods: frozenset[str]

    def meets(self, method: str, chance: float) -> bool:
        if self.methods and method not in self.methods:
            return False
        if self.trouble in SPEAKING and not method.startswith(("send", "edit")):
            return False
        return chance < self.share


class Faults:
    def __init__(self, seed: int = 0) -> None:
        self._dice = Random(seed)
        self._strike: Strike | None = None

    @property
    def now(self) -> Trouble | None:
        return self._strike.trouble if self._strike else None

    def strike(
        self,
        trouble: Trouble,
        *,
        seconds: float = 1.0,
        share: float = 1.0,
        times: int | None = None,
        methods: Collection[str] = (),
    ) -> None:
        """From now on: this share of calls, so many times at most, of these methods or all.

        `seconds` is the delay of SLOW and the `retry_after` of FLOOD.
        """
        self._strike = Strike(trouble, seconds, share, times, frozenset(methods))

    def clear(self) -> None:
        self._strike = None

    def meet(self, method: str) -> tuple[Trouble | None, float]:
        """What befalls this call, and its seconds."""
        strike = self._strike
        if strike is None or not strike.meets(method, self._dice.random()):
            return None, 0.0
        if strike.times is not None:
            strike.times -= 1
            if strike.times <= 0:
                self._strike = None
        return strike.trouble, strike.seconds
