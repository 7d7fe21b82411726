"""Telegram to inbox: an update is acknowledged when it is kept, never before."""

from bot.intake.keeping import Keeping
from bot.intake.poller import Poller
from bot.intake.standby import Standby
from bot.intake.webhook import Webhook

__all__ = ["Keeping", "Poller", "Standby", "Webhook"]
