"""The tutor as processes of its own, which can be killed and started again."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.local import LocalTelegram

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "bot", "run")
BEGINS = "dropwise: at work as"  # what a tutor says when its start is through
READY = 60.0  # seconds within which a start must be through
ALL_AT_ONCE = 0.2  # of the kills of several tutors


class Crew:
    """Tutors on one database. A kill meets one of them, now and then all."""

    def __init__(self, tutors: list[Tutor], seed: int) -> None:
        self._tutors = tutors
        self._dice = random.Random(seed)

    async def start(self) -> None:
        for tutor in self._tutors:
            if not tutor.is_alive:
                await tutor.start()

    async def ready(self) -> None:
        for tutor in self._tutors:
            await tutor.ready()

    async def strike(self) -> None:
        everyone = self._dice.random() < ALL_AT_ONCE
        for tutor in self._tutors if everyone else [self._dice.choice(self._tutors)]:
            await tutor.kill()

    async def end(self) -> None:
        for tutor in self._tutors:
            await tutor.kill()

    async def stop(self) -> int:
        """The worst of their exit codes."""
        codes = await asyncio.gather(*(tutor.stop() for tutor in self._tutors))
        return max(codes, key=abs)

    def said(self) -> str:
        return "".join(tutor.said() for tutor in self._tutors)


class Tutor:
    """`dropwise run` with a token, its Telegram the local server."""

    def __init__(
        self,
        phone: LocalTelegram,
        database: str,
        in_flight: int,
        log: Path,
        command: Sequence[str] = COMMAND,
    ) -> None:
        self._command = command
        self._environment = {
            **os.environ,
            "BOT_TOKEN": phone.token,
            "BOT_API_URL": phone.url,
            "DATABASE_URL": database,
            "SENDING_AT_ONCE": str(in_flight),
            "UPDATES_A_MINUTE": "100000",  # these learners are quicker than people
            "LOG_LEVEL": "warning",
            "XDG_DATA_HOME": str(log.parent),
        }
        self._log = log
        self._begun = 0
        self._process: asyncio.subprocess.Process | None = None

    @property
    def is_alive(self) -> bool:
        return self._process is not None and self._process.returncode is None

    def _begins(self) -> int:
        return self._log.read_text(errors="replace").count(BEGINS) if self._log.exists() else 0

    async def start(self) -> None:
        self._begun = self._begins()
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                cwd=ROOT,
                env=self._environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    async def ready(self) -> None:
        """Waits until its start is through. Raises RuntimeError when it ended instead."""
        assert self._process
        async with asyncio.timeout(READY):
            while self._begins() == self._begun:
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
