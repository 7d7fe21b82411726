"""The tutor put together: storage, turns, postman, clock and intake, in the order of starting."""

from __future__ import annotations

import asyncio
import itertools
import secrets
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import structlog
from telegram import Bot, BotCommand

from bot.cli.health import Health
from bot.cli.makers import Makers
from bot.errands import Errands, Training
from bot.intake.keeping import Keeping
from bot.intake.patience import Patience
from bot.intake.poller import Poller
from bot.intake.standby import Standby
from bot.intake.webhook import Webhook
from bot.postman.pacing import FREE, PAID, Pace, Rates
from bot.postman.postman import Postman
from bot.schedule import Schedule
from bot.settings import Settings
from bot.storage import Storage, Unavailable
from bot.telegram.inline import Inline
from bot.telegram.line import bot_of, reach
from bot.telegram.pictures import Pictures
from bot.telegram.standing import standing
from bot.telegram.wire import Wire
from bot.turns import Judges, Turns, Tutor
from bot.turns.groups import Groups
from bot.tutor import commands, wording
from bot.tutor.asked.defining import definitions
from bot.tutor.rhythm.places import find_place
from bot.tutor.studio.running import TRAIN
from lessons.loader.loading import ENGLISH, load_all

if TYPE_CHECKING:
    from lessons.course import Course

log = structlog.get_logger(__name__)
Now: TypeAlias = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Line:
    """How Telegram is reached: whose bot, where, how fast."""

    token: str
    api_url: str
    rates: Rates
    long_poll: int = 50  # seconds
    updates_a_minute: int | None = None  # of one person; None: as many as they like


@dataclass(frozen=True, slots=True)
class Running:
    """A tutor at work."""

    storage: Storage
    schedule: Schedule
    turns: Turns
    postman: Postman
    errands: Errands
    course: Course
    bot: Bot
    told_in: Mapping[str, Course]  # the course by language

    async def settled(self) -> None:
        """Nothing in the inbox, nothing that may be sent: until the world or the clock moves."""
        quiet = False
        while not quiet:
            await self.turns.settled()
            await self.errands.settled()
            await self.postman.settled()
            quiet = await self.storage.inbox_is_empty() and await self.storage.tasks_are_done()


@asynccontextmanager
async def running(
    settings: Settings, line: Line, now: Now = utc_now, seed: int | None = None
) -> AsyncIterator[tuple[Running, list[asyncio.Task[None]]]]:
    """A tutor at work, and its parts, which end when they fail; leaving stops and drains it."""
    async with AsyncExitStack() as stack:
        storage = Storage(settings.database_url.get_secret_value())
        stack.callback(storage.close)
        storage.migrate()
        told_in = load_all()
        course = told_in[ENGLISH]
        bot = bot_of(line.token, line.api_url)
        stack.push_async_callback(bot.shutdown)  # also when Telegram refuses it
        await reach(bot.initialize)
        makers = Makers(storage)
        stack.callback(makers.close)
        judges = await stack.enter_async_context(Judges())
        turns = _turns(storage, told_in, judges, bot, now, _chance(seed))
        postman = _postman(settings, storage, makers, bot, line.rates, now)
        schedule = Schedule(storage, now)
        errands = Errands(storage, {TRAIN: Training()}, clock=now)
        whole = Running(storage, schedule, turns, postman, errands, course, bot, told_in)
        parts = await _started(stack, settings, line, whole, now)
        stack.push_async_callback(_given_up, asyncio.create_task(_warm(judges, makers, storage)))
        yield whole, parts


async def _warm(judges: Judges, makers: Makers, storage: Storage) -> None:
    """What answers need, before anyone waits for it: one by one, for answers come already."""
    await judges.warm()
    storage.inbox_bell.ring()  # what is typed waited for it
    await makers.warm()
    await asyncio.to_thread(find_place, "Berlin")


async def _given_up(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])


