"""How fast Telegram may be spoken to: a budget for the bot, one for each chat."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from time import monotonic

import structlog

from bot import metrics
from bot.tutor.events import ChatId

log = structlog.get_logger(__name__)
Seconds = Callable[[], float]

CROWD = 3  # chats refused within a moment: then it is the bot that is too fast, not a chat
MOMENT = 2.0  # seconds
SLOWER = 0.8  # what is left of the bot's rate after each such refusal
SLOWEST = 0.1
RECOVERY = 0.01  # of the full rate, regained a second
REMEMBERED = 20_000  # chats before the rested ones are forgotten
CATCHING_UP = 1.25  # times the bot's rate: so fast does what nobody waits for make good a late look
UNCOUNTED = 0.1  # seconds between two looks whether the replicas are counted
SECOND = 1.005  # Telegram's, and a hair for clocks that do not run alike


@dataclass(frozen=True, slots=True)
class Rates:
    """Messages a second, and how many may go at once after a rest."""

    bot: float
    burst: int
    chat: float = 1.0
    chat_burst: int = 4
    group: float = 0.25  # with the burst, 19 in any minute: Telegram stops at 20
    group_burst: int = 4
    second: int = 1_000_000  # the most in any second, wherever Telegram lets it begin
    handful: int = 1  # what nobody waits for leaves in so many at least, with one claim
    lump: int = 1_000_000  # and in so many at most: a reply has its place between


FREE = Rates(bot=29.5, burst=15, second=30, handful=3, lump=5)
PAID = Rates(bot=990.0, burst=250, second=1000, handful=25, lump=100)  # with allow_paid_broadcast


class Bucket:
    def __init__(self, rate: float, burst: int, now: float) -> None:
        self.rate, self.burst = rate, burst
        self._tokens, self._at = float(burst), now

    def free(self, now: float) -> int:
        """How many may go now."""
        self._fill(now)
        return max(0, int(self._tokens))

    def take(self, now: float) -> None:
        self._fill(now)
        self._tokens -= 1

    def give_back(self) -> None:
        self._tokens += 1

    def wait(self, now: float, some: int = 1) -> float:
        """Seconds until so many may go."""
        self._fill(now)
        return max(0.0, (some - self._tokens) / self.rate)

    def is_full(self, now: float) -> bool:
        self._fill(now)
        return self._tokens >= self.burst

    def _fill(self, now: float) -> None:
        gained = max(0.0, now - self._at) * self.rate
        self._tokens, self._at = min(float(self.burst), self._tokens + gained), now


class Window:
    """At most so many in any second of Telegram's.

    Each counts here from its leaving until a second after its answer: somewhere between the two
    it was counted there.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._out = 0
        self._answered: deque[float] = deque()

    def free(self, now: float) -> int:
        while self._answered and self._answered[0] <= now - SECOND:
            self._answered.popleft()
        return max(0, self.most - self._out - len(self._answered))

    def leaves(self) -> None:
        self._out += 1

    def is_back(self, now: float, *, counted: bool) -> None:
        self._out -= 1
        if counted:
            self._answered.append(now)

    def wait(self, now: float, some: int) -> float:
        """Seconds until so many may go, as far as it can be known."""
        missing = min(some, self.most) - self.free(now)
        if missing <= 0:
            return 0.0
        known = missing <= len(self._answered)
        return self._answered[missing - 1] + SECOND - now if known else SECOND


