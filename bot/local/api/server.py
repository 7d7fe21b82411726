"""The Bot API over HTTP: a call comes in as JSON, form or multipart, and is answered as JSON."""

from __future__ import annotations

import asyncio
import hmac
import json
import math
import re
from typing import Any

from aiohttp import hdrs, web

from bot.local.api.exchange import Exchange
from bot.local.api.faults import Trouble
from bot.local.api.journal import Call, plain
from bot.local.api.methods import METHODS
from bot.local.api.reading import Unlike, Upload, from_json
from bot.local.refusal import Refusal, bad, forbidden, too_many

TOKEN = re.compile(r"\d+:[\w-]+")
BODY_MOST = 60 * 1024 * 1024
NOT_FOUND = Refusal(404, "Not Found")


class Server:
    def __init__(self, exchange: Exchange, token: str) -> None:
        self._exchange = exchange
        self._token = token

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token:[^/]+}/{method}", self._called),
            web.get("/file/bot{token:[^/]+}/{kind}/{file}", self._download),
        ]

    async def _called(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        trouble, seconds = self._exchange.faults.meet(name)
        if trouble is Trouble.OFFLINE:
            return _cut_off(request)
        answer = await self._met(request, name, trouble, seconds)
        if trouble is Trouble.SLOW:
            await asyncio.sleep(seconds)
        if trouble is Trouble.CLOSING:
            return await _cut_in_the_middle(request, answer)
        return web.json_response(answer, status=answer.get("error_code", 200), dumps=_dumps)

    async def _met(
        self, request: web.Request, name: str, trouble: Trouble | None, seconds: float
    ) -> dict[str, Any]:
        """The answer of the method, if the call gets as far as that."""
        try:
            self._check_token(request.match_info["token"])
            given, files = await _parameters(request)
            _befall(trouble, seconds)
        except Refusal as refusal:
            return self._note(Call(name, {}, refusal.body()))
        return await self.answer(name, given, files)

    def _check_token(self, token: str) -> None:
        if not TOKEN.fullmatch(token):
            raise NOT_FOUND
        if not hmac.compare_digest(token.encode(), self._token.encode()):
            raise Refusal(401, "Unauthorized")

    async def answer(
        self, name: str, given: dict[str, Any], files: dict[str, Upload]
    ) -> dict[str, Any]:
        try:
            answer = {"ok": True, "result": await self._obey(name, given, files)}
        except Refusal as refusal:
            answer = refusal.body()
        return self._note(Call(name, plain(given), answer))

    def _note(self, call: Call) -> dict[str, Any]:
        self._exchange.calls[f"{call.method} {call.answer.get('error_code', 200)}"] += 1
        self._exchange.witness(call)
        return call.answer

    async def _obey(self, name: str, given: dict[str, Any], files: dict[str, Upload]) -> Any:
        method = METHODS.get(name.lower())
        if method is None:
            raise NOT_FOUND
        return await method.handler(self._exchange, method.takes.read(given, files))

    async def _download(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request.match_info["token"])
        except Refusal as refusal:
            return web.json_response(refusal.body(), status=refusal.code)
        known = self._exchange.world.state.files.get(request.match_info["file"])
        if known is None:
            return web.json_response(NOT_FOUND.body(), status=404)
        return web.Response(body=known.content, content_type="application/octet-stream")


def _dumps(answer: Any) -> str:
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))


def _befall(trouble: Trouble | None, seconds: float) -> None:
    if trouble is Trouble.BROKEN:
        raise Refusal(502, "Bad Gateway")
    if trouble is Trouble.FLOOD:
        raise too_many(max(1, math.ceil(seconds)))
    if trouble is Trouble.FORBIDDEN:
        raise forbidden("bot was blocked by the user")


async def _parameters(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """What was given, by name, and the files that came with it (also under their own names)."""
    given: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        given |= await _json(request)
    elif request.content_type == "multipart/form-data":
        await _read_parts(request, given, files)
    elif request.can_read_body:
        given |= {key: str(value) for key, value in (await request.post()).items()}
    return given, files


async def _json(request: web.Request) -> dict[str, Any]:
    try:
        body = from_json(await request.read() or "{}")
    except Unlike:
        raise bad("can't parse JSON object") from None
    if not isinstance(body, dict):
        raise bad("can't parse JSON object: expected an Object")
    return body


async def _read_parts(
    request: web.Request, given: dict[str, Any], files: dict[str, Upload]
) -> None:
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            upload = Upload(value.filename, value.file.read(), value.content_type)
            files[name] = given[name] = upload
        else:
            given[name] = str(value)
    named = " ".join(value for value in given.values() if isinstance(value, str))
    for name in [name for name in files if f"attach://{name}" in named]:
        del given[name]


def _cut_off(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=502)


async def _cut_in_the_middle(request: web.Request, answer: dict[str, Any]) -> web.StreamResponse:
    body = _dumps(answer).encode()
    response = web.StreamResponse(headers={hdrs.CONTENT_TYPE: "application/json"})
    response.content_length = len(body)
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    return _abandon(request, response)


def _abandon(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.close()
    return response
