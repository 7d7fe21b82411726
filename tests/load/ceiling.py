"""Telegram's own ceiling: drops leave as fast as it lets them, and replies do not wait.

python -m tests.load.ceiling [--drops 600] [--paid-drops 10000] [--postgres --processes 2]

Prints a table. Server, postmen and this command are processes of their own; CPU is told of the
postmen, all together, and of the server.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from bot.local import LocalTelegram
from bot.local.api.limits import FREE as NO_LIMITS
from bot.storage import Storage, outbox
from bot.storage.tables import letter
from bot.tutor.events import Arrival, ChatId, Unblocked
from bot.tutor.turn import Button, Lane, Say
from tests.crash.databases import database_at
from tests.load.posting import posting
from tests.load.telegram import HOUSE, telegram

DROP = "<b>Drop 3</b> · What comes after the weighted sum\nRelu lets a total pass if it is above 0."
GUESTS = 200  # who get the replies
SPEED = {"free": "30/s", "paid": "1,000/s"}
HEAD = (
    f"{'':28} {'drops':>6} {'a second':>8} {'with replies':>12} {'refused':>8} {'reply p99':>10}"
    f" {'CPU each':>9} {'server’s':>9}"
)


@dataclass(frozen=True)
class Case:
    limit: str
    drops: int
    replies: int  # a second, beside the drops
    places: int
    processes: int = 1


def written(connection, chats, lane, now):
    """A letter for each chat, as a turn leaves it."""
    say = Say(DROP, buttons=((Button("Start", "start"),),), lane=lane)
    for chat in chats:
        outbox.write(connection, Arrival("", ChatId(chat), None, Unblocked(), now), [say], now)


async def push(storage, case, postmen):
    """Sends the drops while others get replies; CPU seconds of the postmen."""
    await asyncio.gather(*(postman.ready() for postman in postmen))
    for postman in postmen:
        postman.begin()
    number = 0
    while await waiting(storage):
        guest = case.drops + 1 + number % GUESTS
        number += 1
        await storage.run(written, [guest], Lane.REPLY, datetime.now(UTC))
        await asyncio.sleep(1 / case.replies)
    return sum(await asyncio.gather(*(postman.end() for postman in postmen)))


async def waiting(storage):
    open_drops = sa.select(letter.c.id).where(
        letter.c.done_at.is_(None), letter.c.lane == Lane.DROP
    )
    return await storage.run(lambda connection: connection.scalar(open_drops.limit(1)))


async def said(storage):
    """Seconds that replies waited, sorted; drops, and all messages, a second meanwhile."""
    rows = await storage.run(
        lambda connection: connection.execute(
            sa.select(letter.c.lane, letter.c.at, letter.c.done_at).where(letter.c.fate == "sent")
        ).all()
    )
    replies = sorted((r.done_at - r.at).total_seconds() for r in rows if r.lane == Lane.REPLY)
    drops = sorted(r.done_at for r in rows if r.lane == Lane.DROP)
    took = (drops[-1] - drops[0]).total_seconds()
    between = sum(drops[0] <= r.done_at <= drops[-1] for r in rows)
    return replies, (len(drops) - 1) / took, (between - 1) / took


async def row(kind, database, case):
    async with telegram(case.drops + GUESTS, case.limit) as server, AsyncExitStack() as stack:
        storage = Storage(database)
        storage.migrate()
        everyone = range(1, case.drops + 1)
        await storage.run(written, everyone, Lane.DROP, datetime.now(UTC))
        before = await server.cpu()
        postmen = [
            await stack.enter_async_context(posting(database, server, case.limit, case.places))
            for _ in range(case.processes)
        ]
        cpu = await push(storage, case, postmen)
        replies, rate, of_all = await said(storage)
        calls, servers = await server.calls(), await server.cpu() - before
        storage.close()
    refused = sum(n for call, n in calls.items() if call.endswith(" 429"))
    late = replies[min(len(replies) - 1, int(len(replies) * 0.99))]
    sent = case.drops + len(replies)
    name = f"{kind}, {SPEED[case.limit]}, {case.processes} process{'es' * (case.processes > 1)}"
    print(
        f"{name:28} {case.drops:6,} {rate:8.1f} {of_all:12.1f} {refused:8} {late * 1e3:8.0f}ms"
        f" {cpu / sent * 1e3:7.2f}ms {servers / sent * 1e3:7.2f}ms",
        flush=True,
    )


async def yardstick(messages, a_second=0):
    """CPU seconds a message of the bare echo bot, which also takes an update for each.

    At the pace of the drops it is woken for each, as the postman is; without one all is typed
    before it begins, and a hundred updates come with one call.
    """
    pipe = asyncio.subprocess.PIPE
    async with LocalTelegram(limits=NO_LIMITS) as phone:
        command = (sys.executable, "-m", "tests.load.echo", phone.url, phone.token, str(messages))
        bot = await asyncio.create_subprocess_exec(*command, cwd=HOUSE, stdin=pipe, stdout=pipe)
        await bot.stdout.readline()
        if a_second:
            bot.stdin.write(b"\n")
        for number in range(messages):
            await phone.person(1 + number % 50, "L").type("a line of text as long as an answer")
            await asyncio.sleep(1 / a_second if a_second else 0)
        if not a_second:
            bot.stdin.write(b"\n")
        cpu = float(await bot.stdout.readline()) / messages
        await bot.wait()
    name = f"bare echo bot, {f'{a_second}/s' if a_second else 'all at once'}"
    print(f"{name:28} {messages:6,} {'':42} {cpu * 1e3:10.2f}ms", flush=True)


def cases(options):
    if options.drops:
        yield Case("free", options.drops, 2, 30, options.processes)
    if options.paid_drops:
        yield Case("paid", options.paid_drops, 5, options.places, options.processes)


async def measure(options):
    load = os.getloadavg()[0]
    print(f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, load {load:.1f}\n{HEAD}")
    kind = "postgres" if options.postgres else "sqlite"
    for case in cases(options):
        with tempfile.TemporaryDirectory() as place, database_at(kind, Path(place)) as url:
            await row(kind, url, case)
    await yardstick(options.echoes, 30)
    await yardstick(options.echoes)


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.load.ceiling", description=__doc__)
    parser.add_argument("--drops", type=int, default=600)
    parser.add_argument("--paid-drops", type=int, default=10_000)
    parser.add_argument("--processes", type=int, default=1, help="that send")
    parser.add_argument("--places", type=int, default=300, help="on the wire at once, a process")
    parser.add_argument("--echoes", type=int, default=400)
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    if options.processes > 1 and not options.postgres:
        parser.error("several processes share a PostgreSQL, not a SQLite")
    asyncio.run(measure(options))


if __name__ == "__main__":
    main()
