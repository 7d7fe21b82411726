"""The preview as a small server on this machine: pages, figures, and word when a file is saved."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import lru_cache
from html import escape
from pathlib import Path as Folder

from aiohttp import web

from bot.cli.preview import frame
from bot.cli.preview.edition import BROKEN, Edition, as_read, checked, stamp
from bot.cli.preview.trying import told, try_answer
from bot.local.page.surface import loopback_only
from bot.turns import Judges

LONGEST = 300  # characters of an answer that is tried
GLANCE = 0.3  # seconds between two looks at the files
PAGE = Folder(__file__).parent / "page"
KINDS = {"css": "text/css", "js": "text/javascript"}
POLICY = "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"  # noqa: E501
LOCAL = "127.0.0.1"


class Preview:
    """One folder, read again whenever it changes; whoever looks on is told."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.edition = Edition()
        self._judges = Judges(places=1)
        self._number = 0
        self._news = asyncio.Condition()
        self._closing = False

    def app(self) -> web.Application:
        app = web.Application(middlewares=[loopback_only])
        app.add_routes(
            [
                web.get("/", self._page),
                web.get("/changes", self._changes),
                web.get("/figure/{name}", _figure),
                web.get("/page/{name}", _static),
                web.get("/try/{path}/{lesson}/{exercise}", self._try),
                web.get("/{path}/{lesson}", self._page),
            ]
        )
        app.cleanup_ctx.append(self._watching)
        app.on_shutdown.append(self._close)
        return app

    async def _watching(self, _: web.Application) -> AsyncIterator[None]:
        await self._read()
        tasks = [asyncio.create_task(self._watch()), asyncio.create_task(self._check())]
        async with self._judges:
            yield
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _watch(self) -> None:
        seen = None
        while True:
            now = await asyncio.to_thread(stamp, self.folder)
            if now != seen:
                await self._read()
                seen = now
            await asyncio.sleep(GLANCE)

    async def _check(self) -> None:
        """The rules take seconds: what was saved meanwhile is shown, and checked after it."""
        while True:
            async with self._news:
                await self._news.wait_for(lambda: not self.edition.checked)
                edition = self.edition
            found = await asyncio.to_thread(checked, edition, self.folder)
            if self.edition is edition:
                await self._tell(found)

    async def _read(self) -> None:
        await self._tell(await asyncio.to_thread(as_read, self.folder))

    async def _tell(self, edition: Edition) -> None:
        async with self._news:
            self.edition = edition
            self._number += 1
            self._news.notify_all()

    async def _close(self, _: web.Application) -> None:
        async with self._news:
            self._closing = True
            self._news.notify_all()

    async def _page(self, request: web.Request) -> web.Response:
        wanted = frame.Wanted.of(request.match_info, request.query)
        text = await asyncio.to_thread(frame.page, self.edition, wanted)
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
        return web.Response(text=text, content_type="text/html", headers=headers)

    async def _try(self, request: web.Request) -> web.Response:
        """What the tutor would say to an answer; the author may be amid a sentence."""
        wanted = frame.Wanted.of(request.match_info, request.query)
        exercise = frame.opened(self.edition, wanted, request.match_info["exercise"])
        text = request.query.get("answer", "").strip()[:LONGEST]
        if exercise is None or not text:
            raise web.HTTPNotFound(text="There is no such exercise, or no answer.")
        try:
            words = told(await try_answer(self._judges, exercise, text))
        except BROKEN as error:
            words = f'<p class="fault">Cannot be drawn at this seed: {escape(str(error))}</p>'
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
        return web.Response(text=words, content_type="text/html", headers=headers)

    async def _changes(self, request: web.Request) -> web.StreamResponse:
        """The number of the edition, whenever there is another."""
        response = web.StreamResponse()
        response.content_type = "text/event-stream"
        response.headers["Cache-Control"] = "no-store"
        await response.prepare(request)
        told = -1
        while not self._closing:
            told = await self._after(told)
            await response.write(f"retry: 500\ndata: {told}\n\n".encode())
        return response

    async def _after(self, told: int) -> int:
        """Waits for another edition than the one that was told; its number."""
        async with self._news:
            await self._news.wait_for(lambda: self._closing or self._number != told)
            return self._number


async def _figure(request: web.Request) -> web.Response:
    values = tuple(sorted(request.query.items()))
    try:
        png = await asyncio.to_thread(_drawn, request.match_info["name"], values)
    except ValueError as error:
        raise web.HTTPUnprocessableEntity(text=str(error)) from None
    return web.Response(
        body=png, content_type="image/png", headers={"Cache-Control": "max-age=600"}
    )


@lru_cache(maxsize=200)
def _drawn(name: str, values: tuple[tuple[str, str], ...]) -> bytes:
    from lessons.figures import draw

    return draw(name, dict(values))


async def _static(request: web.Request) -> web.Response:
    name = request.match_info["name"]
    if name not in ("style.css", "page.js"):
        raise web.HTTPNotFound
    text = (PAGE / name).read_text("utf-8")
    kind = KINDS[name.rpartition(".")[2]]
    return web.Response(text=text, content_type=kind, headers={"Cache-Control": "no-cache"})


@asynccontextmanager
async def serve(folder: Folder, port: int) -> AsyncIterator[str]:
    """Serves until left; gives the page's address. Raises OSError when the port is taken."""
    runner = web.AppRunner(Preview(folder).app(), shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, LOCAL, port).start()
        yield f"http://{LOCAL}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
