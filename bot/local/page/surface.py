"""The page's side of the server: its files, what changes (pushed), and what the reader does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from importlib import resources
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.local.api.reading import Reader, Unlike, from_json, integer, one_of, shape, string
from bot.local.page import view
from bot.local.page.acts import ACTS
from bot.local.people import Impossible
from bot.local.refusal import Refusal
from bot.local.town import Town
from bot.local.world import Change

Inspect: TypeAlias = Callable[[int], dict[str, Any] | Awaitable[dict[str, Any]]]

TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
)
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
CLOCK = ("next-day", "next-hour", "next-drop", "real-time", "date")
NONE: Mapping[str, Reader] = {}
OF_CLOCK: Mapping[str, Reader] = {"chat": integer, "date": string, "zone": string}
EARLIEST, LATEST = 2000, 2100  # years of the clock
BREATH = 5.0  # seconds between tellings of the time on a quiet stream


class Surface:
    def __init__(self, town: Town, inspect: Inspect | None) -> None:
        self._town = town
        self._inspect = inspect
        self._closing = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self._page),
            web.get("/page/state", self._state),
            web.get("/page/events", self._events),
            web.get("/page/inspect", self._inspected),
            web.get("/page/file/{file}", self._file),
            web.post("/page/act/{act}", self._act),
            web.post("/page/clock", self._clock),
            web.get(r"/{name:[\w-]+\.(?:css|js|svg)}", self._page),
        ]

    def close(self) -> None:
        """Ends the streams, so that the server can stop."""
        self._closing.set()

    async def _page(self, request: web.Request) -> web.Response:
        name = request.match_info.get("name", "index.html")
        source = resources.files("bot.local") / "page" / name
        if not source.is_file():
            raise web.HTTPNotFound
        kind = TYPES[name.rpartition(".")[2]]
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
        text = source.read_text("utf-8")
        return web.Response(text=text, content_type=kind, charset="utf-8", headers=headers)

    async def _state(self, _: web.Request) -> web.Response:
        whole = view.whole(self._town.exchange)
        can = {"inspect": self._inspect is not None, "next_drop": self._town.knows_next_drop}
        return web.json_response(whole | {"can": can})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        response.content_type = "text/event-stream"
        response.headers["Cache-Control"] = "no-store"
        with self._town.exchange.world.feed.listening() as changes:
            await response.prepare(request)
            await response.write(b"retry: 500\n\n")
            while not self._closing.is_set():
                try:
                    one = await asyncio.wait_for(changes.get(), BREATH)
                except TimeoutError:
                    one = Change("clock")
                seen = json.dumps(view.change(self._town.exchange, one), ensure_ascii=False)
                await response.write(f"data: {seen}\n\n".encode())
        return response

    async def _file(self, request: web.Request) -> web.Response:
        known = self._town.exchange.world.state.files.get(request.match_info["file"])
        if known is None:
            raise web.HTTPNotFound
        safe = known.mime in {"image/jpeg", "text/plain", "application/json"}
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        if known.kind != "photo":
            headers["Content-Disposition"] = "attachment"
        kind = known.mime if safe else "application/octet-stream"
        return web.Response(body=known.content, content_type=kind, headers=headers)

    async def _inspected(self, request: web.Request) -> web.Response:
        if self._inspect is None:
            raise web.HTTPNotFound
        found = self._inspect(_read(dict(request.query), {"chat": integer})["chat"])
        shown = await found if isinstance(found, Awaitable) else found
        return web.json_response(shown, dumps=lambda value: json.dumps(value, default=str))

    async def _act(self, request: web.Request) -> web.Response:
        """One thing that a person did; what no app allows is answered with 409 and why."""
        _same_page(request)
        act = ACTS.get(request.match_info["act"])
        if act is None:
            raise web.HTTPNotFound
        asked = _read(await request.read(), act.needs, act.may)
        try:
            return web.json_response({"done": await act.do(self._town, asked)})
        except Impossible as reason:
            return web.json_response({"impossible": str(reason)}, status=409)
        except Refusal as refusal:
            return web.json_response({"impossible": refusal.description}, status=409)

    async def _clock(self, request: web.Request) -> web.Response:
        _same_page(request)
        asked = _read(await request.read(), {"to": one_of(*CLOCK)}, OF_CLOCK)
        try:
            moment = await self._moment(asked)
        except Impossible as reason:
            return web.json_response({"impossible": str(reason)}, status=409)
        self._town.move_clock(moment)
        return web.json_response({"now": moment.isoformat()})

    async def _moment(self, asked: dict[str, Any]) -> datetime:
        moment: datetime | None = self._town.clock.now()
        assert moment
        match asked["to"]:
            case "next-day":
                moment += timedelta(days=1)
            case "next-hour":
                moment += timedelta(hours=1)
            case "real-time":
                moment = datetime.now(UTC)
            case "next-drop":
                moment = await self._town.next_drop(asked.get("chat", 0))
            case "date":
                moment = _read_moment(asked.get("date", ""), asked.get("zone", "UTC"))
        if moment is None:
            raise Impossible("No drop is planned here.")
        if not EARLIEST <= moment.year <= LATEST:
            raise Impossible(f"The clock goes from {EARLIEST} to {LATEST}.")
        return moment


def _read(
    source: bytes | dict[str, str], needs: Mapping[str, Reader], may: Mapping[str, Reader] = NONE
) -> dict[str, Any]:
    try:
        found: dict[str, Any] = shape(needs, may)(from_json(source))
    except Unlike as error:
        words = json.dumps({"impossible": f"This address expects {error}."})
        raise web.HTTPBadRequest(text=words, content_type="application/json") from None
    return found


def _read_moment(text: str, zone: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except (ZoneInfoNotFoundError, OSError):
        raise Impossible(f"There is no zone “{zone}”.") from None
    except (ValueError, OverflowError):
        raise Impossible(f"“{text}” is no moment of the kind 2026-03-01T08:30.") from None


def _same_page(request: web.Request) -> None:
    """Another site that is open in the same browser may not act here."""
    origin = request.headers.get("Origin")
    foreign = origin is not None and origin != f"http://{request.host}"
    if foreign or request.content_type != "application/json":
        raise web.HTTPForbidden


@web.middleware
async def loopback_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A name of someone else's that was made to point here opens nothing."""
    if request.url.host not in LOOPBACK:
        raise web.HTTPForbidden
    return await handler(request)
