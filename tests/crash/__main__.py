"""Kills the tutor at random moments while learners answer, and counts what was lost: nothing.

python -m tests.crash --kills 20 --in-flight 8 [--learners 16] [--database postgres --workers 3]

A learner without an answer waits as long as there are kills, and 90 s more; then they are counted.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import random
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

from bot.local import LocalTelegram
from bot.local.api.faults import Trouble
from lessons.loader.loading import load
from tests.crash.counting import Count, counted
from tests.crash.databases import database_at
from tests.crash.ledger import Ledger
from tests.crash.process import Crew, Tutor, folder
from tests.crash.pupils import PATIENCE, Pupil, StuckError

LONGEST_LIFE = 5.0  # seconds between a start that is through and the next kill
KILLED_YOUNG = 0.15  # of the kills come before the start is through
LATE = 0.15  # seconds by which half of Telegram's answers are late: more is in flight


async def run(options: argparse.Namespace) -> Count:
    with folder() as place, database_at(options.database, Path(place)) as database:
        async with LocalTelegram() as phone:
            phone.faults.strike(Trouble.SLOW, seconds=LATE, share=0.5)
            logs = [Path(place) / f"log-{number}" for number in range(options.workers)]
            crew = [Tutor(phone, database, options.in_flight, log) for log in logs]
            return await _school(options, phone, Crew(crew, options.seed), database)


async def _school(
    options: argparse.Namespace, phone: LocalTelegram, tutor: Crew, database: str
) -> Count:
    await tutor.start()
    await tutor.ready()
    ledger, course = Ledger(database), load()
    pupils = [Pupil(phone, ledger, course, 1000 + n) for n in range(options.learners)]
    over, watching = asyncio.Event(), asyncio.create_task(ledger.watch())
    lives = [asyncio.create_task(pupil.live(over)) for pupil in pupils]
    try:
        began = time.monotonic()
        kills, resent = await _kill_again_and_again(options, tutor, ledger)
        over.set()
        stuck = await asyncio.gather(*lives, return_exceptions=True)
        stuck += await asyncio.gather(*(p.type("/today") for p in pupils), return_exceptions=True)
        await _at_rest(ledger)
        code = await tutor.stop()
    finally:
        watching.cancel()
        await tutor.end()
    without_way = [fate for fate in stuck if isinstance(fate, StuckError)]
    unexpected = [fate for fate in stuck if fate and not isinstance(fate, StuckError)]
    if unexpected:
        raise unexpected[0]
    if options.workers > 1:  # whose death a repeat is due to cannot be told
        resent = [round(ledger.resent() / kills)]
    count = counted(ledger, pupils, resent, [str(fate) for fate in without_way], code)
    count.figures["sent again after kills"] = ledger.resent()
    if count.faults(options.in_flight):
        count.notes.append(tutor.said())
    count.figures["tutors"] = options.workers
    count.figures["kills"], count.figures["seconds"] = kills, time.monotonic() - began
    ledger.close()
    return count


async def _kill_again_and_again(
    options: argparse.Namespace, tutor: Crew, ledger: Ledger
) -> tuple[int, list[int]]:
    """How many kills there were, and how many letters each left to be sent again.

    After a kill in the midst of a start those of several are seen together, and shared out.
    """
    dice, resent, before, kills, seen = random.Random(options.seed), [], 0, 0, 0
    ends = time.monotonic() + 60 * options.minutes
    while kills < options.kills and time.monotonic() < ends:
        await asyncio.sleep(dice.uniform(0.1, LONGEST_LIFE))
        await tutor.strike()
        kills += 1
        await tutor.start()
        ledger.troubled = time.monotonic()
        if dice.random() < KILLED_YOUNG:
            await asyncio.sleep(dice.uniform(0.0, 1.0))
        else:
            await tutor.ready()
            now = await asyncio.to_thread(ledger.resent)
            resent.append(math.ceil((now - before) / (kills - seen)))
            before, seen = now, kills
    await tutor.ready()
    ledger.troubled = time.monotonic()
    return kills, resent


async def _at_rest(ledger: Ledger) -> None:
    """Until the last picture has followed its words; what is left then is counted."""
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while await asyncio.to_thread(ledger.undone):  # noqa: ASYNC110 - rows ring no bell here
                await asyncio.sleep(0.1)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--in-flight", type=int, default=8)
    parser.add_argument("--learners", type=int, default=16)
    parser.add_argument("--workers", type=int, default=1, help="tutors on one PostgreSQL")
    parser.add_argument(
        "--database",
        default="sqlite",
        help="sqlite, postgres (both new, both gone after), or a URL",
    )
    parser.add_argument("--minutes", type=float, default=float("inf"), help="no kill after them")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # then its tutors end with it
    count = asyncio.run(run(options))
    print(count.table(options.in_flight))
    sys.exit(bool(count.faults(options.in_flight)))


if __name__ == "__main__":
    main()
