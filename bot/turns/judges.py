"""Judges that may be lost: an answer that asks too much ends a process, not the bot."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from typing import Self

from bot import metrics
from bot.turns import judge as judge_process
from bot.turns.judge import READY, ask, converter
from engine.question import Question, Verdict

log = logging.getLogger(__name__)

CHECK = "engine.checking:check"
UNDECIDED = Verdict("undecided", "undecided")
STARTING = 60.0  # seconds for a judge to import its mathematics on a slow machine
KEPT = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR")  # of the environment: no token, no password
WIDEST = 1 << 20  # bytes of one line


class Judges:
    """`async with Judges() as judge: verdict = await judge(question, text)`."""

    def __init__(
        self,
        places: int = 2,
        seconds: float = 5.0,
        memory: int = 1 << 30,
        check: str = CHECK,
    ) -> None:
        self._seconds = seconds
        self._command = (check, str(int(seconds) + 1), str(memory))
        self.is_cold = True  # until one is called, or could not be
        self._places = self._vacant = places  # vacant: whose judges are yet to be called
        self._idle: list[Process] = []
        self._failed = 0  # calls, ever
        self._calling: set[asyncio.Task[None]] = set()
        self._change = asyncio.Condition()  # of what is idle or vacant

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for calling in tuple(self._calling):
            calling.cancel()
            await asyncio.wait([calling])
        for judge in self._idle:
            await _end(judge)

    async def warm(self) -> None:
        """Calls the first judge before anyone asks."""
        if judge := await self._taken():
            await self._let_go(judge)
        else:
            log.error("no judge could be called; answers stay undecided")
        self.is_cold = False

    async def __call__(self, question: Question, text: str) -> Verdict:
        """`undecided` where time or memory did not suffice, or the judge broke."""
        judge, asked = await self._taken(), False
        if judge is None:
            return UNDECIDED
        try:
            verdict = await self._ask(judge, question, text)
            asked = True
        except (TimeoutError, ConnectionError, EOFError, ValueError) as error:
            metrics.judges_lost.inc()
            log.warning("a judge was lost: %s", type(error).__name__)
            return UNDECIDED
        finally:
            if asked:
                await self._let_go(judge)
            else:
                await self._leave_vacant()
                await _end(judge)
        return verdict

    async def _taken(self) -> Process | None:
        """The first that is free: nobody waits for one that is being called while another is.

        None when as many calls failed meanwhile as there are places.
        """
        async with self._change:
            given_up = self._failed + self._places
            while not self._idle:
                if self._failed >= given_up:
                    return None
                self._call_where_vacant()
                await self._change.wait()
            return self._idle.pop()

    def _call_where_vacant(self) -> None:
        if self._vacant:
            self._vacant -= 1
            calling = asyncio.create_task(self._fill())
            self._calling.add(calling)
            calling.add_done_callback(self._calling.discard)

    async def _fill(self) -> None:
        try:
            judge = await self._call()
        except (TimeoutError, EOFError, OSError) as error:
            metrics.judges_lost.inc()
            log.warning("a judge could not be called: %s", type(error).__name__)
            self._failed += 1
            await self._leave_vacant()
        else:
            await self._let_go(judge)

    async def _let_go(self, judge: Process) -> None:
        async with self._change:
            self._idle.append(judge)
            self._change.notify_all()

    async def _leave_vacant(self) -> None:
        """Who waits calls another."""
        async with self._change:
            self._vacant += 1
            self._change.notify_all()

    async def _ask(self, judge: Process, question: Question, text: str) -> Verdict:
        async with asyncio.timeout(self._seconds):
            return await _verdict(judge, question, text)

    async def _call(self) -> Process:
        """EOFError or TimeoutError when none can be called."""
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
        judge = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", judge_process.__file__, *self._command),
            stdin=PIPE,
            stdout=PIPE,
            env=environment,
            limit=WIDEST,
            process_group=0,  # a signal from the keyboard is for the tutor, who finishes its work
        )
        called = False
        try:
            async with asyncio.timeout(STARTING):
                await _readiness(judge)
            called = True
        finally:
            if not called:
                await _end(judge)
        return judge


async def _readiness(judge: Process) -> None:
    assert judge.stdout is not None
    if (await judge.stdout.readline()).strip() != READY.encode():
        raise EOFError


async def _verdict(judge: Process, question: Question, text: str) -> Verdict:
    assert judge.stdin is not None
    assert judge.stdout is not None
    judge.stdin.write(ask(question, text).encode() + b"\n")
    await judge.stdin.drain()
    line = await judge.stdout.readline()
    if not line:
        raise EOFError
    return converter.structure(json.loads(line), Verdict)


async def _end(judge: Process) -> None:
    with suppress(ProcessLookupError):
        judge.kill()
    await judge.wait()
