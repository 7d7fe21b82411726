"""What must not be lost: learners, inbox, outbox, tasks, on SQLite or PostgreSQL."""

from bot.storage.letter import Letter, Sent
from bot.storage.opening import Refused, Unavailable
from bot.storage.storage import Storage
from bot.storage.turning import Overtaken

__all__ = ["Letter", "Overtaken", "Refused", "Sent", "Storage", "Unavailable"]
