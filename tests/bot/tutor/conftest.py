"""The course, read once, and groups on phones before it."""

from __future__ import annotations

import pytest
from study import Study

from lessons.loader.loading import load


@pytest.fixture(scope="session")
def course():
    return load()


@pytest.fixture
async def study(course):
    async with Study(course) as made:
        yield made
        assert not await made.failed()
