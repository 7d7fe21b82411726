"""Takes arrivals one by one in each chat and many chats at once; what fails is put aside."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
import traceback
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TypeAlias

from bot import metrics
from bot.storage import Overtaken, Storage, Unavailable
from bot.turns.groups import Groups
from bot.turns.mind import Mind
from bot.tutor.events import Answered, AnyEvent, Arrival, Person, Typed
from bot.tutor.learner import Learner
from bot.tutor.turn import Say, Turn
from bot.tutor.visits import Overheard
from engine.question import Question, Verdict

log = logging.getLogger(__name__)

Judge: TypeAlias = Callable[[Question, str], Awaitable[Verdict]]

PLACES = 32  # chats in work at once
IDLE = 1.0  # seconds between looks when no bell rings
RETRY = 0.5  # seconds, while the database is away
TRIES = 5  # when the open exercise keeps changing under an answer
REVIVING = 5.0  # seconds between two looks for what another process left behind
TIDYING = 3600.0  # seconds


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was judged, and of which learner."""

    learner: Learner | None
    event: AnyEvent
    key: str | None = None  # of the exercise that was judged


class _Moved(Exception):  # noqa: N818 - not an error: the answer is to be judged again
    """The exercise that was judged is no longer the open one."""


class Turns:
    """`sorry` is what a learner reads when a turn of theirs failed."""

    def __init__(  # noqa: PLR0913 - the rooms that a turn walks through
        self,
        storage: Storage,
        mind: Mind,
        judge: Judge,
        sorry: str,
        *,
        sorry_in: Mapping[str, str] | None = None,  # by language
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        seed: Callable[[], int] = lambda: secrets.randbits(48),
        places: int = PLACES,
        groups: Groups | None = None,
        is_cold: Callable[[], bool] = lambda: False,  # no judge is called yet
    ) -> None:
        self._storage = storage
        self._mind = mind
        self._judge = judge
        self._sorry = sorry
        self._sorry_in = sorry_in or {}
        self._clock = clock
        self._seed = seed
        self._places = places
        self._groups = groups
        self._is_cold = is_cold
        self._in_work: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._is_missed = False  # whether the database did not answer lately
        self._looks = 0
        self._revived = self._tidied = float("-inf")

    async def run(self) -> None:
        """Until `stop`, then until every turn that was begun is kept."""
        self._storage.listen()
        while not self._stopping:
            try:
                again = await self._look()
            except Unavailable as trouble:
                metrics.away.labels("turns").inc()
                self._miss(trouble)
                await asyncio.sleep(RETRY)
                continue
            self._find_again()
            if not again and not self._stopping:
                await self._storage.inbox_bell.wait(IDLE)
        if self._in_work:
            await asyncio.wait(self._in_work)

    def _miss(self, trouble: Unavailable) -> None:
        """Told once, and once when it is over: a minute has many tries."""
        if not self._is_missed:
            log.warning("the database is away; arrivals wait: %s", trouble)
        self._is_missed = True

    def _find_again(self) -> None:
        if self._is_missed:
            log.info("the database is back")
        self._is_missed = False

    def stop(self) -> None:
        self._stopping = True
        self._storage.inbox_bell.ring()

    async def settled(self) -> None:
        """Waits until the inbox is empty and nothing is in work."""
        while self._in_work or not await self._storage.inbox_is_empty():
            if self._in_work:
                await asyncio.wait(set(self._in_work), return_when=asyncio.FIRST_COMPLETED)
            else:
                await asyncio.sleep(0.005)

    async def _look(self) -> bool:
        """Takes what may be taken; whether there may be more."""
        await self._keep_house()
        room = self._places - len(self._in_work)
        if room <= 0:
            return False
        self._looks += 1
        claimed = await self._storage.claim_arrivals(room, self._clock(), self._is_cold())
        for arrival, more in claimed:
            taking = asyncio.create_task(self._take(arrival))
            self._in_work.add(taking)
            taking.add_done_callback(partial(self._landed, more, self._looks))
        return len(claimed) == room

    def _landed(self, more: bool, looks: int, taking: asyncio.Task[None]) -> None:
        """Looks again if there was more of that chat, or a look since that had to pass it over."""
        self._in_work.discard(taking)
        if not taking.cancelled() and taking.exception():
            log.critical("an arrival could not even be put aside", exc_info=False)
        full = len(self._in_work) == self._places - 1
        if more or full or looks != self._looks:
            self._storage.inbox_bell.ring()

    async def _keep_house(self) -> None:
        moment = time.monotonic()
        if moment - self._revived > REVIVING:
            await self._storage.revive(self._clock())
            if killers := await self._storage.condemn(self._apology, self._clock()):
                metrics.put_aside.inc(killers)
                log.error("arrivals that killed process after process were put aside: %s", killers)
            self._revived = moment
        if moment - self._tidied > TIDYING:
            await self._storage.tidy(self._clock())
            self._tidied = moment

    async def _take(self, arrival: Arrival) -> None:
        """One arrival, to its end."""
        try:
            await self._through(lambda: self._turn(arrival))
            self._count(arrival)
        except Overtaken:
            return
        except Exception as error:  # noqa: BLE001 - the one place: a turn failed, the rest goes on
            trace = traceback.format_exc()
            kind = type(arrival.event).__name__
            log.error("a turn on %s failed and was put aside: %s", kind, type(error).__name__)  # noqa: TRY400 - the trace may quote a learner; it is kept in the row
            await self._through(lambda: self._put_aside(arrival, trace))

    def _count(self, arrival: Arrival) -> None:
        metrics.turns.inc()
        metrics.turn_seconds.observe(max(0.0, (self._clock() - arrival.at).total_seconds()))

    async def _through(self, step: Callable[[], Awaitable[None]]) -> None:
        """The database may be away for a while; until it is back the arrival stays ours."""
        while True:
            try:
                return await step()
            except Unavailable as trouble:
                if self._stopping:
                    return None  # whoever starts next takes it up
                self._miss(trouble)
            await asyncio.sleep(RETRY)

    async def _put_aside(self, arrival: Arrival, trace: str) -> None:
        metrics.put_aside.inc()
        await self._storage.put_aside(arrival, trace, self._apology, self._clock())

    def _apology(self, language: str) -> tuple[Say]:
        spoken = language.split("-", 1)[0].lower()
        return (Say(self._sorry_in.get(spoken, self._sorry)),)

    async def _turn(self, arrival: Arrival) -> None:
        if self._groups and arrival.chat < 0:
            await self._groups.take(self._storage, arrival, self._clock())
            return
        for _ in range(TRIES):
            seen = await self._judged(arrival)
            now = self._clock()
            try:
                await self._storage.turn(
                    arrival,
                    self._meet,
                    lambda learner: self._decide(arrival, learner, seen, now),  # noqa: B023 - awaited here
                    now,
                )
            except _Moved:
                continue
            return
        raise RuntimeError("the open exercise changed under every judgement")

    def _meet(self, person: Person) -> Learner:
        return replace(self._mind.meet(person), seed=self._seed())

    async def _judged(self, arrival: Arrival) -> _Seen:
        """Outside any transaction: what was typed becomes what was answered."""
        typed = arrival.event
        if not isinstance(typed, Typed | Overheard):
            return _Seen(None, typed)
        learner = await self._storage.look(arrival, self._meet)
        if learner is None:
            return _Seen(None, typed)
        judging = await asyncio.to_thread(self._mind.to_judge, learner, typed)
        if judging is None:
            return _Seen(learner, typed)
        verdict = await self._judge(judging.question, judging.text)
        metrics.verdicts.labels(verdict.family).inc()
        event = Answered(judging.key, typed.text, verdict, typed.message, typed.edited)
        return _Seen(learner, event, judging.key)

    def _decide(self, arrival: Arrival, learner: Learner, seen: _Seen, now: datetime) -> Turn:
        """In the transaction. What was judged must still be what is open."""
        if isinstance(arrival.event, Typed | Overheard) and learner != seen.learner:
            judging = self._mind.to_judge(learner, arrival.event)
            if (judging.key if judging else None) != seen.key:
                raise _Moved
        if arrival.person and arrival.person.name != learner.name:
            learner = replace(learner, name=arrival.person.name)
        return self._mind.respond(learner, seen.event, now)
