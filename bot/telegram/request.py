"""Requests to the Bot API over aiohttp, telling what was surely not sent from what perhaps was."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData

READ, CONNECT = 20.0, 10.0  # seconds
IDLE = 30.0  # seconds a connection is kept for the next request: less than Telegram keeps it


class NotSentError(NetworkError):
    """No byte of the request reached the server."""


class FateUnknownError(NetworkError):
    """The request may or may not have been carried out: the answer did not come whole."""


class AiohttpRequest(BaseRequest):
    """The transport of python-telegram-bot; `connections` bounds what is open at one time."""

    def __init__(self, connections: int = 256, read_timeout: float = READ) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._read_timeout

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=IDLE)
            self._session = aiohttp.ClientSession(connector=connector)

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917 - the signature is the library's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - aiohttp has none
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - part of connect
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NotSentError("the connection to Telegram is closed")
        connect = _seconds(connect_timeout, CONNECT)
        timeout = aiohttp.ClientTimeout(
            total=None, connect=connect, sock_read=_seconds(read_timeout, self._read_timeout)
        )
        try:
            async with self._session.request(
                method, url, data=_form(request_data), timeout=timeout, proxy=_proxy(url)
            ) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSentError(type(error).__name__) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise FateUnknownError(type(error).__name__) from error

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As the library does it, but nothing of the payload goes to a log."""
        try:
            parsed: dict[str, Any] = json.loads(payload.decode("utf-8", "replace"))
        except ValueError as error:
            raise TelegramError("Telegram's answer is no JSON") from error
        return parsed


def _proxy(url: str) -> str | None:
    parts = urlsplit(url)
    return _proxy_of(parts.scheme, parts.hostname or "")


@lru_cache(maxsize=8)
def _proxy_of(scheme: str, host: str) -> str | None:
    """What the environment names (HTTPS_PROXY, NO_PROXY), asked once and not at each request."""
    return None if proxy_bypass(host) else getproxies().get(scheme)


def _seconds(asked: ODVInput[float], default: float) -> float | None:
    return asked if isinstance(asked, int | float | None) else default


def _form(data: RequestData | None) -> aiohttp.FormData | dict[str, str] | None:
    if data is None or not data.contains_files:
        return data.json_parameters if data else None
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form
