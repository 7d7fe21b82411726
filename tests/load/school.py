"""A whole tutor, its Telegram and its learners in one process, to be troubled."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeAlias

from pydantic import SecretStr

from bot.cli.assembly import Line, running
from bot.cli.desk import Desk
from bot.local import LocalTelegram
from bot.local.api.limits import FREE as NO_LIMITS
from bot.postman import FREE
from bot.settings import Settings

Fault: TypeAlias = Callable[..., Awaitable[str]]


class School:
    def __init__(self, phone, tutor, desk, file):
        self.phone, self.tutor, self.desk, self.file = phone, tutor, desk, file
        self._number = 100

    async def learner(self):
        """Somebody new, whose first drop is open."""
        self._number += 1
        person = self.phone.person(self._number, f"L{self._number}")
        await self.asked(person, "/start")
        await self.quiet()
        return person

    async def asked(self, person, text="/progress", patience=120.0):
        """Seconds until the tutor says something new to them."""
        before, began = len(person.chat.said), time.monotonic()
        await person.type(text)
        async with asyncio.timeout(patience):
            while len(person.chat.said) == before:  # noqa: ASYNC110 - a screen rings no bell here
                await asyncio.sleep(0.01)
        return time.monotonic() - began

    async def quiet(self):
        """Until nothing waits any more, not even for a chat's second between two messages."""
        async with asyncio.timeout(120):
            while await self.undone():  # noqa: ASYNC110 - rows ring no bell here
                await asyncio.sleep(0.05)

    async def undone(self):
        pulse = await self.tutor.storage.pulse(self.desk.now())
        return pulse.inbox + sum(pulse.lanes.values())

    async def aside(self):
        return (await self.tutor.storage.stats(self.desk.now()))["aside"]


@asynccontextmanager
async def school(place, url=None):
    desk, file = Desk(), place / "dropwise.sqlite3"
    settings = Settings.model_construct(database_url=SecretStr(url or f"sqlite:///{file}"))
    async with LocalTelegram(desk, limits=NO_LIMITS) as phone:
        line = Line(phone.token, phone.url, FREE, long_poll=1)
        async with running(settings, line, desk.now) as (tutor, _):
            desk.tutor = tutor
            yield School(phone, tutor, desk, file)


def repeated(person, since):
    """How many of the newer messages say what another of them says."""
    said = Counter(message.text for message in person.chat.said[since:])
    return sum(said.values()) - len(said)
