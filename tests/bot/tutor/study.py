"""Groups on phones: a strict Bot API server, the tutor's line to it and back, a clock to move."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import sqlalchemy as sa
from circle import NAMES
from scanner import Scanner, titles

from bot.intake import Keeping, Poller
from bot.local import LocalTelegram, StillClock
from bot.local.api.limits import FREE as NO_LIMITS
from bot.postman import Pace, Postman
from bot.postman.pacing import Rates
from bot.storage import Storage, due, groups, packing
from bot.storage.tables import inbox, letter, study_group
from bot.storage.tables import learner as learners
from bot.telegram.line import bot_of
from bot.telegram.pictures import Pictures
from bot.telegram.standing import standing
from bot.telegram.wire import Wire
from bot.turns import Turns, Tutor
from bot.turns.groups import Groups
from bot.tutor.events import ChatId, UserId
from bot.tutor.group.asking import waiting_for
from bot.tutor.learner import Resting, Rhythm
from bot.tutor.rhythm.pacing import next_time
from engine import check

START = datetime(2024, 3, 1, 17, 0, tzinfo=UTC)
HOUR = START + timedelta(hours=1)  # of the groups
NET_DAY = 10
HASTE = Rates(bot=1e6, burst=1000, chat=1e6, chat_burst=1000, group=1e6, group_burst=1000)


async def judged(question, text):
    return check(question, text)


def everyone(connection):
    """All groups that there are."""
    rows = connection.execute(sa.select(study_group)).mappings()
    return [groups.unpack(row) for row in rows]


def texts(screen):
    return [message.text for message in screen.said]


class Study:
    """The line of `dropwise run`, without the pictures; nothing happens but by the clock."""

    def __init__(self, course):
        self.course = course
        self.phone = LocalTelegram(StillClock(START), limits=NO_LIMITS)
        self.storage = Storage("sqlite:///:memory:")
        self.storage.migrate()
        self.scanner = Scanner(titles(course), NAMES)
        self._stack = AsyncExitStack()

    async def __aenter__(self):
        self._stack.callback(self.storage.close)
        await self._stack.enter_async_context(self.phone)
        self.bot = await self._stack.enter_async_context(bot_of(self.phone.token, self.phone.url))
        shell = Groups(self.course, partial(standing, self.bot), chance=lambda: 5)
        mind = Tutor(self.course)
        self.turns = Turns(
            self.storage, mind, judged, "Sorry.", clock=self.now, seed=lambda: 7, groups=shell
        )
        wire = Wire(self.bot, self.storage, Pictures({}))
        self.postman = Postman(self.storage, wire, Pace(HASTE), clock=self.now)
        for part in (self.turns, self.postman):
            self._part(part.run(), part.stop)
        self.listen()
        return self

    async def __aexit__(self, *how):
        await self.storage.run(self.scanner.hear_all)
        await self._stack.__aexit__(*how)
        assert self.scanner.faults == []

    def _part(self, run, stop):
        running = asyncio.create_task(run)

        async def end():
            stop()
            await running

        self._stack.push_async_callback(end)

    def listen(self):
        poller = Poller(self.bot, Keeping(self.bot, self.storage, self.now), 1)
        self.listening = asyncio.create_task(poller.run())
        self._stack.push_async_callback(self.go_deaf)

    async def go_deaf(self):
        """Updates wait at Telegram until somebody listens again."""
        self.listening.cancel()
        with suppress(asyncio.CancelledError):
            await self.listening

    def now(self):
        return self.phone.clock.now()

    async def settle(self, *, deaf=False):
        """All that was done has reached the tutor, and all that it says is on the screens."""
        async with asyncio.timeout(60):
            while not await self._is_quiet(deaf):  # noqa: ASYNC110 - rows ring no bell
                await asyncio.sleep(0.003)
        for group in await self.storage.run(everyone):
            self.scanner.know(group)

    async def _is_quiet(self, deaf):
        """No update, no arrival, no letter waits for anything but a moment that is to come."""
        if self.phone.waiting and not deaf:
            return False
        owed = sa.or_(letter.c.not_before.is_(None), letter.c.not_before <= self.now())
        said = sa.select(letter.c.id).where(letter.c.done_at.is_(None), owed)
        heard = sa.select(inbox.c.id).where(inbox.c.done_at.is_(None))
        waits = sa.union_all(said, heard).limit(1)
        return await self.storage.run(lambda connection: connection.scalar(waits)) is None

    async def until(self, moment):
        """The clock goes from knock to knock; no edit waits longer than ten seconds."""
        await self.settle()
        while (first := await self.storage.run(groups.earliest)) and first <= moment:
            self.phone.move_clock(max(self.now(), first))
            await self.storage.run(groups.claim, self.now())
            await self.storage.run(due.claim, self.now())
            self.storage.inbox_bell.ring()
            await self.settle()
        self.phone.move_clock(max(moment, self.now()))
        await self.settle()

    async def wait(self, **time):
        await self.until(self.now() + timedelta(**time))

    def people(self, *names):
        return [self.phone.person(number, name) for number, name in enumerate(names, 1)]

    async def group(self, title, *members, hour="18:00", day=0, **more):
        """With an hour; everyone has joined by the tap and come by the link."""
        group = self.phone.group(title, *members, **more)
        await self.settle()
        await members[0].type(f"/hour {hour}", group)
        await self.settle()
        for person in members:
            await self.tap(person, group, "I’m in")
            await self.tap(person, group, "To the private chat")
        await self.skip_to(group, day)
        return group

    async def tap(self, person, screen, label):
        """The newest button of this label; a link is followed. Gives the toast's text."""
        for message in reversed(screen.said):
            labels = [button.label for row in message.buttons for button in row]
            if label in labels:
                tap = await person.tap(message, label)
                await self.settle()
                toast = await tap.answered()
                if toast.url:
                    await person.follow(toast.url)
                    await self.settle()
                return toast.text
        raise LookupError(f"no button {label!r}")

    async def type(self, person, text, screen=None, **more):
        said = await person.type(text, screen, **more)
        await self.settle()
        return said

    async def row(self, group):
        return await self.storage.run(groups.look, ChatId(group.id))

    async def skip_to(self, group, day):
        row = replace(await self.row(group), day=day)
        await self.storage.run(groups._keep, ChatId(group.id), row, row)

    async def desks(self, person):
        return (await self.storage.learner(UserId(person.id))).desks

    async def desk(self, person):
        return next((desk for desk in await self.desks(person) if desk.open), None)

    async def sits_at(self, group, seat, people):
        [net, *_] = (await self.row(group)).nets
        return next(person for person in people if person.id == net.seats[seat])

    async def sit_down(self, person, group):
        """By the button that this group's seat has brought."""
        code = (await self.row(group)).code
        for message in reversed(person.chat.said):
            for index, button in enumerate(b for row in message.buttons for b in row):
                if button.data.startswith(f"desk/{code}/"):
                    await person.tap(message, index)
                    return await self.settle()
        raise LookupError("no seat")

    async def be_seated(self, person, group):
        desk = await self.desk(person)
        if desk is None or desk.group != (await self.row(group)).code:
            await self.sit_down(person, group)

    async def work(self, group, people):
        """All that waits for them here is worked out, right, until the nets are through."""
        for _ in range(9):
            for person in people:
                while waiting_for(await self.row(group), UserId(person.id)):
                    await self.be_seated(person, group)
                    await self.type(person, (await self.desk(person)).question.expect)

    async def with_an_hour(self, person, hour, drops=0):
        """So many lessons done, and drops of their own that come at this hour."""
        learner = await self.storage.learner(UserId(person.id))
        done = tuple(one.key for one in self.course.paths[learner.path].lessons[:drops])
        rhythm = Rhythm("UTC", hour)
        learner = replace(
            learner, finished=done, rhythm=rhythm, stage=Resting(done[-1] if done else "x"),
            next_drop=next_time(rhythm, self.now()),
        )  # fmt: skip
        row = sa.update(learners).where(learners.c.user_id == person.id)
        values = packing.pack_learner(learner)
        await self.storage.run(lambda connection: connection.execute(row.values(**values)))

    async def failed(self):
        """Turns that were put aside, with their traces."""
        traces = sa.select(inbox.c.trace).where(inbox.c.trace.is_not(None))
        return await self.storage.run(lambda connection: connection.scalars(traces).all())
