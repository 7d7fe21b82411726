"""The chat on a terminal: lines in, what the person would see out; a pipe will do as well."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TextIO, TypeAlias

from rich.console import Console
from rich.text import Text

from bot.local.people import Impossible, Person
from bot.local.phone import LocalTelegram
from bot.local.printing import show
from bot.local.screen import Screen
from bot.local.things import Message

Settled: TypeAlias = Callable[[], Awaitable[None]]
HELP = """\
A line is what the person types. One that begins with a colon is for this phone:
  :tap 2       taps button [2]          :tap Later     the newest button of these words
  :vote 1      votes for option (1)     :show          shows hidden text
  :edit TEXT   edits your last message  :photo :voice :sticker :place 40.4 -3.7
  :next-day    moves the clock a day    :next-drop     moves it to the next drop
  :as Luis     becomes another person   :group Friday  a group of everybody
  :private     back to your own chat    :block :unblock :quit"""
GLANCE = 0.2  # seconds between looks for something new, while someone sits there


class Terminal:
    """`settled()` returns once the bot has nothing left to do; only then the next line is read."""

    def __init__(self, phone: LocalTelegram, me: Person, settled: Settled, out: Console) -> None:
        self._phone = phone
        self._me = me
        self._screen: Screen = me.chat
        self._settled = settled
        self._out = out
        self._shown: dict[tuple[int, int], Face] = {}
        self._buttons: list[tuple[Message, int]] = []
        self._last_typed: Message | None = None

    async def run(self, source: TextIO) -> None:
        """Reads lines until they end or `:quit`."""
        interactive = source.isatty()
        if interactive:
            self._out.print(Text(HELP, style="dim"))
        glancing = asyncio.create_task(self._glance()) if interactive else None
        lines = _lines(source)
        self._prompt(interactive)
        while (line := await lines.get()) is not None:
            if not interactive and line.strip():
                self._out.print(Text(f"> {line}", style="bold"), soft_wrap=True)
            if line.strip() == ":quit":
                break
            await self._obey(line.strip())
            await self._settled()
            self.look()
            self._prompt(interactive)
        if glancing is not None:
            glancing.cancel()

    def _prompt(self, interactive: bool) -> None:
        if interactive:
            self._out.print(Text(f"{self._me.name}> ", style="bold"), end="")

    async def _glance(self) -> None:
        while True:
            await asyncio.sleep(GLANCE)
            self.look()

    def look(self) -> None:
        """Prints what is new in the open chat since the last look."""
        for message in self._screen.messages:
            key = (message.chat_id, message.message_id)
            before, now = self._shown.get(key), _face(message)
            self._shown[key] = now
            if message.sender != self._me.id and not message.service:
                if before is None:
                    self._print(message, "")
                elif before.body != now.body or now.buttons not in {before.buttons, ()}:
                    self._print(message, "✎ ")
            if now.marks and (before is None or before.marks != now.marks):
                self._say(Text(f"({now.marks})", style="dim"))

    def _print(self, message: Message, sign: str) -> None:
        if message.buttons:
            count = sum(len(row) for row in message.buttons)
            self._buttons = [(message, index) for index in range(count)]
        bot = self._phone.exchange.world.bot.id
        sender = self._phone.exchange.world.user(message.sender).first_name
        name = "" if message.sender == bot else f"{sender}: "
        self._bring(Text(sign + name, style="dim") + show(message))

    def _bring(self, text: Text) -> None:
        """A message: with a bar beside it before a reader, as bare lines into a pipe."""
        if self._out.is_terminal:
            for line in text.wrap(self._out, self._out.width - 2):
                self._out.print(Text("┃ ", style="green") + line)
            self._out.print()
        else:
            self._say(text)

    def _say(self, text: Text) -> None:
        self._out.print(text, soft_wrap=True)

    async def _obey(self, line: str) -> None:
        if not line:
            return
        try:
            if line.startswith(":"):
                await self._command(*line[1:].partition(" ")[::2])
            else:
                where = None if self._screen.id == self._me.id else self._screen
                self._last_typed = await self._me.type(line, where)
        except (Impossible, ValueError) as reason:
            self._say(Text(f"({reason})", style="yellow"))

    async def _command(self, name: str, rest: str) -> None:
        rest = rest.strip()
        actions: dict[str, Callable[[], Awaitable[object]]] = {
            "tap": lambda: self._tap(rest),
            "vote": lambda: self._vote(rest),
            "edit": lambda: self._edit(rest),
            "show": self._show,
            "photo": self._me.send_photo,
            "voice": self._me.send_voice,
            "sticker": self._me.send_sticker,
            "place": lambda: self._place(rest),
            "next-day": self._next_day,
            "next-drop": self._next_drop,
            "as": lambda: self._become(rest),
            "group": lambda: self._open_group(rest),
            "private": lambda: self._become(self._me.name),
            "block": self._me.block,
            "unblock": self._me.unblock,
            "help": self._help,
        }
        if name not in actions:
            raise Impossible(f"There is no :{name}. Try :help.")
        await actions[name]()

    async def _help(self) -> None:
        self._say(Text(HELP))

    def _numbered(self, number: int) -> tuple[Message, int]:
        if not 1 <= number <= len(self._buttons):
            raise Impossible(f"There is no button [{number}].")
        message, index = self._buttons[number - 1]
        if index >= sum(len(row) for row in message.buttons):
            raise Impossible(f"Button [{number}] is gone.")
        return message, index

    async def _tap(self, rest: str) -> None:
        by_number = rest.isdigit()
        message, index = self._numbered(int(rest)) if by_number else self._screen.button(rest)
        tap = await self._me.tap(message, index)
        await self._settled()
        if tap.toast and tap.toast.url and await self._me.follow(tap.toast.url):
            self._open(self._me.chat)
        elif tap.toast and (tap.toast.text or tap.toast.url):
            self._say(Text(f"({tap.toast.text or tap.toast.url})", style="yellow"))

    async def _vote(self, rest: str) -> None:
        polls = [message for message in self._screen.messages if message.poll]
        if not polls:
            raise Impossible("There is no poll here.")
        await self._me.vote(polls[-1], *(int(number) - 1 for number in rest.split()))

    async def _edit(self, rest: str) -> None:
        if self._last_typed is None or not rest:
            raise Impossible("Nothing was typed yet, or the new text is missing.")
        where = None if self._screen.id == self._me.id else self._screen
        await self._me.edit(self._last_typed, rest, where)

    async def _show(self) -> None:
        hiding = [m for m in self._screen.said if any(e.kind == "spoiler" for e in m.entities)]
        if hiding:
            self._say(show(hiding[-1], reveal=True))

    async def _place(self, rest: str) -> None:
        latitude, longitude = (float(part) for part in rest.replace(",", " ").split())
        await self._me.send_location(latitude, longitude)

    async def _next_day(self) -> None:
        self._phone.move_clock(self._phone.clock.now() + timedelta(days=1))

    async def _next_drop(self) -> None:
        moment = await self._phone.next_drop(self._screen.id)
        if moment is None:
            raise Impossible("No drop is planned here.")
        self._phone.move_clock(moment)

    async def _become(self, name: str) -> None:
        if not name:
            raise Impossible("Who? For example :as Luis.")
        known = {person.name.lower(): person for person in self._phone.people()}
        number = max((person.id for person in known.values()), default=0) + 1
        self._me = known.get(name.lower()) or self._phone.person(number, name)
        self._open(self._me.chat)

    async def _open_group(self, title: str) -> None:
        known = {group.title.lower(): group for group in self._phone.groups()}
        group = known.get(title.lower())
        if group is None:
            group = self._phone.group(title, self._me, *self._others())
        self._open(group)

    def _others(self) -> list[Person]:
        return [person for person in self._phone.people() if person.id != self._me.id]

    def _open(self, screen: Screen) -> None:
        self._screen = screen
        self._buttons = []
        self._last_typed = None


@dataclass(frozen=True, slots=True)
class Face:
    """What of a message is worth printing again when it changes."""

    body: tuple[str, ...]
    buttons: tuple[str, ...]
    marks: str


def _face(message: Message) -> Face:
    poll = message.poll
    votes = f"{sorted(poll.votes.items())} {poll.closed}" if poll else ""
    body = (message.html, votes, message.file.file_id if message.file else "")
    buttons = tuple(button.label for row in message.buttons for button in row)
    marks = "".join(emoji for emojis in message.reactions.values() for emoji in emojis)
    return Face(body, buttons, marks)


def _lines(source: TextIO) -> asyncio.Queue[str | None]:
    """Lines as they come, then None. The thread that reads never holds up the end."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[str | None] = asyncio.Queue()

    def read() -> None:
        for line in source:
            loop.call_soon_threadsafe(queue.put_nowait, line.rstrip("\n"))
        loop.call_soon_threadsafe(queue.put_nowait, None)

    threading.Thread(target=read, daemon=True).start()
    return queue
