"""Days with the tutor, as golden files that an author can read: rewritten by `--rewrite`."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tutor_chat import Chat
from tutor_course import SMALL

from bot.tutor.events import DropDue, Person, TaskDone, TaskGoesOn, UserId
from bot.tutor.learner import Resting, Rhythm
from bot.tutor.rhythm.pacing import next_time
from lessons.loader.loading import load_all

FOLDER = Path(__file__).parents[2] / "conversations"
FILES = sorted(set(FOLDER.rglob("*.txt")) - set((FOLDER / "groups").rglob("*")))
COURSES = load_all()
MEANT = re.compile(r"^(.*?)\s*\{([\w-]+)\}$")
TRIAL = json.loads((Path(__file__).parent / "tumours-trial.json").read_text(encoding="utf-8"))
ASIDE = re.compile(r"^\(([\w ]+?)(?: ([\d. -]+))?\)\s*(.*)$")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_conversation_goes_as_it_is_written(file, rewrite):
    written = file.read_text(encoding="utf-8")
    said = replay(written.splitlines())
    if rewrite:
        file.write_text(said, encoding="utf-8")
    assert said == file.read_text(encoding="utf-8")


def replay(lines):
    """The same lines, with what the tutor says today between them."""
    head = [line for line in lines if line.startswith("#")]
    [who] = [line for line in lines if line.startswith("who: ")]
    chat = met(who)
    out = [*head, who]
    for line in lines:
        if line.startswith("@ "):
            moved(chat, line[2:])
            out += [*flushed(chat), "", line]
        elif line.startswith("> "):
            meant = done(chat, line[2:])
            out += ["", f"> {meant}", *flushed(chat)]
    return "\n".join(out) + "\n"


def flushed(chat):
    lines = [line for told in chat.told for line in told.split("\n") if line]
    chat.told.clear()
    return lines


def met(who):
    """`who: Ana, de, 7` or with a small course: `who: Ana, de, 7, small`."""
    name, language, number, *small = who.removeprefix("who: ").split(", ")
    told_in = {} if small else COURSES
    course = SMALL if small else told_in.get(language[:2], told_in["en"])
    return Chat(course, Person(UserId(int(number)), name, language))


def moved(chat, moment):
    zone = chat.learner.rhythm.zone if chat.learner.rhythm else "Europe/Berlin"
    chat.until(datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC))


def done(chat, line):
    """What the learner did, as it should stand in the file."""
    if meant := MEANT.match(line):
        typed = chat.answer(meant[2]).replace("-", "−")
        chat.do(typed)
        return f"{typed}  {{{meant[2]}}}"
    if aside := ASIDE.match(line):
        ASIDES[aside[1]](chat, aside[2] or "", aside[3])
        return line
    chat.do(line)
    return line


def finished(chat, _number, _text):
    chat.finish_drop()
    chat.told[:] = chat.told[-2:]


def at_drop(chat, number, _text):
    """The drops before this one are done, and today's is opened."""
    done = tuple(lesson.key for lesson in chat.scene.path.lessons[: int(number) - 1])
    rhythm = Rhythm("Europe/Berlin", "18:30")
    chat.learner = replace(
        chat.learner,
        stage=Resting(done[-1]),
        finished=done,
        rhythm=rhythm,
        zone=rhythm.zone,
        next_drop=next_time(rhythm, chat.now, chat.now.date()),
    )
    chat.type("/today")


def in_training(chat, fold, _text):
    """The worker tells how far it is."""
    told = {
        "run": awaited(chat),
        "fold": int(fold),
        "epoch": 12,
        "losses": TRIAL["validation"][:20],
    }
    chat.event(TaskGoesOn("train", json.dumps(told)))


def trained(chat, _number, _text):
    """The worker is done: what `30-16-1 relu, bce, es` gave on the tumours."""
    chat.event(TaskDone("train", json.dumps({"run": awaited(chat), **TRIAL})))


def awaited(chat):
    return chat.learner.studio.proving or chat.learner.studio.run


ASIDES = {
    "in training": in_training,
    "trained": trained,
    "at drop": at_drop,
    "edit": lambda chat, number, text: chat.edit(text, int(number or 1)),
    "again": lambda chat, _number, text: chat.repeat(text),
    "old": lambda chat, _number, text: chat.tap_old(text.strip("[]")),
    "place": lambda chat, number, _text: chat.share(*map(float, number.split())),
    "tick": lambda chat, _number, _text: chat.event(DropDue(chat.learner.last_drop)),
    "photo": lambda chat, _number, _text: chat.send("photo"),
    "voice": lambda chat, _number, _text: chat.send("voice"),
    "sticker": lambda chat, _number, _text: chat.send("sticker"),
    "all right": finished,
}
