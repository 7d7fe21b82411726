"""The world behind the server: who there is, what was said, and who is told of it."""

from __future__ import annotations

import asyncio
import hashlib
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.local.clock import Clock
from bot.local.refusal import bad
from bot.local.things import Chat, File, Message, User
from bot.local.updates import Update


@dataclass(frozen=True, slots=True)
class Change:
    """Something that somebody can see: what kind, in which chat, of which message."""

    kind: str  # message edit delete reaction poll pin action toast clock people fault commands
    chat_id: int = 0
    message: Message | None = None
    user_id: int = 0
    detail: dict[str, Any] = field(default_factory=dict)


class Feed:
    """Tells every change to all who listen, to one chat or to everything, at their own speed."""

    def __init__(self) -> None:
        self._listeners: dict[int | None, set[asyncio.Queue[Change]]] = {}

    def tell(self, change: Change) -> None:
        for wanted in (None, change.chat_id):
            for queue in self._listeners.get(wanted, ()):
                queue.put_nowait(change)

    @contextmanager
    def listening(self, chat_id: int | None = None) -> Iterator[asyncio.Queue[Change]]:
        queue: asyncio.Queue[Change] = asyncio.Queue()
        listeners = self._listeners.setdefault(chat_id, set())
        listeners.add(queue)
        try:
            yield queue
        finally:
            listeners.discard(queue)

    async def changes(self) -> AsyncIterator[Change]:
        with self.listening() as queue:
            while True:
                yield await queue.get()


@dataclass
class State:
    """All that a phone remembers when it is switched off."""

    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    profile: dict[str, Any] = field(default_factory=dict)  # commands, descriptions, by scope
    updates: deque[Update] = field(default_factory=deque)  # not yet acknowledged
    ahead: float = 0.0  # seconds by which the clock was moved from the machine's time
    last_message: int = 0
    last_poll: int = 0
    last_group: int = 0


class World:
    def __init__(self, clock: Clock, bot: User, state: State | None = None) -> None:
        self.clock = clock
        self.bot = bot
        self.state = state or State()
        self.state.users[bot.id] = bot
        self.feed = Feed()
        if self.state.ahead:
            clock.move_to(datetime.now(UTC) + timedelta(seconds=self.state.ahead))
        said = [m for chat in self.state.chats.values() for m in chat.log.values()]
        self._polls = [message for message in said if not _closed(message)]

    def now(self) -> datetime:
        return self.clock.now()

    def move_clock(self, moment: datetime) -> None:
        self.state.ahead = (moment - datetime.now(UTC)).total_seconds()
        self.clock.move_to(moment)
        self.feed.tell(Change("clock"))

    def user(self, user_id: int) -> User:
        if user_id not in self.state.users:
            raise bad("user not found")
        return self.state.users[user_id]

    def chat(self, chat_id: int) -> Chat:
        if chat_id not in self.state.chats:
            raise bad("chat not found")
        return self.state.chats[chat_id]

    def private(self, user_id: int) -> Chat:
        """The chat of a person with the bot, begun if it was not."""
        members = {user_id: "member", self.bot.id: "member"}
        return self.state.chats.setdefault(user_id, Chat(user_id, "private", members=members))

    def new_chat(self, kind: str, title: str) -> Chat:
        self.state.last_group += 1
        number = self.state.last_group
        chat_id = -1_000_000_000_000 - number if kind == "supergroup" else -number
        self.state.chats[chat_id] = Chat(chat_id, kind, title)
        return self.state.chats[chat_id]

    def open_polls(self) -> list[Message]:
        self._polls = [message for message in self._polls if not _closed(message)]
        return self._polls

    def post(self, chat: Chat, sender: int, **what: Any) -> Message:
        """A new message in a chat, seen by everybody in it."""
        message = Message(chat.id, self._next_id(chat), sender, self.now(), **what)
        chat.log[message.message_id] = message
        if message.poll is not None:
            self._polls.append(message)
        self.tell("message", message)
        return message

    def _next_id(self, chat: Chat) -> int:
        if chat.kind == "supergroup":
            chat.last_id += 1
            return chat.last_id
        self.state.last_message += 1
        return self.state.last_message

    def tell(self, kind: str, message: Message, user_id: int = 0) -> None:
        self.feed.tell(Change(kind, message.chat_id, message, user_id))

    def keep_file(self, kind: str, content: bytes, name: str, mime: str, **size: int) -> File:
        digest = hashlib.sha256(content + kind.encode() + name.encode()).hexdigest()
        file_id = f"{kind.upper()}-{digest[:40]}"
        made = File(file_id, digest[:15], kind, name, mime, content)
        made.width, made.height = size.get("width", 0), size.get("height", 0)
        made.duration = size.get("duration", 0)
        return self.state.files.setdefault(file_id, made)

    def file(self, file_id: str) -> File:
        if file_id not in self.state.files:
            raise bad("wrong remote file identifier specified: Wrong string length")
        return self.state.files[file_id]


def _closed(message: Message) -> bool:
    """Whether nobody can vote there, for want of a poll or because it is over."""
    return message.poll is None or message.poll.closed
