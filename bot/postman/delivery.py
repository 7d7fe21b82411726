"""One letter's way: out on the wire, and what came of it into its row."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import assert_never

import structlog

from bot import metrics
from bot.postman.pacing import Pace
from bot.storage import Letter, Sent, Storage, Unavailable, picturing
from bot.telegram.line import Backoff
from bot.telegram.outcomes import (
    Delivered,
    Flooded,
    Gone,
    Moved,
    Outcome,
    Refused,
    TokenRefused,
    Unknown,
    Unreached,
)
from bot.telegram.wire import Wire
from bot.tutor.turn import Attachment, Lane, Say

log = structlog.get_logger(__name__)

FIRST_RETRY, LAST_RETRY = 1.0, 300.0  # seconds that a letter waits after a failure
MAKING = 1.5  # seconds that a letter waits for its picture before it is looked at again
WORDS_WAIT = timedelta(seconds=20)  # for a picture, however many processes died over it
OUTAGE = 3  # failures in a row, of any letters: then all of them wait
NOT_FOR_EVER = 12  # tries of one letter that fails while others pass


class Delivery:
    def __init__(
        self, storage: Storage, wire: Wire, pace: Pace, clock: Callable[[], datetime]
    ) -> None:
        self._storage = storage
        self._wire = wire
        self._pace = pace
        self._clock = clock
        self._tries: dict[int, int] = {}
        self._failures = 0
        self._net = Backoff()
        self.making: dict[int, asyncio.Task[None]] = {}  # by letter
        self.sent: list[Sent] = []  # yet to be noted

    async def deliver(self, letter: Letter) -> Outcome:
        if not isinstance(letter.utterance, Say):
            return await self._send(letter)
        if wait := self._pace.chat_wait(letter.chat):
            await self._kept(lambda: self._pause(letter, wait))
            return Unreached("this chat has had its share for now")
        self._pace.leaves(letter.chat)  # before anything is waited for: the next round counts it
        counted = False
        try:
            outcome = await self._say(letter)
            counted = _counts(outcome)
        finally:
            self._pace.is_back(letter.chat, counted=counted)
        return outcome

    async def _say(self, letter: Letter) -> Outcome:
        if attachment := await self._not_yet_made(letter):
            await self._make_first(letter, attachment)
            return Unreached("its picture is being made")
        if letter.repeated and self._failures and not await self._wire.reaches():
            dead = Unreached("nothing comes through; it has one try left")
            await self._kept(lambda: self._note(letter, dead))
            return dead
        return await self._send(letter)

    async def _send(self, letter: Letter) -> Outcome:
        outcome = await self._wire.send(letter.chat, letter.utterance, letter.tap)
        self._count(letter, outcome)
        if isinstance(outcome, Delivered):
            self._reached(letter)
            self.sent.append(Sent(letter.id, self._clock(), outcome.message))
        else:
            await self._kept(lambda: self._note(letter, outcome))
        return outcome

    def _count(self, letter: Letter, outcome: Outcome) -> None:
        lane = letter.lane.name.lower()
        metrics.letters.labels(lane, type(outcome).__name__.lower()).inc()
        if isinstance(outcome, Delivered):
            took = (self._clock() - letter.at).total_seconds()
            metrics.letter_seconds.labels(lane).observe(max(0.0, took))
        if isinstance(outcome, Flooded):
            metrics.floods.inc()

    async def _not_yet_made(self, letter: Letter) -> Attachment | None:
        attachment = letter.utterance.attachment if isinstance(letter.utterance, Say) else None
        if attachment is None:
            return None
        with suppress(Unavailable):  # then it is made first, however well Telegram knows it
            return None if await self._wire.is_ready(attachment) else attachment
        return attachment

    async def _make_first(self, letter: Letter, attachment: Attachment) -> None:
        """A picture takes seconds; a letter that a kill finds on the wire has an unknown fate."""
        run, ours = self._storage.run, self._storage.worker
        has_words = isinstance(letter.utterance, Say) and letter.utterance.text
        if has_words and self._clock() - letter.at >= WORDS_WAIT:
            await self._kept(lambda: run(picturing.go_ahead, letter.id, ours, self._clock()))
            self._storage.outbox_bell.ring()
            return
        until = self._clock() + timedelta(seconds=MAKING)
        await self._kept(lambda: run(picturing.hold, letter.id, until, ours))
        asyncio.get_running_loop().call_later(MAKING, self._storage.outbox_bell.ring)
        if letter.id not in self.making:
            making = self.making[letter.id] = asyncio.create_task(self._make(letter, attachment))
            making.add_done_callback(lambda _: self.making.pop(letter.id, None))

    async def _make(self, letter: Letter, attachment: Attachment) -> None:
        await self._wire.pictures.prepare(attachment)
        await self._kept(lambda: self._storage.run(picturing.release, letter.id, self._clock()))
        self._storage.outbox_bell.ring()

    async def give_up(self, letter: Letter, reason: str) -> None:
        await self._kept(lambda: self._storage.letter_failed(letter.id, reason))

    async def note_sent(self) -> None:
        """Those that no round notes any more."""
        await self._kept(lambda: self.next_letters(0))

    async def next_letters(self, limit: int, up_to: Lane = Lane.REMINDER) -> list[Letter]:
        """One transaction: what was sent is noted, what may go is claimed."""
        sent = tuple(self.sent)
        letters = await self._storage.claim_letters(self._clock(), limit, up_to, sent)
        del self.sent[: len(sent)]
        return letters

    async def _note(self, letter: Letter, outcome: Outcome) -> None:
        match outcome:
            case Flooded(seconds):
                self._reached(letter)
                self._pace.refused(letter.chat, seconds)
                await self._pause(letter, seconds)
            case Gone():
                self._reached(letter)
                await self._storage.chat_gone(letter.chat, self._clock())
            case Moved(chat):
                await self._storage.chat_moved(letter.chat, chat)
                await self._storage.letter_not_sent(letter.id)
            case Refused(reason):
                await self._refuse(letter, reason)
            case Unknown(reason):
                self._failed(reason)
                await self._storage.letter_unknown(letter.id)
            case Unreached(reason):
                await self._try_later(letter, reason)
            case TokenRefused():
                await self._storage.letter_not_sent(letter.id)
            case Delivered():
                raise AssertionError("what was sent is noted with the next round")
            case _:
                assert_never(outcome)

    async def _refuse(self, letter: Letter, reason: str) -> None:
        self._reached(letter)
        kind = type(letter.utterance).__name__
        tell = log.warning if isinstance(letter.utterance, Say) else log.info
        tell("Telegram refuses a letter", letter=letter.id, kind=kind, reason=reason)
        await self._storage.letter_failed(letter.id, reason)

    async def _try_later(self, letter: Letter, reason: str) -> None:
        self._failed(reason)
        tries = self._tries[letter.id] = self._tries.get(letter.id, 0) + 1
        if self._failures == 1 and tries >= NOT_FOR_EVER:
            await self._refuse(letter, f"given up after {tries} tries: {reason}")
            return
        await self._pause(letter, min(LAST_RETRY, FIRST_RETRY * 2.0 ** (tries - 1)))

    async def _pause(self, letter: Letter, seconds: float) -> None:
        until = self._clock() + timedelta(seconds=seconds)
        await self._storage.pause_chat(letter.chat, until, letter.id)
        asyncio.get_running_loop().call_later(seconds, self._storage.outbox_bell.ring)

    def _reached(self, letter: Letter) -> None:
        self._tries.pop(letter.id, None)
        self._failures = 0
        self._net.over("letters reach Telegram again")

    def _failed(self, reason: str) -> None:
        self._failures += 1
        if self._failures >= OUTAGE:
            self._pace.hold(self._net.trouble("letters do not reach Telegram", reason=reason))

    async def _kept(self, note: Callable[[], Awaitable[object]]) -> None:
        """Until the database takes it: an outcome forgotten would be a letter sent twice."""
        backoff = Backoff(first=0.1, longest=5.0)
        while True:
            try:
                await note()
            except Unavailable:
                await asyncio.sleep(backoff.trouble("the database is away; outcomes wait"))
            else:
                backoff.over("the database is back")
                return


def _counts(outcome: Outcome) -> bool:
    """Whether Telegram counted a message."""
    return isinstance(outcome, Unknown) or (isinstance(outcome, Delivered) and outcome.fresh)
