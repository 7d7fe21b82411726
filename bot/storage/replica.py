"""One process of those that work on a database: its bells, and its place among them."""

from __future__ import annotations

from bot.storage.bell import Bell
from bot.storage.census import EVERY, Part
from bot.storage.listening import Listener
from bot.storage.opening import Opened


class Replica(Opened):
    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.inbox_bell = Bell()  # rung when arrivals may be waiting
        self.outbox_bell = Bell()  # rung when letters may be waiting
        self.task_bell = Bell()  # rung when tasks may be waiting
        self._listener: Listener | None = None

    def listen(self) -> None:
        """From now on the bells ring for what other replicas write, too (PostgreSQL)."""
        if self.on_sqlite or self._listener:
            return
        rings = {
            "inbox": self.inbox_bell.ring,
            "outbox": self.outbox_bell.ring,
            "task": self.task_bell.ring,
        }
        self._listener = Listener(self.url, self.worker, rings)
        self._listener.start()

    @property
    def leads(self) -> bool:
        """Whether this process is the one, of all replicas, that polls Telegram."""
        return self.on_sqlite or (self._listener is not None and self._listener.leads)

    @property
    def replicas(self) -> int:
        """How many share what Telegram lets through; 0: others may not know of this one yet."""
        return self._listener.replicas if self._listener else 1

    @property
    def part(self) -> Part:
        """The chats that this one speaks to."""
        return self._listener.part if self._listener else EVERY

    def close(self) -> None:
        if self._listener:
            self._listener.stop()
        super().close()
