"""A learner and the tutor in one room with a clock that the test moves: the shell, without I/O."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

from bot.storage.packing import pack_learner, unpack_learner
from bot.tutor.events import (
    Answered,
    Commanded,
    DropDue,
    Located,
    Person,
    Sent,
    Started,
    Tapped,
    Typed,
    UserId,
)
from bot.tutor.learner import Answering
from bot.tutor.respond import meet, respond, to_judge
from bot.tutor.rhythm.pacing import knock
from bot.tutor.scene import Scene
from bot.tutor.turn import React, Say, Toast, Unbutton
from engine import check
from engine.question import Question
from lessons.course import Choice, Design, Training
from lessons.drawing.keyboard import typed

START = datetime(2024, 3, 1, 7, 0, tzinfo=UTC)


@dataclass
class Chat:
    course: object
    person: Person = field(default_factory=lambda: Person(UserId(7), "Ana", "en-DE"))
    now: datetime = START
    learner: object = None
    told: list = field(default_factory=list)  # what the learner reads, line by line
    says: list = field(default_factory=list)  # of the latest turn
    turns: list = field(default_factory=list)
    shown: dict = field(default_factory=dict)  # message -> Say, of the bot's messages
    slots: dict = field(default_factory=dict)
    ever: list = field(default_factory=list)  # every button there was, and its message
    messages: int = 0
    mine: list = field(default_factory=list)  # ids of the learner's own messages

    def __post_init__(self):
        self.learner = self.learner or meet(self.course, self.person)

    # the shell

    def event(self, event):
        answered = self.judge(event)
        turn = respond(self.course, self.learner, answered, self.now)
        self.turns.append(turn)
        self.learner = turn.learner and kept(turn.learner)
        assert self.learner == turn.learner  # what is kept comes back as it was
        self.says = list(turn.says)
        for said in turn.says:
            self.show(said)
        if turn.learner is None:
            self.learner = meet(self.course, self.person)
        return turn

    def judge(self, event):
        wanted = to_judge(self.course, self.learner, event)
        if wanted is None:
            return event
        verdict = check(wanted.question, wanted.text)
        return Answered(wanted.key, wanted.text, verdict, event.message, event.edited)

    def show(self, said):
        match said:
            case Say():
                self._say(said)
            case Toast(text) if text:
                self.told.append(f"({text})")
            case React(_, emoji):
                self.told.append(emoji)
            case Unbutton(message) if message in self.shown:
                self.shown[message] = replace(self.shown[message], buttons=())

    def _say(self, said):
        old = self.slots.get(said.slot) if said.slot else None
        if old:
            self.shown[old] = said
            self.told.append(f"(edited) {readable(said)}")
            return
        self.messages += 1
        self.shown[self.messages] = said
        self.ever += [(b, self.messages) for row in said.buttons for b in row]
        if said.slot:
            self.slots[said.slot] = self.messages
        self.told.append(readable(said))

    # what the learner does

    def start(self, payload=""):
        return self.event(Started(payload))

    def type(self, text):
        if text.startswith("/"):
            command, _, rest = text[1:].partition(" ")
            return self.start(rest) if command == "start" else self.event(Commanded(command, rest))
        self.messages += 1
        self.mine.append(self.messages)
        return self.event(Typed(text, self.messages))

    def edit(self, text, back=1):
        return self.event(Typed(text, self.mine[-back], edited=True))

    def repeat(self, text):
        """Telegram tells the latest message a second time."""
        return self.event(Typed(text, self.mine[-1]))

    def tap(self, label):
        for message in sorted(self.shown, reverse=True):
            for row in self.shown[message].buttons:
                for button in row:
                    if button.label == label:
                        return self.event(Tapped(button.tap, message))
        raise LookupError(f"no button {label!r}; there are {self.labels()}")

    def tap_old(self, label):
        """The first button that ever bore this label."""
        button, message = next(pair for pair in self.ever if pair[0].label == label)
        return self.event(Tapped(button.tap, message))

    def labels(self):
        return [b.label for say in self.shown.values() for row in say.buttons for b in row]

    def send(self, kind):
        return self.event(Sent(kind))

    def share(self, latitude, longitude):
        return self.event(Located(latitude, longitude))

    # the clock

    def until(self, moment):
        """The clock moves; what falls due on the way comes."""
        while (due := self.learner.next_drop) and due <= moment:
            self.now = max(due, self.now)
            self.tick(due)
        self.now = max(moment, self.now)

    def tick(self, due):
        knocked = knock(self.learner.rhythm, due, self.now)
        self.learner = replace(self.learner, next_drop=knocked.next_drop)
        zone = ZoneInfo(self.learner.rhythm.zone)
        self.told.append(f"· {self.now.astimezone(zone):%Y-%m-%d %H:%M}")
        self.event(DropDue(knocked.local_date))

    def pass_days(self, days):
        self.until(self.now + timedelta(days=days))

    # the answer key

    @property
    def scene(self):
        return Scene(self.course, self.learner, self.now)

    @property
    def open(self):
        stage = self.learner.stage
        return self.scene.drawn if isinstance(stage, Answering) else None

    def answer(self, what="right"):
        """What a learner would type, or tap in brackets, to be right or to make this slip.

        `before` is the right answer to the step before.
        """
        asked = self.open.before_asked if what == "before" else self.open.asked
        if isinstance(asked, Question):
            meant = asked.expect if what in ("right", "before") else asked.slips[what]
            return meant if meant.startswith("[[") else typed(asked, meant)
        from bot.tutor.putting import labels

        if isinstance(asked, Design):
            return "30-16-1 relu, sigmoid out, bce, es"
        if isinstance(asked, Training):
            return "[Leave it for now]"
        if isinstance(asked, Choice):
            return f"[{labels(asked.options)[what]}]"
        order = asked.right[0] if what == "right" else asked.slips[what][0]
        return " ".join(str([t.key for t in asked.tiles].index(key) + 1) for key in order)

    def do(self, text):
        is_button = text.startswith("[") and not text.startswith("[[")
        return self.tap(text[1:-1]) if is_button else self.type(text)

    def solve(self):
        return self.do(self.answer())

    def with_a_rhythm(self, hour):
        """The first drop is played, and drops come at this hour in Berlin."""
        self.start()
        self.finish_drop()
        self.tap("Yes")
        self.type(hour)
        return self

    def to_pair(self):
        """The second exercise of the small course."""
        self.solve()
        assert self.learner.stage.exercise == "pair"

    def finish_drop(self):
        for _ in range(40):
            if self.open is None:
                return
            self.solve()
        raise AssertionError("the drop does not end")


def kept(learner):
    """As it comes back from a row of the database, after any restart."""
    row = pack_learner(learner)
    return unpack_learner({**row, "state": json.loads(json.dumps(row["state"]))})


def readable(say):
    """A message as a reader sees it: no markup, its picture and its buttons below."""
    text = unescape(
        re.sub(r"</?(?:b|i|u|s|code|pre|a|blockquote|tg-spoiler)\b[^>]*>", "", say.text)
    )
    rows = ["  ".join(f"[{button.label}]" for button in row) for row in say.buttons]
    picture = (
        [f"<{say.attachment.recipe}: {say.attachment.values.get('figure', '')}>"]
        if say.attachment
        else []
    )
    return "\n".join([*picture, text.strip(), *rows])


def texts(chat):
    """What the latest turn said."""
    return [readable(say) for say in chat.says if isinstance(say, Say)]
