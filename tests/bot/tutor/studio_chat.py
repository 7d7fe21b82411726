"""A learner in the design studio: at the bench, through the defence, before a training."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

from tutor_chat import Chat, readable

from bot.tutor.drop.walking import start
from bot.tutor.events import Person, Tapped, TaskDone, TaskGoesOn, UserId
from lessons.loader.loading import load_all

PATH, LESSON = "neural-network-fundamentals", "tabular-design"
DESIGN = "30-16-1 relu, sigmoid out, bce, es"
TRIAL = json.loads((Path(__file__).parent / "tumours-trial.json").read_text(encoding="utf-8"))


@cache
def of_the_studio(language):
    told_in = load_all()
    return told_in.get(language, told_in["en"])


def at_the_bench(language="en", user=7):
    """The last drop, where the design is asked for."""
    course = of_the_studio(language)
    chat = Chat(course, Person(UserId(user), "Ana", language))
    chat.start()
    lesson = course.paths[PATH].lesson(LESSON)
    before = tuple(one.key for one in course.paths[PATH].lessons if one.key != lesson.key)
    chat.learner = replace(start(chat.scene, lesson, "design").learner, finished=before)
    chat.type("/today")
    return chat


def before_training(language="en", user=7):
    """A design was defended without a slip; the training is next."""
    chat = at_the_bench(language, user)
    chat.type(DESIGN)
    while chat.learner.stage.exercise != "training":
        chat.solve()
    return chat


def visiting(language="en", user=7):
    """The path is done."""
    chat = before_training(language, user)
    chat.tap("Leave it for now")
    assert chat.open is None
    return chat


def planted():
    """The faults that are planted for the reader of designs."""
    sys.path.insert(0, str(Path(__file__).parents[2] / "lessons" / "design"))
    from test_architecture import PLANTED

    return PLANTED


def tap(chat, what):
    """The newest button whose tap has this in it."""
    for message in sorted(chat.shown, reverse=True):
        for row in chat.shown[message].buttons:
            for button in row:
                if what in button.tap:
                    return chat.event(Tapped(button.tap, message))
    raise LookupError(what)


def trained(chat, run=None, **changes):
    run = run or chat.learner.studio.run
    return chat.event(TaskDone("train", json.dumps({"run": run, **TRIAL, **changes})))


def goes_on(chat, run, fold=2):
    told = {"run": run, "fold": fold, "epoch": 9, "losses": [0.6, 0.4, 0.3]}
    return chat.event(TaskGoesOn("train", json.dumps(told)))


def read(say):
    return readable(say)