class Pace:
    def __init__(self, rates: Rates = FREE, seconds: Seconds = monotonic) -> None:
        self._rates = rates
        self._seconds = seconds
        self._bot = Bucket(rates.bot, rates.burst, seconds())
        self._even = Bucket(rates.bot * CATCHING_UP, rates.lump, seconds())
        self._second = Window(rates.second)
        self._chats: dict[ChatId, Bucket] = {}
        self._refused: deque[tuple[float, ChatId]] = deque()
        self._held_until = self._slowed_at = seconds()
        self.share = 1.0  # of the full rate, after refusals
        self._full = rates.bot
        self.handful = rates.handful

    def share_among(self, replicas: int) -> None:
        """Each replica may say so much less; nothing at all while they are not counted (0)."""
        if not replicas:
            self.hold(UNCOUNTED)
            return
        self._full = self._rates.bot / replicas
        self._bot.burst = max(1, self._rates.burst // replicas)
        self._second.most = max(1, self._rates.second // replicas)
        self.handful = ceil(self._rates.handful / replicas)  # of a part, or places of it lie idle
        self._even.burst = max(self.handful, self._rates.lump // replicas)

    def free(self) -> int:
        """How many messages may go now."""
        now = self._seconds()
        self._recover(now)
        may_go = min(self._bot.free(now), self._second.free(now))
        return 0 if now < self._held_until else may_go

    def free_for_all(self) -> int:
        """The same for what nobody waits for: a handful or more, or none.

        It is spread evenly: left in bursts, it would leave replies nothing of a second.
        """
        may_go = min(self.free(), self._even.free(self._seconds()))
        return may_go if may_go >= self.handful else 0

    def wait(self, some: int = 1) -> float:
        """Seconds until so many may go."""
        now = self._seconds()
        held = self._held_until - now
        return max(held, self._bot.wait(now, some), self._second.wait(now, some))

    def wait_for_all(self) -> float:
        """The same for a handful of what nobody waits for."""
        return max(self.wait(self.handful), self._even.wait(self._seconds(), self.handful))

    def chat_wait(self, chat: ChatId) -> float:
        """Seconds until this chat may be spoken to."""
        now = self._seconds()
        return self._bucket(chat, now).wait(now)

    def leaves(self, chat: ChatId) -> None:
        """A message goes out, whether free or not: what was claimed is sent."""
        now = self._seconds()
        self._bot.take(now)
        self._even.take(now)
        self._bucket(chat, now).take(now)
        self._second.leaves()

    def is_back(self, chat: ChatId, *, counted: bool) -> None:
        """Its answer came; not counted: it was no message (an edit), or never left."""
        now = self._seconds()
        self._second.is_back(now, counted=counted)
        if not counted:
            self._bot.give_back()
            self._even.give_back()
            self._bucket(chat, now).give_back()

    def hold(self, seconds: float) -> None:
        """Nobody is spoken to for so long."""
        self._held_until = max(self._held_until, self._seconds() + seconds)

    def refused(self, chat: ChatId, retry_after: float) -> None:
        """429. A chat alone is the chat's affair; a crowd of them means the bot is too fast."""
        now = self._seconds()
        self._refused.append((now, chat))
        while self._refused[0][0] < now - MOMENT:
            self._refused.popleft()
        if len({chat for _, chat in self._refused}) < CROWD:
            return
        self._refused.clear()
        self._recover(now)
        self.share = max(SLOWEST, self.share * SLOWER)
        self._bot.rate = self._full * self.share
        self.hold(retry_after)
        log.warning("Telegram asks for less (429)", rate=round(self._bot.rate, 1), wait=retry_after)

    def _recover(self, now: float) -> None:
        gained = max(0.0, now - self._slowed_at) * RECOVERY
        self._slowed_at = now
        self.share = min(1.0, self.share + gained)
        self._bot.rate = self._full * self.share
        self._even.rate = self._bot.rate * CATCHING_UP
        metrics.rate.set(self._bot.rate)

    def _bucket(self, chat: ChatId, now: float) -> Bucket:
        if chat not in self._chats:
            if len(self._chats) >= REMEMBERED:
                self._chats = {c: b for c, b in self._chats.items() if not b.is_full(now)}
            group = chat < 0
            rate = self._rates.group if group else self._rates.chat
            burst = self._rates.group_burst if group else self._rates.chat_burst
            self._chats[chat] = Bucket(rate, burst, now)
        return self._chats[chat]
