"""Attachments are made in a process of their own, which may die and is replaced."""

import json
import os
import signal

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
