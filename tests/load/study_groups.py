"""Study groups on a day of nets, all at one hour: how often Telegram is spoken to.

python -m tests.load.study_groups --groups 200 --people 10
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.postman import Pace
from bot.storage import Storage, groups
from bot.turns import Turns, Tutor
from bot.turns.groups import Groups
from bot.tutor.events import Arrival, ChatId, UserId
from bot.tutor.group.asking import waiting_for
from bot.tutor.group.state import Group, Member
from bot.tutor.learner import Rhythm
from bot.tutor.turn import Say
from bot.tutor.visits import Wired
from engine import check
from lessons.loader import load

HOUR = datetime(2026, 3, 2, 18, tzinfo=UTC)
NET_DAY = 10  # of the plan: forward and back
BUSY = 3600  # seconds in which people come
VISIT = 6  # seconds between two looks at who comes
MINUTE = 60


async def judge(question, text):
    return check(question, text)


class Evening:
    """A clock of its own; letters go as the postman's pace lets them."""

    def __init__(self, storage, course, count, people, seed):
        self.storage, self.course, self.now = storage, course, HOUR
        self.chats = [ChatId(-1000 - number) for number in range(count)]
        self.people, self.dice = people, random.Random(seed)
        self.pace = Pace(seconds=self._second)
        self.sent = defaultdict(list)  # chat -> [(second, "post" or "edit")]
        self.slots, self.number, self.wired = set(), 0, 0
        shell = Groups(course, self._standing)
        self.turns = Turns(storage, Tutor(course), judge, "", clock=lambda: self.now, groups=shell)

    def _second(self):
        return (self.now - HOUR).total_seconds()

    async def _standing(self, _chat, _user):
        return "member"

    def plant(self, connection):
        path = next(iter(self.course.paths))
        for number, chat in enumerate(self.chats):
            members = tuple(Member(UserId(number * 100 + i + 1)) for i in range(self.people))
            group = Group(
                f"code{number}", number, path=path, greeted=True, rhythm=Rhythm("UTC", "18:00"),
                wake=HOUR, members=members, day=NET_DAY,
            )  # fmt: skip
            groups._keep(connection, chat, None, group)

    async def pass_by(self):
        """Second by second: people answer at moments of their own, letters leave."""
        await self.settle()
        for second in range(BUSY):
            self.now = HOUR + timedelta(seconds=second)
            if second % VISIT == 0:
                await self.answers()
            if second % 5 == 0:
                await self.post()

    async def answers(self):
        """One group in six is at it, some of its members at once."""
        for chat in self.dice.sample(self.chats, max(1, len(self.chats) // 6)):
            group = await self.storage.run(groups.look, chat)
            await self.storage.accept(list(self._wires(group, chat)))
        await self.settle()

    def _wires(self, group, chat):
        for member in group.members:
            for asked in waiting_for(group, member.user)[: self.dice.randrange(2)]:
                slips = [*asked.question.slips.values()]
                wrong = slips and not asked.mend and self.dice.random() < 0.2
                value = slips[0] if wrong else asked.question.expect
                self.wired += 1
                event = Wired(member.user, asked.key, value)
                yield Arrival(f"w{self.wired}", chat, None, event, self.now)

    async def settle(self):
        await self.storage.run(groups.claim, self.now)
        await self.storage.run(groups.claim, self.now)
        self.storage.inbox_bell.ring()
        await self.turns.settled()

    async def post(self):
        while may_go := self.pace.free():
            letters = await self.storage.claim_letters(self.now, may_go)
            if not letters:
                return
            for letter in letters:
                await self._send(letter)

    async def _send(self, letter):
        """An edit costs Telegram's budget of messages nothing; a post does."""
        slot = (letter.chat, letter.utterance.slot)
        kind = "edit" if slot in self.slots else "post"
        if kind == "post":
            self.pace.leaves(letter.chat)
            self.pace.is_back(letter.chat, counted=True)
        if isinstance(letter.utterance, Say):
            self.slots.add(slot)
            self.sent[letter.chat].append((self._second(), kind))
        self.number += 1
        await self.storage.letter_sent(letter.id, self.now, self.number)

    def told(self):
        posts = Counter(chat for chat, all_ in self.sent.items() for _, k in all_ if k == "post")
        seconds = Counter(s for all_ in self.sent.values() for s, k in all_ if k == "post")
        minutes = Counter((chat, s // MINUTE) for chat, all_ in self.sent.items() for s, _ in all_)
        edits = [
            later - earlier
            for all_ in self.sent.values()
            for earlier, later in zip(
                (s for s, k in all_ if k == "edit"), (s for s, k in all_[2:] if k == "edit"),
                strict=False,
            )
        ]  # fmt: skip
        count = sum(k == "edit" for all_ in self.sent.values() for _, k in all_)
        return {
            "groups": len(self.chats),
            "values wired": self.wired,
            "posts a group, at most": max(posts.values()),
            "posts in five seconds, at most": max(seconds.values()),
            "messages and edits of a group in a minute, at most": max(minutes.values()),
            "edits": count,
            "edits a value": round(count / self.wired, 2),
            "seconds between two edits of a card, at least": min(edits),
        }


async def run(options):
    with tempfile.TemporaryDirectory() as folder:
        storage = Storage(f"sqlite:///{Path(folder) / 'groups.db'}")
        storage.migrate()
        evening = Evening(storage, load(), options.groups, options.people, options.seed)
        await storage.run(evening.plant)
        working = asyncio.create_task(evening.turns.run())
        started = time.monotonic()
        await evening.pass_by()
        through = [await storage.run(groups.look, chat) for chat in evening.chats]
        told = evening.told() | {
            "nets through": sum("newout" in net.wired for group in through for net in group.nets),
            "nets": sum(len(group.nets) for group in through),
            "seconds it took": round(time.monotonic() - started, 1),
        }
        evening.turns.stop()
        await working
        storage.close()
    return told


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--groups", type=int, default=200)
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    for name, value in asyncio.run(run(parser.parse_args())).items():
        print(f"{name}: {value}")


if __name__ == "__main__":
    main()
