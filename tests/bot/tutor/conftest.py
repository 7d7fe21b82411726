"""The course, read once, and groups on phones before it."""

from __future__ import annotations

import pytest
from study import Study
from tutor_chat import Chat
from tutor_course import SMALL

from lessons.loader.loading import load


@pytest.fixture(scope="session")
def course():
    return load()


@pytest.fixture
async def study(course):
    async with Study(course) as made:
        yield made
        assert not await made.failed()


@pytest.fixture
def chat():
    """The small course, its first drop begun."""
    chat = Chat(SMALL)
    chat.start()
    return chat
