"""The operator's book: its offline commands run as they stand, its tables name what there is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot import metrics
from bot.settings import Settings

BOOK = (Path(__file__).parents[3] / "deploy" / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"<!-- run -->\n```sh\n(.*?)```", BOOK, re.DOTALL)
OWN = "postgresql://dropwise:PASSWORD@127.0.0.1/dropwise"


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split()[1])
def test_a_block_of_the_book_runs(block, tmp_path, sqlite_url, request):
    if OWN in block:
        block = block.replace(OWN, f"'{request.getfixturevalue('empty_postgres_url')}'")
    tools = Path(sys.executable).parent
    ran = subprocess.run(
        ["bash", "-euc", block],
        cwd=tmp_path, capture_output=True, text=True, timeout=110, check=False,
        env={"PATH": f"{tools}:{os.environ['PATH']}", "HOME": str(tmp_path), "DATABASE_URL": sqlite_url},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr


def test_every_setting_is_in_the_book():
    told = set(re.findall(r"`([A-Z][A-Z_]+)`", BOOK.split("## Settings")[1].split("\n## ")[0]))
    assert told == {name.upper() for name in Settings.model_fields}


def test_every_metric_of_the_book_is_counted_and_every_counted_one_is_in_it():
    table = BOOK.split("## Health")[1].split("\n## ")[0]
    firsts = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    told = {name for first in firsts for name in re.findall(r"`([a-z_]+)", first)}
    page = metrics.written()[0].decode()
    counted = set(
        re.findall(r"^# TYPE dropwise_(\w+) (?:counter|gauge|histogram)$", page, re.MULTILINE)
    )
    counted = {name for name in counted if not name.endswith("_created")}
    assert told == counted - {"turns_total", "arrivals_total"}


def test_the_commands_that_measure_are_there():
    house = Path(__file__).parents[3]
    for module in re.findall(r"python -m (tests\.\w+(?:\.\w+)?)", BOOK):
        path = house / module.replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module
    for script in re.findall(r"`(?:python )?(tests/bench/\w+\.py)", BOOK):
        assert (house / script).exists(), script
