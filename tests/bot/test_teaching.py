"""A teacher sees where learners slip, exercise by exercise, and nobody's name."""

import os
import re
import subprocess
import sys
from pathlib import Path

DROPWISE = Path(sys.executable).with_name("dropwise")
LINES = "/start\n-3\n6\n9\n7\n"  # right; a forgotten bias, forgotten weights, right


def dropwise(*arguments, database, typed=""):
    return subprocess.run(
        [DROPWISE, *arguments],
        input=typed,
        capture_output=True,
        text=True,
        timeout=100,
        check=True,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{database}", "COLUMNS": "120"},
    ).stdout


def test_slips_are_counted_by_exercise_in_the_order_of_the_course(tmp_path):
    database = tmp_path / "d.sqlite3"
    dropwise(
        "chat", "--seed", "12", "--name", "Zoe", "--db", database, typed=LINES, database=database
    )
    told = dropwise("stats", "--course", database=database)
    rows = [re.split(r"\s{2,}", line.strip()) for line in told.splitlines()[1:]]
    assert rows == [
        ["1", "first-sum", "1", "100%"],
        ["1", "own-z", "3", "33%", "forgot-bias 1, forgot-weights 1"],
    ]
    assert "Zoe" not in told


def test_nobody_has_answered_yet(tmp_path):
    told = dropwise("stats", "--course", database=tmp_path / "d.sqlite3")
    assert told == "Nobody has answered anything yet.\n"
