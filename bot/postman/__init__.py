"""The outbox to Telegram: lanes, pacing, retries."""

from bot.postman.pacing import FREE, PAID, Pace, Rates
from bot.postman.postman import Postman

__all__ = ["FREE", "PAID", "Pace", "Postman", "Rates"]
