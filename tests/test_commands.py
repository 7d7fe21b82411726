"""The guide to the tests names every command, and none that is not there."""

import re
from pathlib import Path

TESTS = Path(__file__).parent
RUN = re.compile(r"`python (?:-m (tests[\w.]*)|(tests/[\w/]+)\.py)")
README = (TESTS / "README.md").read_text("utf-8")
NAMED = {module or file.replace("/", ".") for module, file in RUN.findall(README)}
OF_OTHERS = {
    "tests.crash.clocked",
    "tests.bot.cli.test_makers",
    "tests.engine.checking.hostile",
    "tests.load.echo",
    "tests.load.posting",
    "tests.load.telegram",
}  # started by other commands


def test_every_command_is_named():
    commands = {
        ".".join(("tests", *file.relative_to(TESTS).with_suffix("").parts)).removesuffix(
            ".__main__"
        )
        for file in TESTS.rglob("*.py")
        if re.search(r'^if __name__ == "__main__"', file.read_text("utf-8"), re.MULTILINE)
    }
    assert commands - OF_OTHERS == NAMED


def test_every_room_is_named():
    rooms = {f.name for f in TESTS.iterdir() if f.is_dir() and not f.name.startswith("__")}
    assert {room for room in rooms if f"`{room}/`" not in README} == set()
