"""Load and faults in their short form: seconds, and only what holds on any machine."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
pytestmark = [pytest.mark.timeout(200), pytest.mark.xdist_group("load")]


def run(module, *options):
    ran = subprocess.run(
        [sys.executable, "-m", f"tests.load.{module}", *options],
        cwd=HOUSE, capture_output=True, text=True, timeout=190, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.mark.parametrize("options", [(), ("--postgres", "--processes", "2")], ids=len)
def test_telegram_has_to_refuse_no_drop_however_the_machine_stutters(options):
    table = run("ceiling", "--drops", "60", "--paid-drops", "400", "--echoes", "20", *options)
    for limit, drops in (("30/s", "60"), ("1,000/s", "400")):
        row = re.search(limit + r", \d process(?:es)? +(\d+) +[\d.]+ +[\d.]+ +(\d+)", table)
        assert row.groups() == (drops, "0")


def test_a_push_draws_nothing_and_an_opened_drop_shows_its_picture():
    table = run("opening", "--openings", "2", "--every", "1", "--chatting", "1", "--pushes", "30")
    assert re.search(r"the picture +2 +\d+ms", table)
    assert "figures drawn: 0, calls that draw numbers: 0" in table


def test_many_learners_are_claimed_each_once():
    table = run("million", "--learners", "5000", "--due", "500", "--sqlite")
    late = re.search(r"sqlite +5,000 +500 +\d+ms +\d+ms +(\d+)ms", table)
    assert int(late[1]) < 30_000


def test_study_groups_stay_within_what_telegram_counts():
    """The command ends 1 where a limit was met, a letter was left or a net was not through."""
    table = run("study_groups", "--groups", "3", "--people", "5")
    assert re.search(r"^posts in groups +3$", table, re.MULTILINE)
    assert re.search(r"^refused by Telegram \(429\) +0$", table, re.MULTILINE)


@pytest.mark.parametrize(
    "faults", [("closed", "offline", "refused", "poisoned"), ("locked", "full")], ids="-".join
)
def test_a_fault_costs_time_and_nothing_else(faults):
    table = run("faults", "--gone", "1", "--only", *faults)
    rows = [line for line in table.splitlines() if re.match(r".{52} +\d+\.\d  ", line)]
    assert len(rows) == len(faults)
    assert "WRONG" not in table
