"""What all tests share: the option that rewrites golden files, to be judged in the diff."""

from __future__ import annotations

import pytest


def pytest_addoption(parser):
    parser.addoption(
        "--rewrite", action="store_true", help="write what was said into the golden conversations"
    )


@pytest.fixture
def rewrite(request):
    return request.config.getoption("--rewrite")
