"""`dropwise run` several times over: started, asked how they are, killed, stopped."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
from pathlib import Path

import aiohttp

ROOT = Path(__file__).parents[3]
WAIT = 60.0  # seconds for a start on a busy machine


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Tutor:
    def __init__(self, process, port):
        self.process = process
        self.address = f"http://127.0.0.1:{port}"

    async def ask(self, page):
        """Status and text; (0, "") while nobody listens."""
        try:
            async with (
                aiohttp.ClientSession() as session,
                session.get(f"{self.address}/{page}", timeout=aiohttp.ClientTimeout(10)) as answer,
            ):
                return answer.status, await answer.text()
        except aiohttp.ClientError:
            return 0, ""

    async def number(self, name):
        """A metric's value; 0 while it has none. With its labels: `name{lane="drop"}`."""
        _, text = await self.ask("metrics")
        found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
        return float(found[1]) if found else 0.0

    async def leads(self):
        return await self.number("dropwise_leads") == 1

    async def kill(self):
        if self.process.returncode is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        await self.process.wait()

    async def stop(self):
        self.process.terminate()
        return await asyncio.wait_for(self.process.wait(), WAIT)


class Tutors:
    def __init__(self, phone, folder):
        self._phone = phone
        self._folder = folder
        self._all = []

    async def start(self, database, **settings):
        """A tutor that says that it is ready."""
        port = free_port()
        environment = {
            **os.environ,
            "BOT_TOKEN": self._phone.token,
            "BOT_API_URL": self._phone.url,
            "DATABASE_URL": database,
            "METRICS_LISTEN": f"127.0.0.1:{port}",
            "LOG_LEVEL": "warning",
            "XDG_DATA_HOME": str(self._folder),
            **settings,
        }
        log = (self._folder / f"{port}.log").open("wb")
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            cwd=ROOT, env=environment, stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
        tutor = Tutor(process, port)
        self._all.append(tutor)
        await eventually(tutor.ask, "readyz", is_=lambda said: said[0] == 200)
        return tutor

    def said(self):
        """What all of them logged."""
        return "".join(log.read_text(errors="replace") for log in self._folder.glob("*.log"))

    async def end(self):
        for tutor in self._all:
            await tutor.kill()


async def eventually(ask, *arguments, is_=bool, seconds=WAIT):
    """Asks until the answer is as wished; the answer."""
    async with asyncio.timeout(seconds):
        while not is_(found := await ask(*arguments)):  # noqa: ASYNC110 - a process rings no bell here
            await asyncio.sleep(0.05)
        return found
