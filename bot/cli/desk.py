"""The local phone's view into the tutor: a clock that wakes the scheduler, an inspector."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.local.clock import RunningClock
from bot.storage import Letter, backlog, groups
from bot.tutor.events import ChatId, UserId
from bot.tutor.learner import Answering, Learner
from bot.tutor.turn import Say
from lessons.drawing.exercise import restore

if TYPE_CHECKING:
    from bot.cli.assembly import Running
    from bot.local import LocalTelegram

GLANCE = 0.005  # seconds between looks at whether all is quiet


class Desk(RunningClock):
    """Stands between a phone and the tutor that is started after it."""

    def __init__(self) -> None:
        super().__init__()
        self.tutor: Running | None = None

    def move_to(self, moment: datetime) -> None:
        super().move_to(moment)
        if self.tutor:
            self.tutor.schedule.wake()

    async def next_drop(self, chat: int) -> datetime | None:
        if chat < 0 and self.tutor:
            return await self.tutor.storage.run(groups.wake, ChatId(chat))
        learner = await self._learner(chat)
        return learner.next_drop if learner else None

    async def inspect(self, chat: int) -> dict[str, Any]:
        """The learner or the group, the open exercise with its solution, the letters that wait."""
        if not self.tutor:
            return {"learner": None}
        storage = self.tutor.storage
        waiting = await storage.run(backlog.of_chat, ChatId(chat))
        letters = {"letters waiting": [_told(letter) for letter in waiting]}
        if chat < 0:
            group = await storage.run(groups.look, ChatId(chat))
            return {"group": asdict(group) if group else None, **letters}
        learner = await self._learner(chat)
        if not learner:
            return {"learner": None}
        return {"exercise": self._exercise(learner), **letters, "learner": asdict(learner)}

    async def settled(self, phone: LocalTelegram) -> None:
        """The phone has nothing left to tell, the tutor nothing left to do or to say."""
        assert self.tutor
        while True:
            told = not phone.waiting and await self._nothing_is_due()
            await self.tutor.settled()
            if told and await self.tutor.storage.run(backlog.is_empty, self.now()):
                return
            await asyncio.sleep(GLANCE)  # a letter that was refused for now, or a drop to come

    async def _nothing_is_due(self) -> bool:
        """No drop waits for the scheduler, at the moment that this clock shows."""
        assert self.tutor
        first = await self.tutor.storage.run(groups.earliest)
        return first is None or first > self.now()

    async def _learner(self, chat: int) -> Learner | None:
        return await self.tutor.storage.learner(UserId(chat)) if self.tutor else None

    def _exercise(self, learner: Learner) -> dict[str, Any] | None:
        if not self.tutor or not isinstance(learner.stage, Answering):
            return None
        path = self.tutor.course.paths[learner.path]
        try:
            lesson = path.lesson(learner.stage.lesson)
            drawn = restore(lesson, learner.stage.exercise, learner.stage.values)
        except KeyError:
            return None
        return {"asked": asdict(drawn.asked), "working": drawn.working, "values": drawn.values}


def _told(letter: Letter) -> dict[str, str]:
    """A letter in a line: since when, how urgent, what."""
    said = letter.utterance
    words = said.text if isinstance(said, Say) else ""
    kind = type(said).__name__.lower()
    return {"since": f"{letter.at:%H:%M:%S}", "lane": letter.lane.name.lower(), kind: words[:60]}
