"""Learners who answer, tap and wait, and who act again only when the tutor has answered."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter

from bot.local import LocalTelegram, Message
from bot.tutor.learner import Answering, New, Waiting
from engine.question import Question
from lessons.course import Course
from lessons.drawing.exercise import restore
from tests.crash.ledger import Ledger

PATIENCE = 90.0  # seconds without a kill and without an answer: then a learner has no way on
CLOCK = ("clock/yes", "hour/", "zone/")
WRONG = 0.25  # of the typed answers
DUE = 0.15  # how often the clock comes between two of their acts


class StuckError(Exception):
    """The tutor owes this learner an answer and does not give it."""


class Pupil:
    def __init__(self, phone: LocalTelegram, ledger: Ledger, course: Course, number: int) -> None:
        self.number = number
        self.person = phone.person(number, f"P{number}", language="de")
        self.updates = 0
        self.drops = 0
        self.right: Counter[str] = Counter()  # right answers that were typed
        self.wrong: set[str] = set()  # each of them once
        self.longest = 0.0  # seconds that an answer took
        self._ledger = ledger
        self._course = course
        self._dice = random.Random(number)

    async def live(self, over: asyncio.Event) -> None:
        while not over.is_set():
            await self.act()

    async def act(self) -> None:
        learner = await asyncio.to_thread(self._ledger.learner, self.number)
        if learner is None or isinstance(learner.stage, New):
            await self.type("/start")
        elif self._dice.random() < DUE:
            await self._be_due()
        elif isinstance(learner.stage, Answering):
            await self._answer(learner)
        elif (button := self._button("start") if isinstance(learner.stage, Waiting) else None) or (
            learner.rhythm is None and (button := self._button(*CLOCK))
        ):
            await self._tap(*button)
        else:
            await self.type(self._dice.choice(["/today", "/progress", "Berlin", "08:00"]))

    async def type(self, text: str) -> None:
        """Types, and waits for the tutor's answer to it."""
        message = await self.person.type(text)
        self.updates += 1
        await self._answered()
        if not any(m.message_id > message.message_id for m in self.person.chat.said):
            raise StuckError(f"{text!r} got no answer")

    async def _answer(self, learner) -> None:
        stage = learner.stage
        lesson = self._course.paths[learner.path].lesson(stage.lesson)
        asked = restore(lesson, stage.exercise, stage.values).asked
        button = self._button("pick/", "leave/")
        if isinstance(asked, Question) and not set("<>=") & set(asked.expect):
            await self._type_answer(asked.expect)
        elif (button and not isinstance(asked, Question)) or (
            button := self._button("leave/", "show/")
        ):
            await self._tap(*button)
        else:
            await self._type_wrong()

    async def _type_answer(self, right: str) -> None:
        if self._dice.random() < WRONG:
            await self._type_wrong()
        else:
            self.right[right] += 1
            await self.type(right)

    async def _type_wrong(self) -> None:
        text = f"{90_000 + len(self.wrong)}.25"
        self.wrong.add(text)
        await self.type(text)

    async def _tap(self, message: Message, index: int) -> None:
        await self.person.tap(message, index)
        self.updates += 1
        await self._answered()

    async def _be_due(self) -> None:
        """The clock: a new drop, of a minute that has had none."""
        self.drops += 1
        await asyncio.to_thread(self._ledger.knock, self.number, self.drops)
        await self._answered()

    async def _answered(self) -> None:
        """Waits until the tutor has taken in what was done, and has said all it has to say."""
        began = time.monotonic()
        async with self._ledger.looks:
            await self._ledger.looks.wait_for(lambda: self._is_quiet() or self._has_no_way_on())
        self.longest = max(self.longest, time.monotonic() - began)
        if not self._is_quiet():
            waits = "; ".join(await asyncio.to_thread(self._ledger.waits, self.number))
            raise StuckError(f"{self.number}: no answer came: {self._state()}: {waits}")

    def _has_no_way_on(self) -> bool:
        return time.monotonic() - self._ledger.troubled > PATIENCE

    def _is_quiet(self) -> bool:
        view, me = self._ledger.view, self.number
        took_all = view.updates[me] >= self.updates and view.drops[me] >= self.drops
        return took_all and not view.open[me]

    def _state(self) -> str:
        view, me = self._ledger.view, self.number
        return (
            f"{view.updates[me]} of {self.updates} updates, {view.drops[me]} of {self.drops} drops,"
            f" {view.open[me]} open"
        )

    def _button(self, *taps: str) -> tuple[Message, int] | None:
        """A button of the newest message that bears any of these."""
        for message in reversed(self.person.chat.said):
            buttons = [button for row in message.buttons for button in row]
            found = [i for i, button in enumerate(buttons) if button.data.startswith(taps)]
            if found:
                return message, self._dice.choice(found)
        return None
