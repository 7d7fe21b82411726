"""Long polling that acknowledges an update only after its commit."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any
from urllib.parse import urlencode

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.intake.keeping import Keeping
from bot.settings import SettingsFault
from bot.telegram.line import UNKNOWN_BOT, Backoff, reach
from bot.telegram.outcomes import seconds_of
from bot.telegram.request import AiohttpRequest
from bot.telegram.updates import WANTED

log = structlog.get_logger(__name__)

LONG_POLL = 50  # seconds that Telegram holds a getUpdates for which it has nothing
GRACE = 10.0  # seconds more before the answer counts as lost
SILENCE = 30.0  # seconds beyond that without an answer after which polling is not alive
SECOND_POLLER = (
    "another process polls with this BOT_TOKEN (409): stop one of the two; trying again until then"
)
UNREACHABLE = "Telegram cannot be reached; trying again until it can"


class Poller:
    def __init__(self, bot: Bot, keeping: Keeping, long_poll: int = LONG_POLL) -> None:
        self._bot = bot
        self._keeping = keeping
        self._long_poll = long_poll
        self._request = AiohttpRequest(1, long_poll + GRACE)
        self._offset: int | None = None
        self._heard = time.monotonic()

    @property
    def is_alive(self) -> bool:
        """Whether Telegram answered lately, and what it told was kept."""
        return time.monotonic() - self._heard < self._long_poll + GRACE + SILENCE

    async def run(self) -> None:
        """Until cancelled. Raises SettingsFault when Telegram refuses the token.

        The first request names no offset: Telegram then tells all that was never acknowledged,
        and what is already in the inbox is known by its key.
        """
        await reach(lambda: self._bot.delete_webhook(drop_pending_updates=False))
        net, rival = Backoff(), Backoff(first=2.0)
        self._heard = time.monotonic()
        async with self._request:
            while True:
                try:
                    updates = await self._ask()
                except InvalidToken:
                    raise SettingsFault(UNKNOWN_BOT) from None
                except Conflict:
                    await asyncio.sleep(rival.trouble(SECOND_POLLER))
                except RetryAfter as error:
                    await asyncio.sleep(seconds_of(error))
                except (NetworkError, TelegramError) as error:
                    await asyncio.sleep(net.trouble(UNREACHABLE, reason=error.message))
                else:
                    net.over("Telegram can be reached again")
                    rival.over("the other poller is gone; this one goes on")
                    await self._take(updates)
                    self._heard = time.monotonic()

    async def _take(self, updates: list[dict[str, Any]]) -> None:
        if updates:
            await self._keeping.keep_at_last(updates)
            self._offset = max(int(update["update_id"]) for update in updates) + 1

    async def _ask(self) -> list[dict[str, Any]]:
        """Updates as they came: one that the library cannot read must not hide the others."""
        asked: dict[str, Any] = {"timeout": self._long_poll, "allowed_updates": json.dumps(WANTED)}
        if self._offset is not None:
            asked["offset"] = self._offset
        answer = await self._request.post(f"{self._bot.base_url}/getUpdates?{urlencode(asked)}")
        if not isinstance(answer, list):
            raise TelegramError("Telegram's answer is no list of updates")
        return answer
