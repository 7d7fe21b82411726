"""Telegram's own ceiling: drops leave as fast as it lets them, and replies do not wait.

python -m tests.load.ceiling [--drops 300] [--paid-drops 6000] [--postgres]   prints a table.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from bot.local import LocalTelegram
from bot.local.limits import FREE as NO_LIMITS
from bot.postman import FREE, PAID, Pace, Postman
from bot.storage import Storage, outbox
from bot.storage.tables import letter
from bot.telegram.line import bot_of
from bot.telegram.pictures import Pictures
from bot.telegram.wire import Wire
from bot.tutor.events import Arrival, ChatId, Unblocked
from bot.tutor.turn import Button, Lane, Say
from tests.crash.databases import database_at
from tests.load.telegram import HOUSE, telegram

DROP = "<b>Drop 3</b> · What comes after the weighted sum\nRelu lets a total pass if it is above 0."
REPLIES = 2  # a second, beside the drops


def written(connection, chats, lane, now):
    """A letter for each chat, as a turn leaves it."""
    say = Say(DROP, buttons=((Button("Start", "start"),),), lane=lane)
    for chat in chats:
        outbox.write(connection, Arrival("", ChatId(chat), None, Unblocked(), now), [say], now)


async def push(storage, server, drops, rates, paid, places):
    """Sends them all while others get replies; seconds, CPU seconds."""
    replies = range(drops + 1, drops + 1 + 100_000)
    await storage.run(written, range(1, drops + 1), Lane.DROP, datetime.now(UTC))
    async with bot_of(server.token, server.url) as bot:
        wire = Wire(bot, storage, Pictures({}), paid=paid)
        postman = Postman(storage, wire, Pace(rates), places=places)
        began, cpu = time.monotonic(), time.process_time()
        running = asyncio.create_task(postman.run())
        number = 0
        while await waiting(storage):
            people = [replies[number % 200]]
            number += 1
            await storage.run(written, people, Lane.REPLY, datetime.now(UTC))
            storage.outbox_bell.ring()
            await asyncio.sleep(1 / REPLIES)
        wall, cpu = time.monotonic() - began, time.process_time() - cpu
        postman.stop()
        await running
    return wall, cpu


async def waiting(storage):
    open_drops = sa.select(letter.c.id).where(
        letter.c.done_at.is_(None), letter.c.lane == Lane.DROP
    )
    return await storage.run(lambda connection: connection.scalar(open_drops.limit(1)))


async def said(storage):
    """Seconds that replies waited, sorted; drops a second between the first and the last."""
    rows = await storage.run(
        lambda connection: connection.execute(
            sa.select(letter.c.lane, letter.c.at, letter.c.done_at).where(letter.c.fate == "sent")
        ).all()
    )
    replies = sorted((r.done_at - r.at).total_seconds() for r in rows if r.lane == Lane.REPLY)
    moments = sorted(r.done_at for r in rows if r.lane == Lane.DROP)
    return replies, (len(moments) - 1) / (moments[-1] - moments[0]).total_seconds()


async def row(name, database, drops, limit, rates, *, paid, places):
    async with telegram(drops + 200, limit) as server:
        storage = Storage(database)
        storage.migrate()
        wall, cpu = await push(storage, server, drops, rates, paid, places)
        replies, rate = await said(storage)
        calls = await server.calls()
        storage.close()
    refused = sum(n for call, n in calls.items() if call.endswith(" 429"))
    late = replies[min(len(replies) - 1, int(len(replies) * 0.99))]
    sent = drops + len(replies)
    print(
        f"{name:26} {drops:6,} {rate:8.1f} {refused:8} {late * 1e3:9.0f}ms {cpu / sent * 1e3:9.2f}ms",
        flush=True,
    )
    return {"rate": rate, "refused": refused, "late": late, "cpu": cpu / sent, "wall": wall}


async def yardstick(messages):
    """CPU seconds a message of the bare echo bot, which also takes an update for each."""
    pipe = asyncio.subprocess.PIPE
    async with LocalTelegram(limits=NO_LIMITS) as phone:
        command = (sys.executable, "-m", "tests.load.echo", phone.url, phone.token, str(messages))
        bot = await asyncio.create_subprocess_exec(*command, cwd=HOUSE, stdin=pipe, stdout=pipe)
        await bot.stdout.readline()
        for number in range(messages):
            await phone.person(1 + number % 50, "L").type("a line of text as long as an answer")
        bot.stdin.write(b"\n")
        cpu = float(await bot.stdout.readline()) / messages
        await bot.wait()
    return cpu


async def measure(options):
    print(
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n"
        f"{'':26} {'drops':>6} {'a second':>8} {'refused':>8} {'reply p99':>11} {'CPU each':>11}"
    )
    kind = "postgres" if options.postgres else "sqlite"
    found = {}
    for name, drops, limit, rates, paid, places in (
        ("30/s", options.drops, "free", FREE, False, 30),
        ("1,000/s, paid", options.paid_drops, "paid", PAID, True, 300),
    ):
        if not drops:
            continue
        with tempfile.TemporaryDirectory() as place, database_at(kind, Path(place)) as url:
            found[limit] = await row(
                f"{kind} {name}", url, drops, limit, rates, paid=paid, places=places
            )
    echo = await yardstick(options.echoes)
    print(f"{'bare echo bot (httpx)':26} {options.echoes:6,} {'':28} {echo * 1e3:12.2f}ms")
    return found | {"echo": echo}


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.load.ceiling", description=__doc__)
    parser.add_argument("--drops", type=int, default=300)
    parser.add_argument("--paid-drops", type=int, default=6000)
    parser.add_argument("--echoes", type=int, default=400)
    parser.add_argument("--postgres", action="store_true")
    asyncio.run(measure(parser.parse_args()))


if __name__ == "__main__":
    main()
