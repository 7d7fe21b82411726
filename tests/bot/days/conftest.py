"""A whole tutor at work on a Telegram of its own, with a clock that is moved: months in seconds."""

from __future__ import annotations

import pytest
from household import at_work


@pytest.fixture
async def house(database_url):
    async with at_work(database_url) as house:
        yield house
