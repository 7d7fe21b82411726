"""One browser for all tests here, one tutor for those of a file: both take seconds to start."""

import pytest

from tests.browser.hand import Browser
from tests.browser.house import at_work


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    with Browser(tmp_path_factory.mktemp("chromium")) as browser:
        yield browser


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The address of a phone with the tutor on it; its numbers are always the same."""
    with at_work(tmp_path_factory.mktemp("house"), "run", "--seed", "12") as url:
        yield url
