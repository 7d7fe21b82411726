"""A preview of a small course that a test may write in."""

import shutil
from pathlib import Path

import aiohttp
import pytest

from bot.cli.preview import serve

SMALL = Path(__file__).parents[2] / "lessons" / "small"


@pytest.fixture
def course(tmp_path):
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


@pytest.fixture
async def url(course):
    async with serve(course, port=0) as url:
        yield url


@pytest.fixture
async def client():
    async with aiohttp.ClientSession() as client:
        yield client
