"""The front door tells the truth: its conversation is the real one, its commands run."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
README = HOUSE / "README.md"
DROPWISE = Path(sys.executable).with_name("dropwise")
CONVERSATION = re.compile(r"(?<=<!-- conversation -->\n```\n).*?(?=```)", re.DOTALL)
LINES = "/start\n-3\n6\n7\n"
SERVING = {"dropwise run", "dropwise lessons preview"}
# They are used above, serve, or ask before they do it.
LEFT_OUT = {*SERVING, "dropwise chat", "dropwise --help", 'dropwise announce "…"'}

pytestmark = pytest.mark.xdist_group("front-door")


def dropwise(*arguments, typed="", database=""):
    return subprocess.run(
        [DROPWISE, *arguments],
        input=typed,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        cwd=HOUSE,
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": database or "/tmp",
            "DATABASE_URL": f"sqlite:///{database}/d.sqlite3",
        },
    )


def test_the_conversation_is_the_real_one(request):
    said = dropwise("chat", "--seed", "12", typed=LINES)
    assert said.returncode == 0, said.stderr
    text = README.read_text(encoding="utf-8")
    if request.config.getoption("--rewrite"):
        README.write_text(CONVERSATION.sub(lambda _: said.stdout, text, count=1), encoding="utf-8")
    else:
        assert CONVERSATION.search(text)[0] == said.stdout


COMMANDS = sorted(
    set(re.findall(r"^\| `(dropwise [^`]+)`", README.read_text("utf-8"), re.MULTILINE))
)


@pytest.mark.parametrize("command", [c for c in COMMANDS if c not in LEFT_OUT])
def test_a_command_of_the_table_runs(command, tmp_path):
    ran = dropwise(*command.split()[1:], database=str(tmp_path))
    assert ran.returncode == 0, ran.stderr


def test_every_command_helps_with_an_example():
    rooms = {"lessons"}
    inside = [(room, name) for room in rooms for name in commands(room)]
    for names in [*((name,) for name in commands() - rooms), *inside]:
        assert "Example: " in dropwise(*names, "--help").stdout, names


def commands(*room):
    return set(re.findall(r"^│ (\w+) ", dropwise(*room, "--help").stdout, re.MULTILINE))


def test_the_pictures_are_there_and_light_and_told_in_words():
    pictures = re.findall(
        r'<img src="([^"]+)" width="\d+" alt="([^"]+)">', README.read_text("utf-8")
    )
    assert len(pictures) >= 2
    for file, words in pictures:
        assert (HOUSE / file).stat().st_size <= 250_000
        assert len(words.split()) > 10
