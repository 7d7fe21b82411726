"""A webhook that answers 200 only after the update is committed."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import TypeAlias
from urllib.parse import urlsplit

import structlog
from aiohttp import web
from telegram import Bot

from bot.intake.keeping import Keeping
from bot.storage import Unavailable
from bot.telegram.line import reach
from bot.telegram.updates import WANTED

log = structlog.get_logger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of the header
LARGEST = 256 * 1024  # bytes: Telegram's own updates stay far below
AT_ONCE = 100  # connections that Telegram may open
Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Webhook:
    """Serves the path of `url` on `listen`; `secret` is what Telegram must bring with each."""

    def __init__(
        self, bot: Bot, keeping: Keeping, *, url: str, secret: str, listen: tuple[str, int]
    ) -> None:
        self._bot = bot
        self._keeping = keeping
        self._url = url
        self._secret = secret.encode()
        self._listen = listen
        self._runner: web.AppRunner | None = None

    async def start(self) -> int:
        """Listens, then tells Telegram where; the port it listens on."""
        app = web.Application(client_max_size=LARGEST)
        app.router.add_post(urlsplit(self._url).path or "/", self._receive)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, *self._listen)
        await site.start()
        await reach(self._tell)
        return int(self._runner.addresses[0][1])

    @property
    def is_alive(self) -> bool:
        return bool(self._runner and self._runner.addresses)

    async def stop(self) -> None:
        """Takes no more; what is being committed is finished. Telegram keeps the rest."""
        if self._runner:
            await self._runner.cleanup()

    async def _tell(self) -> bool:
        return await self._bot.set_webhook(
            self._url,
            secret_token=self._secret.decode(),
            allowed_updates=WANTED,
            max_connections=AT_ONCE,
        )

    async def _receive(self, request: web.Request) -> web.Response:
        brought = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(brought, self._secret):
            return web.Response(status=403)
        try:
            update = json.loads(await request.read())
        except ValueError:
            return web.Response(status=400)
        if not isinstance(update, dict):
            return web.Response(status=400)
        try:
            await self._keeping.keep([update])
        except Unavailable:
            return web.Response(status=503)  # Telegram brings it again
        return web.Response()
