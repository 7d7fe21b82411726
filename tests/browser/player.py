"""Somebody who plays any drop of the path on the page, all right or with named slips."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import sqlalchemy as sa
from selenium.webdriver.common.keys import Keys

from bot.storage import Storage, packing, tables
from bot.tutor.events import Person, UserId
from bot.tutor.learner import Resting, Rhythm
from bot.tutor.respond import meet
from bot.tutor.rhythm.pacing import next_time
from engine.question import Question
from lessons.course import Choice, Design, Order, Training
from lessons.drawing.exercise import restore
from lessons.drawing.keyboard import typed
from lessons.loader.loading import load_all
from tests.browser.pupil import Pupil

COURSES = load_all()
PATH = COURSES["en"].paths["neural-network-fundamentals"]
FIRST = 1001  # the number of the first person who comes in by the page
ZONE = "Europe/Madrid"
TUMOURS = 0  # the place of a table among the studio's buttons
DESIGN = "30-16-1 relu, sigmoid out, bce, es"
NOT_WRONG = ("right", "better", "worse")  # the last two are what a learner expects of a net
TRAINING = 110  # seconds
TRIES = 3
MEET = """const [name, language, done] = arguments;
const headers = { "Content-Type": "application/json" };
fetch("/page/act/meet", { method: "POST", headers, body: JSON.stringify({ name, language }) })
  .then((answer) => answer.json()).then((answer) => done(answer.done))"""
LATEST = """const last = [...document.querySelectorAll(".log .buttons")].at(-1);
last.querySelectorAll("button")[arguments[0]].click()"""


def arrive_at(folder, drops, seed, language="en"):
    """Rows of people who have done all that comes before these drops: one person a drop.

    Before the house is opened; they come in by `visit`, in this order.
    """
    folder = folder / "dropwise" / "phone"
    folder.mkdir(parents=True)
    storage = Storage(f"sqlite:///{folder / 'phone.sqlite3'}")
    storage.migrate()
    rows = [_row(number, drop, seed, language) for number, drop in enumerate(drops, FIRST)]
    storage.call(lambda connection: connection.execute(sa.insert(tables.learner), rows))
    storage.close()


def _row(number, drop, seed, language):
    person = Person(UserId(number), "Ana", language)
    stranger = replace(meet(COURSES["en"], person), seed=seed)
    learner = _far(stranger, drop) if drop > 1 else stranger
    return packing.pack_learner(learner) | {"chat": number, "met_at": datetime.now(UTC)}


def _far(learner, drop):
    now, rhythm = datetime.now(UTC), Rhythm(ZONE, "18:30")
    finished = tuple(lesson.key for lesson in PATH.lessons[: drop - 1])
    due = next_time(rhythm, now, now.date())
    when = {"rhythm": rhythm, "zone": ZONE, "next_drop": due, "active": now}
    return replace(learner, stage=Resting(finished[-1]), finished=finished, **when)


def visit(browser, language="en"):
    """The next person, whose chat alone is open; the drop begins."""
    number = browser.driver.execute_async_script(MEET, "Ana", language)
    browser.run("localStorage.open = JSON.stringify([[arguments[0], arguments[0]]])", number)
    browser.driver.refresh()
    browser.press(".begin")
    return Player(browser, number, language)


class Player(Pupil):
    """Knows every kind of exercise, and its words in any language."""

    def __init__(self, browser, chat, language="en"):
        super().__init__(browser, chat)
        self.path = COURSES[language].paths[PATH.key]

    def play(self, slips=0, start=0):
        """The whole drop, each core exercise after so many slips, the first of them at `start`."""
        exercise, erred = None, set()
        while exercise := self.following(exercise):
            drawn, (key, role, _) = self.drawn(), exercise
            if role == "core" and key not in erred:
                erred.add(key)
                for slug in self.slips(drawn, slips, start):
                    self.err(drawn, slug)
            if self.exercise() == exercise:  # after the third slip there are other numbers
                self.answer(drawn)
        self.catch_up()

    def slips(self, drawn, count, start=0):
        """Some of the wrong answers that are known here and have words of their own."""
        match drawn.asked:
            case Question(slips=slips) | Order(slips=slips):
                known = [slug for slug in slips if slug in drawn.feedback]
            case Choice(options):
                known = [one.key for one in options if one.key not in NOT_WRONG]
            case _:
                known = []
        return [known[(start + i) % len(known)] for i in range(min(count, len(known)))]

    def drawn(self):
        """The open exercise, once the page shows it."""
        self.catch_up()
        stage, known = self.known()["learner"]["stage"], self.known()["exercise"]
        return restore(self.path.lesson(stage["lesson"]), stage["exercise"], known["values"])

    def catch_up(self):
        self.until(self._shows_all, "the rest of what is said")

    def _shows_all(self):
        known = self.known()
        if not known["learner"] or known["letters waiting"]:
            return False
        said = [one for one in self.browser.fetched("/page/state")["messages"] if self._own(one)]
        shown = self.browser.run("return document.querySelectorAll('.log .message').length")
        return shown == len(said) > 1

    def _own(self, message):
        return message["chat"] == self.chat and not message["service"]

    def answer(self, drawn):
        match drawn.asked:
            case Question():
                self.say(typed(drawn.asked))
            case Order(right=right):
                self.say(_places(drawn.asked, right[0]))
            case Choice():
                self.choose(drawn.asked, "right")
            case Design():
                self.design()
            case Training():
                self.train()

    def err(self, drawn, slug):
        """Makes this slip, and sees it named."""
        match drawn.asked:
            case Question(slips=slips):
                self.say(typed(drawn.asked, slips[slug]))
            case Order(slips=slips):
                self.say(_places(drawn.asked, slips[slug][0]))
            case Choice():
                self.choose(drawn.asked, slug)
        self.seen(plain(drawn.feedback[slug]))
        self.catch_up()

    def say(self, text):
        """Lines of a matrix are typed as lines."""
        field = self.browser.until(".composer textarea")
        field.send_keys((Keys.SHIFT + Keys.ENTER + Keys.SHIFT).join(text.split("\n")), Keys.ENTER)

    def choose(self, asked, key):
        self.tap_place([one.key for one in asked.options].index(key))

    def tap_place(self, place):
        """A button of the latest message that has any: options come first, in their order."""
        self.browser.run(LATEST, place)

    def design(self):
        if not self._studio("table"):
            self.tap_place(TUMOURS)
            self.until(lambda: self._studio("table"), "a table")
            self.catch_up()
        self.say(DESIGN)

    def train(self):
        """Again where a busy machine took longer than the studio allows."""
        before = self.exercise()[0]
        for _ in range(TRIES):
            self.catch_up()
            self.tap_place(0)
            self.until(lambda: self._studio("run"), "a training")
            self._wait_for_training()
            if self.exercise()[0] != before:
                return

    def _wait_for_training(self):
        end = time.monotonic() + TRAINING
        while self._studio("run"):
            assert time.monotonic() < end, "the training never ended"
            time.sleep(0.1)

    def _studio(self, what):
        return self.known()["learner"]["studio"][what]


def _places(asked, order):
    return " ".join(str([tile.key for tile in asked.tiles].index(key) + 1) for key in order)


def plain(html):
    """As it is read on the page."""
    return unescape(re.sub(r"<[^>]+>", "", html))
