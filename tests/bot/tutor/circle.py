"""A group, its members and the tutor in one room: real rows and turns, no wire, a clock to move."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from circle_seats import Seats
from scanner import Scanner, titles
from tutor_chat import readable

from bot.storage import Storage, due, groups
from bot.storage.tables import letter
from bot.turns import Turns, Tutor
from bot.turns.groups import Groups
from bot.tutor.events import (
    Arrival,
    ChatId,
    Commanded,
    InGroup,
    Person,
    Started,
    Tapped,
    Typed,
    UserId,
)
from bot.tutor.turn import Leave, Say, Toast
from engine import check

START = datetime(2024, 3, 1, 17, 0, tzinfo=UTC)
CHAT = ChatId(-100)
NAMES = ("Ana", "Luis", "Mira", "Tom", "Zoe", "Kim", "Noa", "Ben", "Eva", "Jo")
SEAT_NAMES = ("h1", "h2", "h3", "out", "check")


async def judged(question, text):
    return check(question, text)


class Circle(Seats):
    """`url` of a file survives `kill`; people are numbered from 1."""

    def __init__(self, course, count=5, url="sqlite:///:memory:", seed=5):
        self.course, self.url, self.now, self.seed = course, url, START, seed
        self.people = {n: Person(UserId(i), n, "en") for i, n in enumerate(NAMES[:count], 1)}
        self.standings = {person.user: "member" for person in self.people.values()}
        self.standings[UserId(1)] = "creator"
        self.chat = CHAT
        self.update = self.message = 0
        self.heard = []  # (chat, utterance, moment, "post" or "edit" or ""), ever
        self.shown = {}  # (chat, message) -> Say, as it looks now
        self.slots = {}
        self.told = []  # lines since they were last read
        self.actor = ""  # who did the latest thing
        self.scanner = Scanner(titles(course), NAMES)
        self._codes = iter(["friday", *map(str, range(9))])
        self.begin()

    def begin(self):
        self.storage = Storage(self.url)
        self.storage.migrate()
        people = Groups(
            self.course, self._standing, chance=lambda: self.seed, code=self._codes.__next__
        )
        self.turns = Turns(
            self.storage,
            Tutor(self.course),
            judged,
            "Something broke.",
            clock=lambda: self.now,
            seed=lambda: 7,
            groups=people,
        )

    async def __aenter__(self):
        self.running = asyncio.create_task(self.turns.run())
        return self

    async def __aexit__(self, *_):
        self.turns.stop()
        await self.running
        self.storage.close()
        assert self.scanner.faults == []

    async def kill(self):
        """The process ends between two transactions, with letters unsent; another begins."""
        self.running.cancel()
        await asyncio.wait([self.running])
        self.storage.close()
        self.begin()
        await self.storage.revive(self.now)
        self.running = asyncio.create_task(self.turns.run())

    async def _standing(self, _chat, user):
        return self.standings.get(user, "left")

    async def arrive(self, chat, person, event, tap=""):
        self.update += 1
        key = f"update:{self.update}"
        await self.storage.accept([Arrival(key, ChatId(chat), person, event, self.now, tap)])

    async def in_group(self, name, what, text="", **more):
        person = self.people.get(name)
        self.actor = name
        tap = f"tap {self.update}" if what == "tapped" else ""
        await self.arrive(self.chat, person, InGroup(what, text, **more), tap)
        await self.settle()

    async def add_bot(self, by="Ana"):
        await self.in_group(by, "added", title="Friday")

    async def tap_in_group(self, name, label):
        say, message = self.find(self.chat, label)
        button = next(b for row in say.buttons for b in row if b.label == label)
        if button.url:
            return await self.private(name, f"/start {button.url.partition('=')[2]}")
        return await self.in_group(name, "tapped", button.tap, message=message)

    async def private(self, name, text):
        person = self.people[name]
        self.actor = name
        self.message += 1
        event = Typed(text, self.message)
        if text.startswith("/"):
            command, _, rest = text[1:].partition(" ")
            event = Started(rest) if command == "start" else Commanded(command, rest)
        elif text.startswith("[") and not text.startswith("[["):
            say, message = self.find(person.user, text[1:-1])
            button = next(b for row in say.buttons for b in row if b.label == text[1:-1])
            event = Tapped(button.tap, message)
        await self.arrive(person.user, person, event)
        await self.settle()

    async def migrate(self, new=-1002):
        await self.storage.chat_moved(self.chat, ChatId(new))
        self.slots = {key: value for key, value in self.slots.items() if key[0] != self.chat}
        self.chat = ChatId(new)

    def find(self, chat, label):
        """The latest message of a chat that bears this button."""
        for (where, message), say in sorted(self.shown.items(), key=lambda pair: -pair[0][1]):
            if where == chat and any(b.label == label for row in say.buttons for b in row):
                return say, message
        raise LookupError(f"no button {label!r} in {chat}")

    async def until(self, moment):
        await self.settle()
        while (due_at := await self.storage.run(_next)) and due_at <= moment:
            self.now = max(self.now, due_at)
            await self.storage.run(groups.claim, self.now)
            await self.storage.run(due.claim, self.now)
            await self.settle()
        self.now = max(moment, self.now)

    async def wait(self, **time):
        await self.until(self.now + timedelta(**time))

    async def settle(self):
        """Everything taken to its end, and what may be sent is sent."""
        before = len(self.told)
        self.storage.inbox_bell.ring()
        await asyncio.wait_for(self.turns.settled(), 30)
        if group := await self.group():
            self.scanner.know(group)
        while some := await self.storage.claim_letters(self.now, 100):
            for one in some:
                await self.storage.letter_sent(one.id, self.now, self._send(one))
        self.told[before:] = sorted(self.told[before:], key=self._place)

    def _place(self, line):
        """Who did it reads first, then the group, then the others by their numbers."""
        name = line.split(" ", 1)[0]
        order = ["(toast)", self.actor, "Group", *self.people]
        return order.index(name) if name in order else len(order)

    def _send(self, one):
        chat, said = one.chat, one.utterance
        kind = ""
        if isinstance(said, Say):
            known = self.slots.get((chat, said.slot)) if said.slot else None
            kind = "edit" if known else "post"
            if chat < 0:
                self.scanner.hear(said)
            self.message += 0 if known else 1
            number = known or self.message
            self.shown[chat, number] = said
            if said.slot:
                self.slots[chat, said.slot] = number
            self.told.append(f"{self.name(chat)}{' ✎' if known else ''} | {indented(said)}")
        elif isinstance(said, Toast) and said.text:
            self.told.append(f"(toast) {said.text}")
        elif isinstance(said, Leave):
            self.told.append("(the bot leaves)")
        self.heard.append((chat, said, self.now, kind))
        return number if isinstance(said, Say) else None

    def name(self, chat):
        if chat == self.chat or chat < 0:
            return "Group"
        return next(n for n, person in self.people.items() if person.user == chat)

    async def group(self):
        return await self.storage.run(groups.look, self.chat)

    async def skip_to(self, day):
        """As if so many days of the plan had come already."""
        from dataclasses import replace

        group = replace(await self.group(), day=day)
        await self.storage.run(groups._keep, self.chat, group, group)

    async def everyone_comes(self):
        for name in self.people:
            await self.tap_in_group(name, "I’m in")
            await self.private(name, "/start g_friday")
        self.told.clear()


def _next(connection):
    """The next knock, or the next edit that waits for its moment."""
    waiting = sa.and_(letter.c.done_at.is_(None), letter.c.not_before.is_not(None))
    edit = connection.scalar(sa.select(sa.func.min(letter.c.not_before)).where(waiting))
    found = (groups.earliest(connection), edit)
    return min((moment for moment in found if moment), default=None)


def indented(say):
    return readable(say).replace("\n", "\n  ")
