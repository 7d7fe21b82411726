"""People who live with the tutor through Telegram's protocol, and what became of them."""

from __future__ import annotations

import asyncio
import sys
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from pydantic import SecretStr

from bot.cli.assembly import Line, running
from bot.cli.desk import Desk
from bot.local import LocalTelegram
from bot.local.api.limits import FREE
from bot.postman.pacing import Rates
from bot.settings import Settings
from bot.storage import packing, tables
from bot.tutor.events import UserId
from bot.tutor.learner import Resting

ROOT = Path(__file__).parents[3]
QUICK = Rates(1000, 100, 1000, 100, 1000, 100)
BEGIN = datetime(2026, 5, 7, 10, tzinfo=UTC)  # a Thursday
PATIENCE = 200.0  # seconds, on a busy machine


class House:
    def __init__(self, desk, phone, tutor, url):
        self.desk, self.phone, self.tutor, self.url = desk, phone, tutor, url

    async def learner(self, user, name, city, hour, language="en"):
        """Who has done the first drop, and said where they are and when drops shall come."""
        person = self.phone.person(user, name, language)
        await self.type(person, "/start")
        await self.tutor.storage.run(_first_drop_done, user)
        await self.type(person, "hello")
        await self.type(person, city)
        await self.tap(person, "Yes")
        await self.type(person, hour)
        assert (await self.known(person)).rhythm.hour == hour
        return person

    async def known(self, person):
        return await self.tutor.storage.learner(UserId(person.id))

    async def type(self, person, text):
        await person.type(text)
        await self.settled()

    async def tap(self, person, label):
        """The newest button that bears this label."""
        bearing = [
            said for said in person.chat.said
            if label in [button.label for row in said.buttons for button in row]
        ]  # fmt: skip
        await person.tap(bearing[-1], label)
        await self.settled()

    async def settled(self):
        await asyncio.wait_for(self.desk.settled(self.phone), PATIENCE)

    async def at(self, moment):
        """It is that late now; what falls due has come, and the hourly housekeeping was there."""
        self.phone.move_clock(moment)
        await self.tutor.storage.tidy(moment)
        await self.settled()

    async def operator(self, *command):
        """`dropwise …` beside the running tutor, as an operator types it: exit code and words."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *command),
            cwd=ROOT,
            env={"PATH": "/usr/bin:/bin", "DATABASE_URL": self.url},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        out, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
        await self.settled()
        return process.returncode, out.decode()

    async def rows(self):
        """Everything in every table, as one text."""

        def dump(connection):
            every = tables.metadata.tables.values()
            return [tuple(row) for one in every for row in connection.execute(sa.select(one))]

        return repr(await self.tutor.storage.run(dump))


def _first_drop_done(connection, user):
    """What some ten answers would lead to."""
    theirs = tables.learner.c.user_id == user
    found = connection.execute(sa.select(tables.learner).where(theirs)).mappings().one()
    learner = packing.unpack_learner(found)
    done = learner.stage.lesson
    learner = replace(learner, stage=Resting(done), finished=(done,), opened=learner.opened[-1:])
    row = packing.pack_learner(learner)
    connection.execute(sa.update(tables.learner).where(theirs).values(**row))


def heard(person, words):
    """The messages that say this."""
    return [said for said in person.chat.said if words in said.text]


@asynccontextmanager
async def at_work(url):
    desk = Desk()
    desk.move_to(BEGIN)
    settings = Settings.model_construct(database_url=SecretStr(url))
    async with LocalTelegram(desk, limits=FREE) as phone:
        line = Line(phone.token, phone.url, QUICK, long_poll=1)
        async with running(settings, line, desk.now) as (tutor, _):
            desk.tutor = tutor
            yield House(desk, phone, tutor, url)
