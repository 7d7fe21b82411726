"""A Telegram for load, as a process of its own, so that what it costs is not ours.

python -m tests.load.telegram PEOPLE LIMIT   prints its URL; a line on stdin is answered with counts.
LIMIT: "free" is 30 messages a second, "paid" 1,000, "none" as many as come.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from contextlib import asynccontextmanager
from pathlib import Path

from bot.local import LocalTelegram
from bot.local.api.limits import FREE, Limits
from bot.telegram.line import bot_of

HOUSE = Path(__file__).parents[2]
LIMITS = {
    "free": Limits(),
    "paid": Limits(bot_per_second=30, paid_per_second=1000),
    "none": FREE,
}


async def serve(people: int, limit: str) -> None:
    async with LocalTelegram(limits=LIMITS[limit]) as phone:
        for number in range(1, people + 1):
            await phone.person(number, f"L{number}").type("/start")
        async with bot_of(phone.token, phone.url) as bot:  # so that nothing waits any more
            while updates := await bot.get_updates(timeout=0):
                await bot.get_updates(offset=updates[-1].update_id + 1, timeout=0, limit=1)
        print(json.dumps({"url": phone.url, "token": phone.token}), flush=True)
        while await asyncio.to_thread(sys.stdin.readline):
            print(json.dumps({"calls": phone.calls, "cpu": time.process_time()}), flush=True)


class Server:
    def __init__(self, process, where):
        self._process = process
        self.url, self.token = where["url"], where["token"]

    async def calls(self):
        """How often each method was answered with each code."""
        return (await self._told())["calls"]

    async def cpu(self):
        """Its own CPU seconds so far."""
        return (await self._told())["cpu"]

    async def _told(self):
        self._process.stdin.write(b"\n")
        return json.loads(await self._process.stdout.readline())


@asynccontextmanager
async def telegram(people, limit):
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-m", "tests.load.telegram", str(people), limit)
    process = await asyncio.create_subprocess_exec(*command, cwd=HOUSE, stdin=pipe, stdout=pipe)
    yield Server(process, json.loads(await process.stdout.readline()))
    process.kill()
    await process.wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), sys.argv[2]))
