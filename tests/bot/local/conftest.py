"""A phone that stands still in time, and a bot of python-telegram-bot's that talks to it."""

import asyncio
from datetime import UTC, datetime

import pytest
from telegram import Bot

from bot.local import FREE, LocalTelegram, StillClock

MOMENT = datetime(2024, 3, 1, 8, tzinfo=UTC)


@pytest.fixture
async def phone():
    async with LocalTelegram(StillClock(MOMENT), limits=FREE, first_update=100) as phone:
        yield phone


@pytest.fixture
def bot_of():
    """A bot of a phone's; with another token, one that should not get in."""

    def make(phone, token=None):
        where = {"base_url": f"{phone.url}/bot", "base_file_url": f"{phone.url}/file/bot"}
        return Bot(token or phone.token, **where)

    return make


@pytest.fixture
async def bot(phone, bot_of):
    async with bot_of(phone) as bot:
        yield bot


@pytest.fixture
async def ana(phone):
    """A person who has begun."""
    ana = phone.person(1, "Ana", "es")
    await ana.type("/start")
    return ana


@pytest.fixture
def eventually():
    """Waits until something holds, five seconds at most."""

    async def wait(holds):
        async with asyncio.timeout(5):
            while not holds():  # noqa: ASYNC110 - the server has no event for what tests ask
                await asyncio.sleep(0.005)

    return wait
