"""The tutor as a process of its own, which can be killed and started again."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.local import LocalTelegram

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "bot", "run")
BEGINS = "deleteWebhook 200"  # what a poller says first
READY = 60.0  # seconds within which a start must be through


class Tutor:
    """`dropwise run` with a token, its Telegram the local server."""

    def __init__(self, phone: LocalTelegram, database: str, in_flight: int, log: Path) -> None:
        self._phone = phone
        self._environment = {
            **os.environ,
            "BOT_TOKEN": phone.token,
            "BOT_API_URL": phone.url,
            "DATABASE_URL": database,
            "SENDING_AT_ONCE": str(in_flight),
            "LOG_LEVEL": "warning",
            "XDG_DATA_HOME": str(log.parent),
        }
        self._log = log
        self._begun = 0
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        self._begun = self._phone.calls[BEGINS]
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *COMMAND,
                cwd=ROOT,
                env=self._environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    async def ready(self) -> None:
        """Waits until it polls. Raises RuntimeError when it ended instead."""
        assert self._process
        async with asyncio.timeout(READY):
            while self._phone.calls[BEGINS] == self._begun:
                if self._process.returncode is not None:
                    raise RuntimeError(f"the tutor ended by itself:\n{self.said()}")
                await asyncio.sleep(0.02)

    async def kill(self) -> None:
        """SIGKILL, to it and to all that it has started."""
        assert self._process
        if self._process.returncode is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        await self._process.wait()

    async def stop(self) -> int:
        """SIGTERM: it finishes what it has in work; its exit code."""
        assert self._process
        self._process.terminate()
        async with asyncio.timeout(READY):
            return await self._process.wait()

    def said(self) -> str:
        return self._log.read_text(errors="replace")[-4000:]


def folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="dropwise-crash-")
