"""Pictures and files made off the event loop, each once, and remembered by what they show."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal, TypeAlias

import structlog

from bot.tutor.turn import Attachment

log = structlog.get_logger(__name__)

PATIENCE = 60.0  # seconds a picture may take; the message goes without it afterwards
REMEMBERED = 64  # pictures kept in memory
AT_ONCE = 8  # more than one, so that a file that reads the database waits for no picture


@dataclass(frozen=True, slots=True)
class Made:
    """A picture or file, ready to be sent; files of one `key` are one file, "" is never reused."""

    content: bytes
    filename: str
    kind: Literal["photo", "document"]
    key: str = ""


Maker: TypeAlias = Callable[[Mapping[str, str]], Made]
KeyOf: TypeAlias = Callable[[Mapping[str, str]], str]
Recipe: TypeAlias = tuple[str, tuple[tuple[str, str], ...]]


class Pictures:
    """Makes what attachments ask for; `executor` is where it is made, None for own threads.

    In the threads that all share, answers that are to be judged would wait behind pictures.
    `keys` has, by recipe, how a photo's key follows from its values: then one that Telegram has
    is not drawn again, not even by another process.
    """

    def __init__(
        self,
        makers: Mapping[str, Maker],
        executor: Executor | None = None,
        keys: Mapping[str, KeyOf] | None = None,
    ) -> None:
        self._makers = makers
        self._keys = keys or {}
        self._executor = executor or ThreadPoolExecutor(AT_ONCE, "pictures")
        self._places = asyncio.Semaphore(AT_ONCE)
        self._making: dict[Recipe, asyncio.Task[Made | None]] = {}
        self._made: OrderedDict[Recipe, Made] = OrderedDict()
        self._once: OrderedDict[Recipe, Made | None] = (
            OrderedDict()
        )  # what nobody reuses, until it is taken

    def key_of(self, attachment: Attachment) -> str:
        """The key of a photo that may be at Telegram; "" where only its making can tell."""
        key_of = self._keys.get(attachment.recipe)
        if key_of:
            return key_of(attachment.values)
        made = self._made.get(_recipe(attachment))
        return made.key if made and made.kind == "photo" else ""

    def is_ready(self, attachment: Attachment) -> bool:
        recipe = _recipe(attachment)
        return recipe in self._made or recipe in self._once

    async def prepare(self, attachment: Attachment) -> None:
        """Makes it, so that `take` need not wait; two who ask at once are served by one making."""
        recipe = _recipe(attachment)
        if self.is_ready(attachment):
            return
        if recipe not in self._making:
            self._making[recipe] = asyncio.create_task(self._make(recipe, attachment))
        await asyncio.wait([self._making[recipe]])

    async def take(self, attachment: Attachment) -> Made | None:
        """None when it cannot be made: that is logged, and the words go without it."""
        await self.prepare(attachment)
        recipe = _recipe(attachment)
        if recipe in self._made:
            self._made.move_to_end(recipe)
            return self._made[recipe]
        return self._once.pop(recipe, None)

    async def _make(self, recipe: Recipe, attachment: Attachment) -> Made | None:
        async with self._places:
            made = await self._made_by_its_maker(attachment)
        if made and made.key:
            self._made[recipe] = made
        else:
            self._once[recipe] = made
        for kept in (self._made, self._once):
            if len(kept) > REMEMBERED:
                kept.popitem(last=False)
        del self._making[recipe]
        return made

    async def _made_by_its_maker(self, attachment: Attachment) -> Made | None:
        maker = self._makers.get(attachment.recipe)
        if maker is None:
            log.error("nobody makes this attachment", recipe=attachment.recipe)
            return None
        loop, values = asyncio.get_running_loop(), dict(attachment.values)
        making = loop.run_in_executor(self._executor, maker, values)
        await asyncio.wait([making], timeout=PATIENCE)
        return _result(making, attachment.recipe)


def _recipe(attachment: Attachment) -> Recipe:
    return attachment.recipe, tuple(sorted(attachment.values.items()))


def _result(making: asyncio.Future[Made], recipe: str) -> Made | None:
    if not making.done():
        log.error("attachment takes too long", recipe=recipe, seconds=PATIENCE)
        return None
    if error := making.exception():
        log.error("attachment cannot be made", recipe=recipe, exc_info=error)
        return None
    return making.result()
