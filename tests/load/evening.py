"""An evening of study groups on a strict Bot API server, in seconds that a test lets pass."""

from __future__ import annotations

import asyncio
import random
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.local import LocalTelegram, StillClock
from bot.local.api.limits import Floods, Limits
from bot.postman import Pace, Postman
from bot.storage import Storage, claiming, groups, packing
from bot.storage.tables import learner as learners
from bot.telegram.line import bot_of
from bot.telegram.pictures import Made, Pictures
from bot.telegram.wire import Wire
from bot.turns import Turns, Tutor
from bot.turns.groups import Groups
from bot.tutor.events import Arrival, ChatId, Person, Tapped, Typed, UserId
from bot.tutor.group.asking import waiting_for
from bot.tutor.group.state import Group, Member
from bot.tutor.learner import Rhythm
from bot.tutor.respond import meet
from engine import check

HOUR = datetime(2026, 3, 2, 18, tzinfo=UTC)
NET_DAY = 10  # of the plan: forward and back
LONGEST = 7200  # seconds until which all are through
VISIT = 6  # seconds between two looks at who comes
AT_IT = 12  # of so many groups one is at it, at one time
SLIPS = 0.2  # of the answers
STEP = 0.2  # seconds, while letters wait: the bot's budget is 30 a second, a handful at once


async def judge(question, text):
    return check(question, text)


@dataclass(frozen=True, slots=True)
class Seen:
    """A message on Telegram's side, new or changed."""

    chat: int
    message: int
    second: float
    is_new: bool


class Evening:
    """The tutor's own turns, outbox, pace and line; Telegram counts its floods by our seconds."""

    def __init__(self, url, course, count, people, seed):
        self.course, self.count, self.people = course, count, people
        self.dice = random.Random(seed)
        self.phone = LocalTelegram(StillClock(HOUR))
        self.phone.exchange.floods = Floods(Limits(), seconds=self.second)
        self.storage = Storage(url)
        self.storage.migrate()
        self.typed, self.seen, self.chats = 0, [], []
        self._stack = AsyncExitStack()

    def now(self):
        return self.phone.clock.now()

    def second(self):
        return (self.now() - HOUR).total_seconds()

    async def __aenter__(self):
        self._stack.callback(self.storage.close)
        await self._stack.enter_async_context(self.phone)
        bot = await self._stack.enter_async_context(bot_of(self.phone.token, self.phone.url))
        shell, mind = Groups(self.course, self._standing), Tutor(self.course)
        self.turns = Turns(self.storage, mind, judge, "", clock=self.now, groups=shell)
        pictures = Pictures({"figure": _dot}, keys={"figure": lambda _: "dot"})
        self.pace = Pace(seconds=self.second)
        wire = Wire(bot, self.storage, pictures)
        self.postman = Postman(self.storage, wire, self.pace, clock=self.now)
        feed = self.phone.exchange.world.feed
        self._changes = self._stack.enter_context(feed.listening())
        for part in (self.turns, self.postman):
            self._stack.push_async_callback(_ended, asyncio.create_task(part.run()), part.stop)
        return self

    async def __aexit__(self, *how):
        await self._stack.__aexit__(*how)

    async def _standing(self, _chat, _user):
        return "member"

    async def gather(self):
        """Groups whose hour has come, and members who have all been in the private chat."""
        for number in range(self.count):
            users = range(number * self.people + 1, (number + 1) * self.people + 1)
            known = [self.phone.person(user, f"L{user}") for user in users]
            for user in users:
                self.phone.exchange.world.private(user)
            self.chats.append(ChatId(self.phone.group(f"Group {number}", *known).id))
        await self.storage.run(self._plant)

    def _plant(self, connection):
        path = next(iter(self.course.paths))
        for number, chat in enumerate(self.chats):
            users = [UserId(number * self.people + i + 1) for i in range(self.people)]
            members = tuple(Member(user) for user in users)
            group = Group(
                f"code{number}", number, path=path, greeted=True, rhythm=Rhythm("UTC", "18:00"),
                title=f"Group {number}", wake=HOUR, members=members, day=NET_DAY,
            )  # fmt: skip
            groups._keep(connection, chat, None, group)
            rows = [packing.pack_learner(meet(self.course, _person(user))) for user in users]
            known = [row | {"chat": row["user_id"], "met_at": HOUR} for row in rows]
            connection.execute(sa.insert(learners), known)

    async def pass_by(self):
        """People come when they like, one after the other; until every net is through."""
        while self.second() < LONGEST:
            await self._turned()
            if int(self.second()) % VISIT == 0 and not await self._some_come():
                return
            await self._sent(until=int(self.second()) + 1)

    async def _some_come(self):
        """Whether anything waits for anybody."""
        rows = [(chat, await self.storage.run(groups.look, chat)) for chat in self.chats]
        busy = [row for row in rows if any(waiting_for(row[1], m.user) for m in row[1].members)]
        at_it = min(len(busy), max(1, len(self.chats) // AT_IT))
        for _, group in self.dice.sample(busy, at_it):
            for member in group.members:
                for asked in waiting_for(group, member.user)[: self.dice.randrange(2)]:
                    await self._answer(member.user, group.code, asked)
        letters = await self.storage.letters_waiting()
        await self._turned()
        return bool(busy) or sum(letters.values())

    async def _answer(self, user, code, asked):
        slips = [*asked.question.slips.values()]
        wrong = slips and not asked.mend and self.dice.random() < SLIPS
        self.typed += 1
        events = (
            Tapped(f"desk/{code}/{asked.key}", self.typed),
            Typed(slips[0] if wrong else asked.question.expect, self.typed),
        )
        keys = (f"{kind}{self.typed}" for kind in ("tap", "type"))
        await self.storage.accept(
            [Arrival(key, ChatId(user), _person(user), event, self.now())
             for key, event in zip(keys, events, strict=True)]
        )  # fmt: skip

    async def _turned(self):
        """All that came is decided."""
        while await self.storage.run(groups.claim, self.now()):
            pass
        self.storage.inbox_bell.ring()
        await self.turns.settled()

    async def _sent(self, until):
        """What Telegram lets through in this second; quick where nothing waits."""
        while self.second() < until:
            await self._posted()
            left = until - self.second()
            step = min(STEP, left) if await self._owed() else left
            self.phone.clock.move_to(self.now() + timedelta(seconds=max(step, 1e-6)))

    async def _posted(self):
        while self.postman._is_busy() or (self.pace.free_for_all() and await self._owed()):
            self.storage.outbox_bell.ring()
            await asyncio.sleep(0.002)
        while not self._changes.empty():
            self._note(self._changes.get_nowait())

    async def _owed(self):
        """Whether a letter may go at this moment."""
        asked = claiming.Wish(1).at(self.now())
        found = await self.storage.run(lambda c: c.execute(claiming.HEADS, asked).first())
        return found is not None

    def _note(self, change):
        if (
            change.kind in ("message", "edit")
            and change.message.sender == self.phone.exchange.world.bot.id
        ):
            moment = change.message.edited_at or change.message.date
            second = (moment - HOUR).total_seconds()
            is_new = change.kind == "message"
            self.seen.append(Seen(change.chat_id, change.message.message_id, second, is_new))


async def _ended(running, stop):
    stop()
    await running


def _person(user):
    return Person(user, f"L{user}", "en")


def _dot(_values):
    """A picture for all: drawing is not what is measured here."""
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (64, 64), "white").save(out, "PNG")
    return Made(out.getvalue(), "dot.png", "photo", "dot")
