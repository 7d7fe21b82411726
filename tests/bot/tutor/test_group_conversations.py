"""Groups at work, as golden files that an author can read: rewritten by `--rewrite`."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from circle import SEAT_NAMES, Circle
from street import Street

from lessons.loader.loading import load

FOLDER = Path(__file__).parents[2] / "conversations" / "groups"
FILES = sorted(FOLDER.glob("*.txt"))
KILLED = FOLDER / "killed" / "a-net-of-five.txt"
LINE = re.compile(
    r"^> (?P<who>\w+)(?P<place> in the group)?: (?P<what>.*?)(?:  \{(?P<meant>[\w-]+)\})?$"
)
DOING = re.compile(r"^> \((?P<what>[\w ]+)(?:: (?P<more>[\w-]+))?\)$")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_a_group_goes_as_it_is_written(file, rewrite, tmp_path):
    written = file.read_text(encoding="utf-8")
    said = await replay(Circle, written.splitlines(), f"sqlite:///{tmp_path}/dropwise.db")
    if rewrite:
        file.write_text(said, encoding="utf-8")
    assert said == file.read_text(encoding="utf-8")


@pytest.mark.timeout(300)  # three starts of the tutor on a busy machine
async def test_a_group_goes_on_when_the_tutors_process_is_killed(rewrite, tmp_path):
    """SIGKILL to a process, a Bot API server between it and the phones."""
    written = KILLED.read_text(encoding="utf-8")
    said = await replay(Street, written.splitlines(), f"sqlite:///{tmp_path}/dropwise.db")
    if rewrite:
        KILLED.write_text(said, encoding="utf-8")
    assert said == KILLED.read_text(encoding="utf-8")


async def replay(kind, lines, url):
    """The same lines, with what is said today between them."""
    out = [line for line in lines if line.startswith("#")]
    [head] = [line for line in lines if line.startswith("group: ")]
    count, seed = map(int, re.findall(r"\d+", head))
    async with kind(load(), count, url, seed=seed) as circle:
        out.append(head)
        for line in lines:
            if line.startswith("@ "):
                moment = datetime.fromisoformat(line[2:]).replace(tzinfo=UTC)
                await circle.until(moment)
                out += [*flushed(circle), "", line]
            elif line.startswith("> "):
                out += ["", await done(circle, line), *flushed(circle)]
    return "\n".join(out) + "\n"


def flushed(circle):
    lines = [line for told in circle.told for line in told.split("\n") if line.strip()]
    circle.told.clear()
    return [line.rstrip() for line in lines]


async def done(circle, line):
    """What was done, as it should stand in the file."""
    if aside := DOING.match(line):
        await ASIDES[aside["what"]](circle, aside["more"] or "")
        return line
    said = LINE.match(line)
    who, what = said["who"], said["what"]
    name = await circle.at(who) if who in SEAT_NAMES else who
    if said["place"]:
        if what.startswith("["):
            await circle.tap_in_group(name, what[1:-1])
        elif what.startswith("/"):
            await circle.in_group(name, "command", what[1:])
        else:
            await circle.in_group(name, "reply", what)
        return line
    if said["meant"]:
        what = (await circle.answer(name, said["meant"])).replace("-", "−")
    await circle.private(name, what)
    return f"> {who}: {what}" + (f"  {{{said['meant']}}}" if said["meant"] else "")


async def gone(circle, name):
    """They leave the group, and Telegram says so."""
    circle.standings[circle.people[name].user] = "left"
    await circle.in_group(name, "left")


ASIDES = {
    "the bot is added": lambda circle, _: circle.add_bot(),
    "the bot is removed": lambda circle, _: circle.in_group("Ana", "removed"),
    "everyone comes": lambda circle, _: circle.everyone_comes(),
    "days so far": lambda circle, number: circle.skip_to(int(number)),
    "becomes a supergroup": lambda circle, _: circle.migrate(),
    "kill": lambda circle, _: circle.kill(),
    "kill when the card changes": lambda circle, _: circle.kill_at_the_next_card(),
    "begins again": lambda circle, _: circle.begin(),
    "leaves": gone,
    "all work": lambda circle, _: circle.work_it_out(),
}
