"""Pictures and files made off the event loop, each once, and remembered by what they show."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Literal, TypeAlias

import structlog

from bot.tutor.turn import Attachment

log = structlog.get_logger(__name__)

PATIENCE = 60.0  # seconds a picture may take; the message goes without it afterwards
REMEMBERED = 64  # pictures kept in memory


@dataclass(frozen=True, slots=True)
class Made:
    """A picture or file, ready to be sent; files of one `key` are one file, "" is never reused."""

    content: bytes
    filename: str
    kind: Literal["photo", "document"]
    key: str = ""


Maker: TypeAlias = Callable[[Mapping[str, str]], Made]
Recipe: TypeAlias = tuple[str, tuple[tuple[str, str], ...]]


class Pictures:
    """Makes what attachments ask for; `executor` is where it is made, None for a thread."""

    def __init__(self, makers: Mapping[str, Maker], executor: Executor | None = None) -> None:
        self._makers = makers
        self._executor = executor
        self._making: dict[Recipe, asyncio.Future[Made]] = {}
        self._made: OrderedDict[Recipe, Made] = OrderedDict()

    async def make(self, attachment: Attachment) -> Made | None:
        """None when it cannot be made: that is logged, and the words go without it."""
        recipe = (attachment.recipe, tuple(sorted(attachment.values.items())))
        if recipe in self._made:
            self._made.move_to_end(recipe)
            return self._made[recipe]
        if attachment.recipe not in self._makers:
            log.error("nobody makes this attachment", recipe=attachment.recipe)
            return None
        making = self._making.get(recipe) or self._begin(recipe, attachment)
        await asyncio.wait([making], timeout=PATIENCE)
        self._making.pop(recipe, None)
        made = _result(making, attachment.recipe)
        if made and made.key:
            self._remember(recipe, made)
        return made

    def _begin(self, recipe: Recipe, attachment: Attachment) -> asyncio.Future[Made]:
        maker, values = self._makers[attachment.recipe], dict(attachment.values)
        making = asyncio.get_running_loop().run_in_executor(self._executor, maker, values)
        self._making[recipe] = making
        return making

    def _remember(self, recipe: Recipe, made: Made) -> None:
        self._made[recipe] = made
        if len(self._made) > REMEMBERED:
            self._made.popitem(last=False)


def _result(making: asyncio.Future[Made], recipe: str) -> Made | None:
    if not making.done():
        log.error("attachment takes too long", recipe=recipe, seconds=PATIENCE)
        return None
    if error := making.exception():
        log.error("attachment cannot be made", recipe=recipe, exc_info=error)
        return None
    return making.result()
