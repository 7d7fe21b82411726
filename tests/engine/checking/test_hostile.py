"""Whatever is typed: no code of the learner's runs, and judging stays small and quick."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def test_hostile_answers_stay_within_50_ms_and_64_mb(tmp_path):
    run = subprocess.run(
        [sys.executable, HERE / "hostile.py"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(HERE.parents[2])},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert not list(tmp_path.iterdir()), "something that was typed ran as code"


def test_there_are_enough_hostile_answers():
    assert len((HERE / "hostile.txt").read_text(encoding="utf-8").splitlines()) >= 64


def test_a_plain_number_is_judged_without_sympy():
    code = (
        "import sys\n"
        "from engine.checking import Question, check\n"
        "assert check(Question('(1, 0, 2)'), '1 0 2').family == 'right'\n"
        "assert check(Question('1/2', places=2), '0,5').family == 'right'\n"
        "assert 'sympy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=HERE.parents[2], timeout=60)
