"""One thread for the models, as in the trainer's process: many of them stall on a busy machine."""

import pytest


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    import sklearn.ensemble  # noqa: F401 - only libraries that are loaded can be limited
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        yield
