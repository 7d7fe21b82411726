"""A strict Bot API server, a database, and the bot's hands between them."""

import asyncio

import pytest
from rigged import Rig

from bot.local import LocalTelegram
from bot.local.api.limits import FREE as NO_LIMITS
from bot.storage import Storage
from bot.telegram.line import bot_of


async def soon(holds, seconds=5):
    """Waits until it holds; what it then is."""
    async with asyncio.timeout(seconds):
        while not (found := await holds()):  # noqa: ASYNC110 - the rows ring no bell
            await asyncio.sleep(0.01)
        return found


@pytest.fixture
def eventually():
    return soon


@pytest.fixture
def storage():
    opened = Storage("sqlite:///:memory:")
    opened.migrate()
    yield opened
    opened.close()


@pytest.fixture
async def phone():
    async with LocalTelegram(limits=NO_LIMITS) as local:
        yield local


@pytest.fixture
async def rig(phone, storage):
    async with bot_of(phone.token, phone.url) as bot:
        yield Rig(phone, storage, bot)


@pytest.fixture
async def ana(phone):
    person = phone.person(7, "Ana")
    await person.type("/start")
    return person
