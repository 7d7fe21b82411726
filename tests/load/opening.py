"""Opening a drop with own numbers and a figure while others chat; and what a push costs.

python -m tests.load.opening [--openings 150] [--chatting 4] [--pushes 1000]   prints two tables.

The tutor is whole, its Telegram is in the same process. A push is followed all the way: the clock's
claim, the turn, the postman with a server in a process of its own; CPU is the tutor's.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import itertools
import os
import pstats
import tempfile
import time
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from bot.logs import set_up_logs
from bot.postman import Pace, Postman, Rates
from bot.storage import Storage, due, packing, tables
from bot.telegram.line import bot_of
from bot.telegram.pictures import Pictures
from bot.telegram.wire import Wire
from bot.turns import Turns, Tutor
from bot.tutor.events import DropDue, Person, Started, UserId
from bot.tutor.learner import Answering, Resting, Rhythm, Waiting
from bot.tutor.turn import Say
from lessons.drawing.exercise import draw
from lessons.loader.loading import ENGLISH, load_all
from tests.load.school import school
from tests.load.telegram import telegram

EIGHT = Rhythm("UTC", "08:00")
CHATTING = 40  # people
DRAWING = ("lessons/drawing", "lessons/numbers", "lessons/figures", "engine/networks")


def met(mind, user, now, **more):
    person = mind.meet(Person(UserId(user), f"L{user}", "en"))
    return replace(person, seed=user, rhythm=EIGHT, next_drop=now + timedelta(days=1), **more)


def keep(connection, learners, now):
    rows = [packing.pack_learner(one) | {"chat": one.user, "met_at": now} for one in learners]
    connection.execute(sa.insert(tables.learner), rows)


def at_the_door(mind, path, number, user, now, stage=Waiting):
    """A learner whose next drop is the one with this number."""
    done = tuple(lesson.key for lesson in path.lessons[:number])
    where = path.lessons[number].key if stage is Waiting else done[-1]
    return met(mind, user, now, finished=done, stage=stage(where))


def begun_with_a_figure(mind, path, now):
    """Numbers of the drops that show a figure with the learner's numbers at once."""
    for number in range(1, len(path.lessons)):
        turn = mind.respond(at_the_door(mind, path, number, 1, now), Started(), now)
        if any(isinstance(say, Say) and say.attachment for say in turn.says):
            yield number


def chatting(mind, path, user, now):
    """Somebody in the midst of the first drop."""
    lesson = path.lessons[0]
    drawn = draw(lesson, lesson.core[0].key, user)
    return met(mind, user, now, stage=Answering(lesson.key, lesson.core[0].key, drawn.values))


async def opened(person, messages, waits):
    """Seconds until the first words, until the picture, until the last of its messages."""
    began = time.monotonic()
    await person.type("/start")
    for what, holds in (
        ("first words", lambda _: True),
        ("the picture", lambda message: message.photo),
        ("the whole opening", lambda _: len(person.chat.said) >= messages),
    ):
        await person.chat.until(holds, timeout=120)
        waits[what].append(time.monotonic() - began)


async def talk(school, people, rate, waits, over):
    """So many answers a second, by one after the other; most are wrong, and diagnosed."""
    asking = set()
    for number, person in enumerate(itertools.cycle(people)):
        if over.is_set():
            break
        asking.add(asyncio.create_task(school.asked(person, str(number % 9 - 4))))
        await asyncio.sleep(1 / rate)
    waits["an answer’s reply"] = await asyncio.gather(*asking)


async def openings(options, place):
    """Waits of all kinds, by what was waited for."""
    waits = {"first words": [], "the picture": [], "the whole opening": []}
    async with school(place) as tutoring:
        now = datetime.now(UTC)
        mind = Tutor(tutoring.tutor.course)
        path = next(iter(tutoring.tutor.course.paths.values()))
        numbers = list(begun_with_a_figure(mind, path, now))
        users = range(1000, 1001 + options.openings)
        comers = [at_the_door(mind, path, numbers[u % len(numbers)], u, now) for u in users]
        talkers = [chatting(mind, path, user, now) for user in range(1, CHATTING + 1)]
        await tutoring.tutor.storage.run(keep, [*comers, *talkers], now)
        people = [tutoring.phone.person(one.user, one.name) for one in talkers]
        over = asyncio.Event()
        others = asyncio.create_task(talk(tutoring, people, options.chatting, waits, over))

        def comes(one, counted):
            says = mind.respond(one, Started(), now).says
            person = tutoring.phone.person(one.user, one.name)
            return asyncio.create_task(opened(person, len(says), counted))

        await comes(comers[0], defaultdict(list))  # until judges and artist are awake
        coming = []
        for one in comers[1:]:
            coming.append(comes(one, waits))
            await asyncio.sleep(options.every)
        await asyncio.gather(*coming)
        over.set()
        await others
    return waits, [path.lessons[number].number for number in numbers]


