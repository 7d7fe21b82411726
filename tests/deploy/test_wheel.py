"""The image's steps in a clean folder: what is installed is whole, and works without the checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from zipfile import ZipFile

import pytest

HOUSE = Path(__file__).parents[2]
DOCKERFILE = (HOUSE / "deploy" / "Dockerfile").read_text()
ROOMS = ("bot", "engine", "lessons")

pytestmark = [pytest.mark.timeout(400), pytest.mark.xdist_group("wheel")]


def tracked(*folders):
    listed = subprocess.run(
        ["git", "ls-files", *folders], cwd=HOUSE, capture_output=True, text=True, check=True
    )
    return [line for line in listed.stdout.splitlines() if (HOUSE / line).is_file()]


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """What the first stage of the image copies, and nothing else."""
    folder = tmp_path_factory.mktemp("source")
    first_stage = DOCKERFILE.split("\nFROM ")[1]
    for line in re.findall(r"^COPY (.+)$", first_stage, re.MULTILINE):
        for name in line.split()[:-1]:
            for file in tracked(name):
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(HOUSE / file, folder / file)
    return folder


@pytest.fixture(scope="module")
def wheel(source):
    command = ("from setuptools import setup; setup()", "--quiet", "bdist_wheel")
    built = subprocess.run(
        [sys.executable, "-c", *command], cwd=source, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    (made,) = (source / "dist").iterdir()
    return ZipFile(made)


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """What an installation copies into site-packages."""
    folder = tmp_path_factory.mktemp("site-packages")
    wheel.extractall(folder)
    return folder


def test_the_wheel_holds_every_file_of_the_rooms_and_nothing_else(wheel):
    held = {file for file in wheel.namelist() if ".dist-info/" not in file}
    guides = {file for file in tracked(*ROOMS) if file.endswith("README.md")}
    assert held == set(tracked(*ROOMS)) - guides


@pytest.mark.parametrize(
    "kind",
    ["wording/de.toml", "content/*/*.toml", "page/*.html", "versions/0001*.py", "evidence/*.txt"],
)
def test_the_wheel_holds_what_is_no_code(wheel, kind):
    assert [file for file in wheel.namelist() if fnmatch(file, f"*/{kind}")]


def test_the_wheel_brings_the_command(wheel):
    (entries,) = (file for file in wheel.namelist() if file.endswith("entry_points.txt"))
    assert "dropwise = bot.cli:main" in wheel.read(entries).decode()


@pytest.mark.parametrize(
    "command",
    [
        ("check", "--expect", "1/2", "0,5"),
        ("lessons", "check", "--seeds", "2"),
        ("trace", "2-3-1", "--seed", "7", "--json"),
        ("migrate",),
    ],
    ids=lambda command: command[0],
)
def test_what_was_installed_works_away_from_the_checkout(installed, tmp_path, command):
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "PYTHONPATH": str(installed),
        "MPLCONFIGDIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/d.sqlite3",
    }
    where = "import sys, bot; sys.argv[0] = 'dropwise'; print(bot.__file__, file=sys.stderr)"
    ran = subprocess.run(
        [sys.executable, "-c", f"{where}; from bot.cli import main; main()", *command],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=380,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2000:] + ran.stdout[-2000:]
    assert str(installed) in ran.stderr


def test_a_chat_runs_away_from_the_checkout(installed, tmp_path):
    ran = subprocess.run(
        [sys.executable, "-m", "bot", "chat", "--seed", "12"],
        cwd=tmp_path, env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(installed)},
        input="/start\n-3\n", capture_output=True, text=True, check=False, timeout=110,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "pizza kitchen" in ran.stdout
