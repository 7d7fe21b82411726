"""Trains a learner's design in a process of its own, which may be ended at any moment."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from contextlib import suppress

from bot.errands import trainer
from bot.errands.errands import Tell

KEPT = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR")  # of the environment: no token, no password
ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
STARTING = 60.0  # seconds to import the libraries on a slow machine
WIDEST = 1 << 20  # bytes of one line


class Training:
    """`seconds` of processor time for the design, `wall` by the clock for all, `memory` in bytes.

    A result is a JSON object: a trial's fields, or `failed` with `time`, `diverged` or `broken`.
    """

    def __init__(self, seconds: int = 10, wall: int = 40, memory: int = 2 << 30) -> None:
        self._limits = (str(seconds), str(wall), str(memory))
        self._wall = wall

    async def __call__(self, values: Mapping[str, str], tell: Tell) -> str:
        try:
            result = await self._result(values, tell)
        except (TimeoutError, EOFError, OSError):
            result = {"failed": "broken"}
        return json.dumps({**values, **result})

    async def _result(self, values: Mapping[str, str], tell: Tell) -> dict[str, object]:
        process = await self._started()
        try:
            async with asyncio.timeout(STARTING + self._wall):
                return await _followed(process, values, tell)
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _started(self) -> Process:
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", trainer.__file__, *self._limits),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            env=environment | ONE_CORE,
            limit=WIDEST,
        )


async def _followed(process: Process, values: Mapping[str, str], tell: Tell) -> dict[str, object]:
    """The result, and on the way to it every line that is none."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(dict(values)).encode() + b"\n")
    await process.stdin.drain()
    while line := await process.stdout.readline():
        told: dict[str, object] = json.loads(line)
        if "fold" not in told:
            return told
        tell(json.dumps({"run": values.get("run", ""), **told}))
    raise EOFError
