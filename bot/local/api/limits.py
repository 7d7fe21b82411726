"""Floods: how much Telegram lets a bot say, and for how long it then turns a deaf ear."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from bot.local.refusal import too_many


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages; edits, reactions and answered taps are not counted. None: no limit."""

    chat_rate: float | None = 1.0  # a second, into one private chat
    chat_burst: int = 5
    bot_per_second: int | None = 30
    group_per_minute: int | None = 20
    paid_per_second: int | None = 1000  # what allow_paid_broadcast lifts the bot's limit to


FREE = Limits(chat_rate=None, bot_per_second=None, group_per_minute=None, paid_per_second=None)


@dataclass(slots=True)
class Window:
    """At most so many in any span of so many seconds."""

    span: float
    times: deque[float] = field(default_factory=deque)

    def wait(self, most: int | None, now: float) -> float:
        while self.times and self.times[0] <= now - self.span:
            self.times.popleft()
        if most is None or len(self.times) < most:
            return 0.0
        return self.times[-most] + self.span - now


@dataclass(slots=True)
class Bucket:
    """A few at once, then so many a second."""

    tokens: float
    at: float

    def wait(self, rate: float, burst: int, now: float) -> float:
        self.tokens = min(burst, self.tokens + (now - self.at) * rate)
        self.at = now
        return 0.0 if self.tokens >= 1 else (1 - self.tokens) / rate


class Floods:
    """Counts by the machine's own time: a moved clock empties no bucket."""

    def __init__(self, limits: Limits, seconds: Callable[[], float] = monotonic) -> None:
        self.limits = limits
        self._seconds = seconds
        self._bot = Window(1.0)
        self._paid = Window(1.0)
        self._groups: dict[int, Window] = {}
        self._chats: dict[int, Bucket] = {}

    def count(self, chat_id: int, *, group: bool, paid: bool) -> None:
        """Raises Telegram's 429 where a message is one too many; else counts it."""
        now = self._seconds()
        everywhere = self._paid if paid else self._bot
        most = self.limits.paid_per_second if paid else self.limits.bot_per_second
        here = self._wait_in_group(chat_id, now) if group else self._wait_in_chat(chat_id, now)
        wait = max(everywhere.wait(most, now), here)
        if wait > 0:
            raise too_many(math.ceil(wait))
        everywhere.times.append(now)
        if group:
            self._groups[chat_id].times.append(now)
        elif self.limits.chat_rate is not None:
            self._chats[chat_id].tokens -= 1

    def _wait_in_group(self, chat_id: int, now: float) -> float:
        window = self._groups.setdefault(chat_id, Window(60.0))
        return window.wait(self.limits.group_per_minute, now)

    def _wait_in_chat(self, chat_id: int, now: float) -> float:
        rate, burst = self.limits.chat_rate, self.limits.chat_burst
        if rate is None:
            return 0.0
        bucket = self._chats.setdefault(chat_id, Bucket(float(burst), now))
        return bucket.wait(rate, burst, now)
