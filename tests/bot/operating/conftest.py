"""Tutors as processes of their own, a Telegram on the loopback, and what their monitor sees."""

from __future__ import annotations

import pytest
from tutors import Tutors

from bot.local import LocalTelegram
from bot.local.api.limits import FREE


@pytest.fixture
async def phone():
    async with LocalTelegram(limits=FREE) as local:
        yield local


@pytest.fixture
async def tutors(phone, tmp_path):
    started = Tutors(phone, tmp_path)
    yield started
    await started.end()
