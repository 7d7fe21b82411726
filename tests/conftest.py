"""What all tests share: golden files rewritten on demand, and the Bot API as others describe it."""

from __future__ import annotations

from copy import deepcopy

import pytest

from bot.local import LocalTelegram
from bot.local.api.journal import nobody


def pytest_addoption(parser):
    parser.addoption(
        "--rewrite", action="store_true", help="write what was said into the golden conversations"
    )


@pytest.fixture
def rewrite(request):
    return request.config.getoption("--rewrite")


@pytest.fixture(autouse=True)
def as_the_bot_api_is_described(request):
    """All that a test's bots and local servers say to each other is held against aiogram's models.

    What was said is judged at the end, so that reading the models (seconds) makes nobody wait.
    """
    said = []
    LocalTelegram.witness = staticmethod(lambda call: said.append(deepcopy(call)))
    yield
    LocalTelegram.witness = staticmethod(nobody)
    if said and not request.node.get_closest_marker("undescribed"):
        from tests.bot.local.described import faults

        assert [fault for call in said for fault in faults(call)] == []
