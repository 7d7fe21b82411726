"""Who lives before the bot: people, groups, what ails the net, and the clock they all read."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from typing import TypeAlias

from bot.local.api.exchange import Exchange
from bot.local.api.faults import Faults
from bot.local.api.limits import Limits
from bot.local.clock import Clock
from bot.local.groups import Group
from bot.local.people import Person
from bot.local.things import User
from bot.local.world import Change

NextMoment: TypeAlias = Callable[[int], Awaitable[datetime | None] | datetime | None]


class Town:
    """People and groups by name, and their clock; whoever serves it is no matter here."""

    def __init__(
        self, clock: Clock, exchange: Exchange, next_drop: NextMoment | None = None
    ) -> None:
        self.clock = clock
        self.exchange = exchange
        self._next_drop = next_drop

    def person(self, user_id: int, name: str, language: str = "en", username: str = "") -> Person:
        user = User(user_id, name, username, language)
        return Person(self.exchange, self.exchange.world.state.users.setdefault(user_id, user))

    def people(self) -> list[Person]:
        users = self.exchange.world.state.users.values()
        return [Person(self.exchange, user) for user in users if not user.is_bot]

    def group(
        self,
        title: str,
        *members: Person,
        kind: str = "group",
        forum: bool = False,
        with_bot: bool = True,
    ) -> Group:
        """A new group; the first member is its creator. A forum is a supergroup."""
        chat = self.exchange.world.new_chat("supergroup" if forum else kind, title)
        chat.forum = forum
        chat.members = {person.id: "member" for person in members}
        chat.members[members[0].id] = "creator"
        group = Group(self.exchange, chat.id)
        if with_bot:
            group.bring_bot(members[0])
        return group

    def groups(self) -> list[Group]:
        chats = self.exchange.world.state.chats.values()
        current = [c.id for c in chats if c.kind != "private" and c.moved_to is None]
        return [Group(self.exchange, chat_id) for chat_id in current]

    def changes(self) -> AsyncIterator[Change]:
        return self.exchange.world.feed.changes()

    @property
    def waiting(self) -> int:
        return len(self.exchange.updates)

    @property
    def faults(self) -> Faults:
        return self.exchange.faults

    @property
    def calls(self) -> Counter[str]:
        """How often each method was answered with each code: "sendMessage 200"."""
        return self.exchange.calls

    @property
    def limits(self) -> Limits:
        return self.exchange.floods.limits

    @limits.setter
    def limits(self, limits: Limits) -> None:
        self.exchange.floods.limits = limits

    @property
    def knows_next_drop(self) -> bool:
        return self._next_drop is not None

    async def next_drop(self, chat_id: int) -> datetime | None:
        """The moment of which the bot says that something comes then, in this chat."""
        found = self._next_drop(chat_id) if self._next_drop else None
        return await found if isinstance(found, Awaitable) else found

    def move_clock(self, moment: datetime) -> None:
        self.exchange.world.move_clock(moment)
        self.exchange.close_polls_in_time()
