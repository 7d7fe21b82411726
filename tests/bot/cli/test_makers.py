"""Attachments are made in a process of their own, which may die and is replaced."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.cli.makers import Makers
from bot.storage import Storage


@pytest.fixture
def makers(tmp_path):
    storage = Storage(f"sqlite:///{tmp_path}/d.sqlite3")
    storage.migrate()
    made = Makers(storage)
    yield made
    made.close()
    storage.close()


def test_an_artist_who_died_is_replaced(makers):
    draw = makers.recipes()["sheet"]
    first = draw({"blank": "yes"})
    for process in makers._artist._processes.values():
        os.kill(process.pid, signal.SIGKILL)
    assert draw({"blank": "yes"}).filename == first.filename


def test_a_sheet_to_print_is_a_page(makers):
    made = makers.recipes()["sheet"]({"blank": "yes"})
    assert made.content.startswith(b"%PDF")
    assert made.kind == "document"


def test_pictures_of_the_same_values_have_one_key(makers):
    key = makers.keys()["figure"]
    assert key({"figure": "bill", "a": "1"}) == key({"a": "1", "figure": "bill"})
    assert key({"figure": "bill", "a": "1"}) != key({"figure": "bill", "a": "2"})


def test_a_stranger_exports_nothing(makers):
    assert json.loads(makers.recipes()["export"]({"user": "7"}).content) is None


def test_an_artist_hears_no_signal_that_is_meant_for_the_tutor(makers):
    draw = makers.recipes()["sheet"]
    draw({"blank": "yes"})
    (artist,) = makers._artist._processes
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(artist, number)
    draw({"blank": "yes"})
    assert list(makers._artist._processes) == [artist]


def test_an_artist_does_not_outlive_a_tutor_who_is_killed(tmp_path):
    tutor = subprocess.Popen(
        [sys.executable, "-c", TUTOR, f"sqlite:///{tmp_path}/d.sqlite3"],
        cwd=Path(__file__).parents[3], stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with tutor:
        artist = Path("/proc", tutor.stdout.readline().strip())
        assert artist.exists()
        tutor.kill()
    ends = time.monotonic() + 60
    while artist.exists() and time.monotonic() < ends:
        time.sleep(0.02)
    assert not artist.exists()


TUTOR = """
import sys, time
from bot.cli.makers import Makers
from bot.storage import Storage
if __name__ == "__main__":
    storage = Storage(sys.argv[1])
    storage.migrate()
    makers = Makers(storage)
    makers.recipes()["sheet"]({"blank": "yes"})
    print(*makers._artist._processes, flush=True)
    time.sleep(600)
"""
