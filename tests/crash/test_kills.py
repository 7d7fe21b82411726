"""The kill loop in its short form; the long one is `python -m tests.crash --kills 300`."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.timeout(400)
ROOT = Path(__file__).parents[2]


def test_killed_at_random_moments_the_tutor_loses_nothing():
    loop = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.crash",
            "--kills",
            "6",
            "--learners",
            "8",
            "--in-flight",
            "8",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=380,
        check=False,
    )
    print(loop.stdout)
    assert loop.returncode == 0, loop.stdout + loop.stderr
    figures = dict(re.findall(r"^(\S.*?) {2,}(\d+)", loop.stdout, re.MULTILINE))
    assert figures["kills"] == "6"
    assert int(figures["updates"]) >= 10
    assert int(figures["messages on the screens"]) >= 30