def _turns(
    storage: Storage,
    told_in: Mapping[str, Course],
    judges: Judges,
    bot: Bot,
    now: Now,
    chance: Callable[[], int],
) -> Turns:
    course = told_in[ENGLISH]
    sorry = {one: str(wording.of(one)("sorry")) for one in wording.languages()}
    groups = Groups(course, partial(standing, bot), chance)
    mind = Tutor(course, told_in)
    return Turns(
        storage,
        mind,
        judges,
        sorry[ENGLISH],
        sorry_in=sorry,
        clock=now,
        seed=chance,
        groups=groups,
        is_cold=lambda: judges.is_cold,
    )


def _postman(
    settings: Settings, storage: Storage, makers: Makers, bot: Bot, rates: Rates, now: Now
) -> Postman:
    pictures = Pictures(makers.recipes(), keys=makers.keys())
    wire = Wire(bot, storage, pictures, paid=settings.paid_broadcast)
    return Postman(storage, wire, Pace(rates), places=settings.sending_at_once, clock=now)


def _chance(seed: int | None) -> Callable[[], int]:
    """Where a new learner's numbers come from: a demonstration wants the same every time."""
    return (lambda: secrets.randbits(48)) if seed is None else itertools.count(seed).__next__


async def _started(
    stack: AsyncExitStack, settings: Settings, line: Line, whole: Running, now: Now
) -> list[asyncio.Task[None]]:
    """From the inside out, and stopped from the outside in: no arrival meets a closed door."""
    with suppress(Unavailable):  # the turns try again within seconds
        await whole.storage.revive(now())
    parts = [
        _part(stack, whole.postman.run(), whole.postman.stop),
        _part(stack, whole.turns.run(), whole.turns.stop),
        _part(stack, whole.errands.run(), whole.errands.stop),
    ]
    whole.schedule.start()
    stack.callback(whole.schedule.stop)
    for language in sorted(wording.languages()):
        await reach(partial(_show_menu, whole.bot, language))
    intake, polling = await _intake(stack, settings, line, whole, now)
    if polling:
        parts.append(polling)
    if settings.metrics_listen:
        alive = {
            "intake": intake,
            "clock": lambda: whole.schedule.is_alive,
            "parts": lambda: not any(part.done() for part in parts),
        }
        health = Health(whole.storage, alive, now)
        await health.start(settings.metrics_listen)
        stack.push_async_callback(health.stop)
    return parts


async def _intake(
    stack: AsyncExitStack, settings: Settings, line: Line, whole: Running, now: Now
) -> tuple[Callable[[], bool], asyncio.Task[None] | None]:
    """Whether updates can come in, for whoever asks; the task of polling where there is one."""
    patience = Patience(line.updates_a_minute) if line.updates_a_minute else None
    inline = Inline(whole.bot, partial(definitions, whole.told_in))
    keeping = Keeping(whole.bot, whole.storage, now, patience, _slower, inline.answer)
    if not (settings.webhook_url and settings.webhook_secret):
        poller = Poller(whole.bot, keeping, line.long_poll)
        standby = Standby(poller, lambda: whole.storage.leads)
        return (lambda: standby.is_alive), _part(stack, standby.run(), None)
    webhook = Webhook(
        whole.bot,
        keeping,
        url=settings.webhook_url,
        secret=settings.webhook_secret.get_secret_value(),
        listen=settings.listen,
    )
    await webhook.start()
    stack.push_async_callback(webhook.stop)
    return (lambda: webhook.is_alive), None


def _slower(language: str) -> str:
    return str(wording.of(language)("slower"))


def _part(
    stack: AsyncExitStack, work: Coroutine[Any, Any, None], stop: Callable[[], None] | None
) -> asyncio.Task[None]:
    task = asyncio.create_task(work)

    async def end() -> None:
        stop() if stop else task.cancel()
        await asyncio.wait([task])

    stack.push_async_callback(end)
    return task


async def _show_menu(bot: Bot, language: str) -> None:
    """English is for everybody whose language has no menu of its own."""
    shown = [BotCommand(name, line) for name, line in commands.menu(language)]
    await bot.set_my_commands(shown, language_code="" if language == ENGLISH else language)


def rates_of(settings: Settings) -> Rates:
    return PAID if settings.paid_broadcast else FREE
