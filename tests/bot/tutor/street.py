"""A circle whose tutor is a process of its own: people with phones, HTTP between, kill −9."""

from __future__ import annotations

import asyncio
import sys
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from circle import NAMES, START
from scanner import Scanner, titles

from bot.local import LocalTelegram
from bot.local.api.faults import Trouble
from bot.local.api.limits import FREE as NO_LIMITS
from bot.storage import groups, packing
from bot.storage.tables import inbox, letter, study_group
from bot.storage.tables import learner as learners
from bot.tutor.group.asking import waiting_for
from tests.crash.clocked import Hand
from tests.crash.process import Tutor

APART = timedelta(seconds=11)  # by which the clock goes on where an edit of a card waits
PATIENCE = 100.0  # seconds, of a test on a busy machine
OVERDUE = 600.0  # seconds that Telegram's answer takes when a kill is to come before it


class Street:
    def __init__(self, course, count, url, seed):  # noqa: ARG002 - as a circle is made
        self.folder = Path(url.removeprefix("sqlite:///")).parent
        self.clock = Hand(self.folder / "clock", START)
        self.phone = LocalTelegram(self.clock, limits=NO_LIMITS)
        self.people = {n: self.phone.person(i, n) for i, n in enumerate(NAMES[:count], 1)}
        self.group, self.actor, self.shown, self.told = None, "", {}, []
        self.scanner = Scanner(titles(course), NAMES)
        self._rows = sa.create_engine(url)
        self._url, self._before, self._stack = url, None, AsyncExitStack()

    async def __aenter__(self):
        await self._stack.enter_async_context(self.phone)
        command = (sys.executable, "-m", "tests.crash.clocked", str(self.folder / "clock"))
        self.tutor = Tutor(self.phone, self._url, 8, self.folder / "log", command)
        self._stack.callback(self._rows.dispose)
        await self.begin()
        self._stack.push_async_callback(self.tutor.kill)
        return self

    async def __aexit__(self, *how):
        with self._rows.connect() as connection:
            self.scanner.hear_all(connection)
        await self._stack.__aexit__(*how)
        assert self.scanner.faults == []

    async def begin(self):
        self.phone.faults.clear()
        await self.tutor.start()
        await self.tutor.ready()
        await self.settle()

    async def kill(self):
        await self.tutor.kill()

    async def kill_at_the_next_card(self):
        """SIGKILL while Telegram has done the edit, and has not answered it."""
        self.phone.faults.strike(
            Trouble.SLOW, seconds=OVERDUE, times=1, methods=("editMessageText",)
        )
        self._before = self.group.said[-1].text

    # what is done

    async def add_bot(self):
        self.group = self.phone.group("Friday", *self.people.values())
        await self.settle()

    async def in_group(self, name, what, text):
        self.actor = name
        person, slash = self.people[name], "/" if what == "command" else ""
        await person.type(slash + text, self.group)
        await self.settle()

    async def tap_in_group(self, name, label):
        await self._tap(name, self.group, label)

    async def private(self, name, text):
        if text.startswith("["):
            return await self._tap(name, self.people[name].chat, text[1:-1])
        self.actor = name
        await self.people[name].type(text)
        return await self.settle()

    async def _tap(self, name, screen, label):
        self.actor, person = name, self.people[name]
        buttons = [(m, b.label) for m in screen.said for row in m.buttons for b in row]
        message = next(m for m, shown in reversed(buttons) if shown == label)
        tap = await person.tap(message, label)
        await self.settle()
        if tap.toast and tap.toast.url:
            await person.follow(tap.toast.url)
            await self.settle()
        elif tap.toast and tap.toast.text:
            self.told.append(f"(toast) {tap.toast.text}")

    async def everyone_comes(self):
        for name in self.people:
            await self.tap_in_group(name, "I’m in")
            await self.tap_in_group(name, "To the private chat")
        self.told.clear()

    async def migrate(self):
        await self.group.migrate()
        await self.settle()

    async def skip_to(self, day):
        """As if so many days of the plan had come already."""
        group = replace(await self.row(), day=day)
        state = packing.converter.unstructure(replace(group, wake=None))
        with self._rows.begin() as connection:
            connection.execute(sa.update(study_group).values(state=state))

    # what there is

    async def row(self):
        with self._rows.connect() as connection:
            return groups.unpack(connection.execute(sa.select(study_group)).mappings().one())

    async def at(self, seat):
        [net, *_] = (await self.row()).nets
        return next(n for n, person in self.people.items() if person.id == net.seats[seat])

    async def answer(self, name, what="right"):
        """What they would type at their open seat, right or with a slip."""
        desk = await self._desk(name)
        slips = dict(desk.question.slips)
        return next(iter(slips.values())) if what == "slip" else desk.question.expect

    async def _desk(self, name):
        which = sa.select(learners).where(learners.c.user_id == self.people[name].id)
        with self._rows.connect() as connection:
            row = connection.execute(which).mappings().one()
        return next((one for one in packing.unpack_learner(row).desks if one.open), None)

    async def work_it_out(self):
        for _ in range(9):
            for name, person in self.people.items():
                while waiting_for(await self.row(), person.id):
                    if await self._desk(name) is None:
                        await self.private(name, "[Sit down]")
                    await self.private(name, await self.answer(name))

    # time

    async def until(self, moment):
        """The clock goes from knock to knock; what is to be heard of it is heard."""
        self.actor = ""
        while (first := await self._next()) and first <= moment:
            self.clock.move_to(max(first, self.clock.now()))
            await self.settle()
        self.clock.move_to(max(moment, self.clock.now()))
        await self.settle()

    async def _next(self):
        group = await self.row() if self.group else None
        return group.wake if group else None

    async def settle(self):
        """All that was done has reached the tutor, and all that it says is on the screens."""
        if not self.tutor.is_alive:
            return
        if self._before is not None:
            await self._strike()
            return
        async with asyncio.timeout(PATIENCE):
            while not self._is_quiet():  # noqa: ASYNC110 - another process rings no bell
                await asyncio.sleep(0.03)
        if self.group:
            self.scanner.know(await self.row())
        self.look()

    async def _strike(self):
        """Private words have arrived, the card has changed, and the tutor does not know it."""
        async with asyncio.timeout(PATIENCE):
            while self.group.said[-1].text == self._before or self._owed() != 1:
                if not self._owed() and self._ahead_of_now():
                    self.clock.move_to(self.clock.now() + APART)
                await asyncio.sleep(0.03)
        self._before = None
        await self.tutor.kill()

    def _is_quiet(self):
        if self.phone.waiting or self._is_due() or self._owed():
            return False
        if self._ahead_of_now():
            self.clock.move_to(self.clock.now() + APART)
            return False
        return True

    def _is_due(self):
        due = sa.select(study_group.c.code).where(study_group.c.wake <= self.clock.now())
        return self._any(due) or self._any(sa.select(inbox.c.id).where(inbox.c.done_at.is_(None)))

    def _owed(self):
        """How many letters are to be sent now, or are on their way."""
        later = letter.c.not_before > self.clock.now()
        now = sa.or_(letter.c.not_before.is_(None), ~later)
        return self._any(sa.select(letter.c.id).where(letter.c.done_at.is_(None), now))

    def _ahead_of_now(self):
        """An edit that waits until its card may change again."""
        later = letter.c.not_before > self.clock.now()
        return self._any(sa.select(letter.c.id).where(letter.c.done_at.is_(None), later))

    def _any(self, chosen):
        with self._rows.connect() as connection:
            return len(connection.execute(chosen).all())

    # what is seen

    def look(self):
        """Whoever acted reads first, then the group, then the others."""
        screens = {name: person.chat for name, person in self.people.items()}
        screens |= {"Group": self.group} if self.group else {}
        order = dict.fromkeys(name for name in (self.actor, "Group", *screens) if name in screens)
        for name in order:
            for message in screens[name].said:
                self._see(name, message)

    def _see(self, name, message):
        key, face = (message.chat_id, message.message_id), readable(message)
        before = self.shown.get(key)
        self.shown[key] = face
        if before is None or not before.startswith(face):  # else its buttons alone went
            sign = "" if before is None else " ✎"
            if face:
                self.told.append(f"{name}{sign} | " + face.replace("\n", "\n  "))
            if message.photo:  # a slow one follows its words in a message of its own
                self.told.append(f"{name} | <picture>")


def readable(message):
    """As on a screen: its words, its buttons below."""
    rows = ["  ".join(f"[{button.label}]" for button in row) for row in message.buttons]
    words = message.poll.question if message.poll else message.text
    return "\n".join([words.strip(), *rows])
