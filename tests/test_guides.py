"""No guide names a command that nobody runs: each is run by a test, or it is said why not."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
GUIDES = [*sorted(HOUSE.glob("*/README.md")), HOUSE / "README.md", HOUSE / "bot/local/README.md"]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SHELLS = ("", "sh", "console")
COMMAND = re.compile(
    r"(?:\$ )?((?:[A-Z_]+=\S+ )?(?:dropwise|python3?|docker|git|apt|install|cp|systemctl|journalctl|echo|"
    r"/opt/\S+|deploy/(?:run|test)|\.venv/bin/pytest)(?: .*)?)$"
)
HERE = [  # run by this file, as they stand
    "python -m tests.bench.pencil 20",
    "python -m tests.bench.turns --answers 50",
    "python -m tests.engine.checking.fuzz --seconds 5",
    "dropwise lessons check FOLDER",
    "dropwise trace --network net.json",
    "dropwise stats --json",
]
RUN_BY = {  # where the others are run: a command or its beginning, and the test
    "dropwise check --expect 1/2 0,5": "tests/test_front_door.py",
    "dropwise trace 2-3-1": "tests/test_front_door.py",
    "dropwise counting": "tests/test_front_door.py",
    "dropwise lessons check": "tests/test_front_door.py",
    "dropwise lessons minutes": "tests/test_front_door.py",
    "dropwise --help": "tests/test_front_door.py",
    "dropwise chat": "tests/test_front_door.py",
    "dropwise migrate": "tests/test_front_door.py",
    "dropwise stats --course": "tests/bot/test_teaching.py",
    "dropwise stats": "tests/test_front_door.py",
    "dropwise announce": "tests/bot/days/test_days_seldom.py",
    "dropwise run": "tests/browser/conftest.py",
    "dropwise lessons preview": "tests/browser/test_accessibility.py",
    "dropwise backup": "tests/bot/operating/test_runbook.py",
    "DATABASE_URL=sqlite:///restored.sqlite3 dropwise": "tests/bot/operating/test_runbook.py",
    "dropwise move": "tests/bot/operating/test_runbook.py",
    "python -m bot.local": "tests/bot/local/test_local_readme.py",
    "python -m tests.crash": "tests/crash/test_kills.py",
    "python -m tests.load": "tests/load/test_load.py",
    "python -m tests.bench.diagnosis": "tests/engine/test_diagnosis.py",
    "python tests/bot/tutor/simulated_year.py": "tests/bot/tutor/test_tutor_year.py",
    "echo '{": "tests/engine/test_adding_a_misconception.py",
    ".venv/bin/pytest -q tests/engine/misconceptions": "tests/engine/misconceptions",
}
NOT_RUN = {
    "deploy/": "installs everything; this suite is what it then runs",
    ".venv/bin/pytest tests --rewrite": "would write what it is to judge",
    "python -m tests.pictures": "writes the README's pictures; its steps are those of tests/browser",
    "python -m tests.bench": "minutes, to be read by a person",
    "python tests/bench": "minutes, to be read by a person",
    "git ": "shows a change, or fetches this repository",
    "apt install": "changes the machine",
    "install -m": "changes the machine",
    "cp /opt": "changes the machine",
    "systemctl": "changes the machine; the unit is held against systemd in tests/deploy",
    "journalctl": "reads the machine's log",
    "python3 -m venv /opt": "changes the machine; tests/deploy/test_wheel.py does it elsewhere",
    "/opt/dropwise": "changes the machine; tests/deploy/test_wheel.py does it elsewhere",
    "docker": "needs Docker; the files are held against its rules in tests/deploy",
    "dropwise forget": "erases: its rows are counted in tests/bot/storage",
    "dropwise export": "prints what tests/bot/storage compares",
}


def commands(guide):
    text = guide.read_text("utf-8")
    blocks = [block for language, block in BLOCK.findall(text) if language in SHELLS]
    lines = [line for block in blocks for line in block.splitlines()]
    inline = re.findall(r"`([^`\n]+)`", BLOCK.sub("", text))
    for line in lines + inline:
        if found := COMMAND.match(re.split(r"\s{2,}|\s+# ", line.strip())[0]):
            yield found[1]


EVERY = sorted(
    {command for guide in GUIDES for command in commands(guide)} - {"python", "dropwise"}
)


@pytest.mark.parametrize("command", EVERY)
def test_a_command_is_run_or_it_is_said_why_not(command):
    assert command.startswith((*HERE, *RUN_BY, *NOT_RUN))


def test_nothing_is_listed_that_no_guide_names():
    listed = [*HERE, *RUN_BY, *NOT_RUN]
    assert [one for one in listed if not any(each.startswith(one) for each in EVERY)] == []


def test_the_tests_that_run_them_are_there():
    assert [file for file in RUN_BY.values() if not (HOUSE / file).exists()] == []


NET = '{"layers": [{"weights": [["-2", "3"]], "biases": ["4"]}], "inputs": ["2", "1"]}'


@pytest.mark.parametrize("command", HERE)
def test_it_runs_as_it_stands(command, tmp_path):
    (tmp_path / "net.json").write_text(NET)
    command = command.replace("FOLDER", "tests/lessons/small").replace(
        "net.json", f"{tmp_path}/net.json"
    )
    tools = Path(sys.executable).parent
    ran = subprocess.run(
        command.split(), cwd=HOUSE, capture_output=True, text=True, timeout=110, check=False,
        env={"PATH": f"{tools}:{os.environ['PATH']}", "HOME": str(tmp_path), "PYTHONPATH": str(HOUSE),
             "DATABASE_URL": f"sqlite:///{tmp_path}/d.sqlite3"},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout
