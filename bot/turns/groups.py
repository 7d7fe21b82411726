"""Turns of groups: who someone is there is asked of Telegram, then one transaction decides."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from bot.storage import Storage
from bot.tutor import group as minds
from bot.tutor.events import AnyEvent, Arrival, Blocked, ChatId, InGroup, UserId
from bot.tutor.group.respond import Event, new
from bot.tutor.group.state import Group, GroupTurn
from bot.tutor.visits import Finished, Forgotten, Knocked, Moved, Slipped, Wired, Woken
from lessons.course import Course

Standing: TypeAlias = Callable[[ChatId, UserId], Awaitable[str]]

OURS = (InGroup, Woken, Moved, Knocked, Wired, Finished, Slipped, Forgotten, Blocked)
ASKING = ("tapped", "command")  # what in a group depends on who it was
CODE = 9  # bytes of chance: twelve letters


@dataclass(frozen=True, slots=True)
class Groups:
    """`standing` tells a person's status in a chat, "" where Telegram does not say."""

    course: Course
    standing: Standing
    chance: Callable[[], int] = lambda: secrets.randbits(48)
    code: Callable[[], str] = lambda: secrets.token_urlsafe(CODE)

    async def take(self, storage: Storage, arrival: Arrival, now: datetime) -> None:
        event = await self._with_standing(arrival)
        await storage.group_turn(
            arrival, lambda group: self._decide(arrival, group, event, now), now
        )

    async def _with_standing(self, arrival: Arrival) -> AnyEvent:
        event = arrival.event
        if isinstance(event, Knocked | Wired):
            return replace(event, standing=await self.standing(arrival.chat, event.user))
        if isinstance(event, InGroup) and event.what in ASKING and arrival.person:
            standing = await self.standing(arrival.chat, arrival.person.user)
            return replace(event, standing=standing)
        return event

    def _decide(
        self, arrival: Arrival, group: Group | None, event: AnyEvent, now: datetime
    ) -> GroupTurn | None:
        """None for what is no group's business, and for a group that nobody added the bot to."""
        if not isinstance(event, OURS):
            return None
        if group is None:
            if not isinstance(event, InGroup) or event.what in ("left", "removed"):
                return None
            group = new(self.course, self.code(), self.chance())
        return self._respond(group, event, arrival, now)

    def _respond(self, group: Group, event: Event, arrival: Arrival, now: datetime) -> GroupTurn:
        return minds.respond(self.course, group, event, arrival.person, now)
