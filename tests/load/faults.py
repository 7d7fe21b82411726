"""Every fault that a tutor may meet, one after the other, and what was seen: a table.

python -m tests.load.faults [--gone 60] [--only storm killed]

--gone: seconds for which Telegram and database are away.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.load import database_faults, process_faults, telegram_faults
from tests.load.school import Fault, school

GROUPS = {
    "Telegram": telegram_faults.FAULTS,
    "database": database_faults.FAULTS,
}


async def measure(options) -> int:
    print(f"{'fault':52} {'seconds':>8}  what was seen", flush=True)
    wrong = 0
    for faults in GROUPS.values():
        if not _chosen(faults, options.only):
            continue
        with tempfile.TemporaryDirectory() as place:
            async with school(Path(place)) as open_school:
                for fault in _chosen(faults, options.only):
                    wrong += not await _met(fault, lambda f: f(open_school, options.gone))
    for fault in _chosen(process_faults.FAULTS, options.only):
        with tempfile.TemporaryDirectory() as place:
            wrong += not await _met(fault, lambda f: f(Path(place), options.gone))
    return wrong


def _chosen(faults, names):
    return [fault for fault in faults if not names or fault.__name__ in names]


async def _met(fault: Fault, meet) -> bool:
    began = time.monotonic()
    try:
        async with asyncio.timeout(300):
            seen, right = await meet(fault), True
    except (AssertionError, TimeoutError) as error:
        seen, right = f"WRONG: {type(error).__name__} {error}", False
    name = (fault.__doc__ or "").rstrip(".")
    print(f"{name:52} {time.monotonic() - began:8.1f}  {seen}", flush=True)
    return right


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.load.faults", description=__doc__)
    parser.add_argument("--gone", type=float, default=60.0)
    parser.add_argument("--only", nargs="+", default=[], help="functions by name, like storm")
    sys.exit(asyncio.run(measure(parser.parse_args())))


if __name__ == "__main__":
    main()