def told(waits, drops):
    print(f"drops {drops}, which begin with a figure of the learner's own numbers")
    print(
        f"{'from /start, or a typed answer, to':36} {'of':>6} {'median':>8} {'p99':>8} {'most':>8}"
    )
    for what, seconds in waits.items():
        some = sorted(seconds)
        shown = (some[len(some) // 2], some[int(len(some) * 0.99)], some[-1])
        print(f"{what:36} {len(some):6} " + " ".join(f"{one * 1e3:6.0f}ms" for one in shown))


def drawn_for(mind, path, now):
    """Calls into the rooms that draw numbers and figures, over a push of each drop."""
    profile = cProfile.Profile()
    for number in range(1, len(path.lessons)):
        learner = at_the_door(mind, path, number, 7, now, Resting)
        profile.enable()
        turn = mind.respond(learner, DropDue(now.date()), now)
        profile.disable()
        assert [say.attachment for say in turn.says] == [None]
    calls = pstats.Stats(profile).stats.items()
    return sum(one[0] for (file, _, _), one in calls if any(room in file for room in DRAWING))


async def nobody(_question, _text):
    raise AssertionError("a push judges nothing")


async def pushes(options, place):
    """CPU seconds of claims, turns and sending; letters, and those that bear a picture."""
    told_in = load_all()
    mind, now = Tutor(told_in[ENGLISH], told_in), datetime.now(UTC)
    path = next(iter(told_in[ENGLISH].paths.values()))
    count, last = options.pushes, len(path.lessons)
    users = range(1, count + 1)
    learners = [at_the_door(mind, path, 1 + u % (last - 1), u, now, Resting) for u in users]
    storage = Storage(f"sqlite:///{place}/pushes.sqlite3")
    storage.migrate()
    await storage.run(keep, [replace(one, next_drop=now) for one in learners], now)
    cpu = [time.process_time()]
    while await storage.run(due.claim, now):
        pass
    cpu.append(time.process_time())
    turns = Turns(storage, mind, nobody, "sorry", clock=lambda: now)
    running = asyncio.create_task(turns.run())
    await turns.settled()
    cpu.append(time.process_time())
    turns.stop()
    await running
    said = await storage.run(lambda c: c.scalars(sa.select(tables.letter.c.utterance)).all())
    cpu += await sent(storage, count)
    storage.close()
    assert len(said) == count
    pictures = sum(one["attachment"] is not None for one in said)
    spent = (cpu[1] - cpu[0], cpu[2] - cpu[1], cpu[4] - cpu[3])
    return spent, pictures, drawn_for(mind, path, now)


async def sent(storage, count):
    """The process's CPU seconds before and after."""
    quick = Rates(bot=2000, burst=200, chat=100, chat_burst=100, handful=25)
    async with telegram(count, "none") as server, bot_of(server.token, server.url) as bot:
        postman = Postman(storage, Wire(bot, storage, Pictures({})), Pace(quick), places=100)
        before = time.process_time()
        running = asyncio.create_task(postman.run())
        await postman.settled()
        after = time.process_time()
        postman.stop()
        await running
    return before, after


async def measure(options):
    load = os.getloadavg()[0]
    print(f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, load {load:.1f}")
    with tempfile.TemporaryDirectory() as place:
        told(*await openings(options, Path(place)))
        spent, pictures, drawn = await pushes(options, Path(place))
    each = [one / options.pushes * 1e3 for one in spent]
    print(
        f"a push, of {options.pushes:,}: claim {each[0]:.2f} ms, turn {each[1]:.2f} ms, sending"
        f" {each[2]:.2f} ms of CPU; figures drawn: {pictures}, calls that draw numbers: {drawn}"
    )


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.load.opening", description=__doc__)
    parser.add_argument("--openings", type=int, default=150)
    parser.add_argument("--every", type=float, default=0.6, help="seconds between two openings")
    parser.add_argument("--chatting", type=float, default=4, help="answers a second by others")
    parser.add_argument("--pushes", type=int, default=1000)
    set_up_logs("warning")
    asyncio.run(measure(parser.parse_args()))


if __name__ == "__main__":
    main()
