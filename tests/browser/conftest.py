"""One browser for all tests here, one tutor for those of a file: both take seconds to start."""

import pytest

from bot.local.api.journal import read_journal
from tests.bot.local.described import faults
from tests.browser.hand import Browser
from tests.browser.house import at_work


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    with Browser(tmp_path_factory.mktemp("chromium")) as browser:
        yield browser


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The address of a phone with the tutor on it; its numbers are always the same.

    All that the tutor and the phone's server said to each other is judged at the end.
    """
    folder = tmp_path_factory.mktemp("house")
    with at_work(folder, "run", "--seed", "12", "--journal", "calls.jsonl") as url:
        yield url
    calls = read_journal(folder / "calls.jsonl")
    assert calls
    assert [fault for call in calls for fault in faults(call)] == []
