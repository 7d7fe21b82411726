"""The bot at Telegram: made from a token, and reached, however long that takes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from telegram import Bot
from telegram.error import InvalidToken, NetworkError, RetryAfter

from bot.settings import TELEGRAM, SettingsFault
from bot.telegram.request import AiohttpRequest

log = structlog.get_logger(__name__)
Result = TypeVar("Result")

UNKNOWN_BOT = "BOT_TOKEN is not right: Telegram does not know it, ask BotFather for the token"
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0  # seconds


def bot_of(token: str, api_url: str = TELEGRAM, connections: int = 256) -> Bot:
    """`connections` bounds what is open to Telegram at one time."""
    return Bot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=AiohttpRequest(connections),
        get_updates_request=AiohttpRequest(1),
    )


class Backoff:
    """Waits that double while trouble lasts; tells of it once, and once of its end."""

    def __init__(self, first: float = FIRST_WAIT, longest: float = LONGEST_WAIT) -> None:
        self._first, self._longest = first, longest
        self._wait = 0.0

    def trouble(self, told: str, **details: object) -> float:
        """How long to wait now, in seconds."""
        if not self._wait:
            log.warning(told, **details)
        self._wait = min(self._longest, self._wait * 2 or self._first)
        return self._wait

    def over(self, told: str) -> None:
        if self._wait:
            log.info(told)
        self._wait = 0.0


async def reach(ask: Callable[[], Awaitable[Result]]) -> Result:
    """Asks until Telegram answers; a refused token is a `SettingsFault`."""
    backoff = Backoff()
    while True:
        try:
            answer = await ask()
        except InvalidToken:
            raise SettingsFault(UNKNOWN_BOT) from None
        except (NetworkError, RetryAfter) as error:
            await asyncio.sleep(backoff.trouble("Telegram cannot be reached", reason=str(error)))
        else:
            backoff.over("Telegram can be reached again")
            return answer
