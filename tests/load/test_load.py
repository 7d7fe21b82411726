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


def test_drops_leave_at_telegrams_rate_and_not_above_it():
    table = run("ceiling", "--drops", "60", "--paid-drops", "0", "--echoes", "20")
    drops, rate, refused = re.search(r"30/s +(\d+) +([\d.]+) +(\d+)", table).groups()
    assert int(drops) == 60
    assert 5 < float(rate) <= 30
    assert int(refused) <= 5  # where the machine stutters; none where it does not


def test_many_learners_are_claimed_each_once():
    table = run("million", "--learners", "5000", "--due", "500", "--sqlite")
    late = re.search(r"sqlite +5,000 +500 +\d+ms +\d+ms +(\d+)ms", table)
    assert int(late[1]) < 30_000


@pytest.mark.parametrize(
    "faults", [("closed", "offline", "refused", "poisoned"), ("locked", "full")], ids="-".join
)
def test_a_fault_costs_time_and_nothing_else(faults):
    table = run("faults", "--gone", "1", "--only", *faults)
    rows = [line for line in table.splitlines() if re.match(r".{52} +\d+\.\d  ", line)]
    assert len(rows) == len(faults)
    assert "WRONG" not in table
