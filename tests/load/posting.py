"""A postman as a process of its own, so that only what it costs is counted.

python -m tests.load.posting DATABASE URL TOKEN free|paid PLACES   begins and ends with a line on
stdin, and prints its CPU seconds in between.
"""

from __future__ import annotations

import asyncio
import sys
import time
from contextlib import asynccontextmanager
from pathlib import Path

import structlog

from bot.postman import FREE, PAID, Pace, Postman
from bot.storage import Storage
from bot.telegram.line import bot_of
from bot.telegram.pictures import Pictures
from bot.telegram.wire import Wire

HOUSE = Path(__file__).parents[2]


def counted(database: str) -> Storage:
    """One whose replica is known to the others."""
    storage = Storage(database)
    storage.listen()
    while not storage.replicas:
        time.sleep(0.05)
    return storage


async def post(database: str, url: str, token: str, rates: str, places: str) -> None:
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    storage = counted(database)
    async with bot_of(token, url) as bot:
        wire = Wire(bot, storage, Pictures({}), paid=rates == "paid")
        pace = Pace(PAID if rates == "paid" else FREE)
        postman = Postman(storage, wire, pace, places=int(places))
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        cpu = time.process_time()
        running = asyncio.create_task(postman.run())
        await asyncio.to_thread(sys.stdin.readline)
        print(time.process_time() - cpu, flush=True)
        postman.stop()
        await running
    storage.close()


class Posting:
    def __init__(self, process):
        self._process = process

    async def ready(self):
        await self._process.stdout.readline()

    def begin(self):
        self._process.stdin.write(b"\n")

    async def end(self):
        """Its CPU seconds."""
        self._process.stdin.write(b"\n")
        cpu = float(await self._process.stdout.readline())
        await self._process.wait()
        return cpu


@asynccontextmanager
async def posting(database, server, rates, places):
    pipe = asyncio.subprocess.PIPE
    what = (database, server.url, server.token, rates, str(places))
    command = (sys.executable, "-m", "tests.load.posting", *what)
    process = await asyncio.create_subprocess_exec(*command, cwd=HOUSE, stdin=pipe, stdout=pipe)
    try:
        yield Posting(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


if __name__ == "__main__":
    asyncio.run(post(*sys.argv[1:]))
