"""The whole of storage, as the rest of the bot sees it: one method, one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.storage import (
    claiming,
    forgetting,
    groups,
    inbox,
    media,
    outbox,
    people,
    reaching,
    tasks,
    turning,
)
from bot.storage.burying import take_up
from bot.storage.condemning import condemn
from bot.storage.exporting import export
from bot.storage.inbox import Claimed
from bot.storage.letter import Letter, Sent
from bot.storage.pulse import Pulse, pulse
from bot.storage.replica import Replica
from bot.storage.slots import message_of, pins
from bot.storage.tasks import Errand
from bot.storage.telling import InTheirs, tell
from bot.tutor.events import Arrival, ChatId, Person, UserId
from bot.tutor.group.state import GroupTurn
from bot.tutor.learner import Learner
from bot.tutor.turn import Lane, Turn


class Storage(Replica):
    """Every method may raise Unavailable: the database is away, nothing was changed, try again."""

    # the inbox

    async def accept(self, arrivals: Sequence[Arrival]) -> None:
        """Once this returns the arrivals are kept; an arrival whose key is known is ignored."""
        await self.run(inbox.accept, arrivals)
        self.inbox_bell.ring()

    async def last_update(self) -> int | None:
        """The number of Telegram's update that was accepted last; None after a week of silence."""
        return await self.run_hastily(inbox.last_update)

    async def claim_arrivals(self, limit: int, now: datetime, cold: bool = False) -> list[Claimed]:
        """At most one arrival a chat, and none of a chat whose earlier one is in work.

        With each comes whether its chat has more. `cold`: nothing that a judge may be needed for.
        """
        return await self.run_hastily(lambda c: inbox.claim(c, limit, self.worker, now, cold=cold))

    async def inbox_is_empty(self) -> bool:
        return await self.run_hastily(inbox.is_empty)

    # the turn

    async def look(self, arrival: Arrival, meet: Callable[[Person], Learner]) -> Learner | None:
        """The learner of an arrival, read only; a stranger is met but not yet kept."""
        return await self.run_hastily(turning.look, arrival, meet)

    async def turn(
        self,
        arrival: Arrival,
        meet: Callable[[Person], Learner],
        decide: Callable[[Learner], Turn],
        now: datetime,
    ) -> Turn | None:
        """Take out, decide, put back in one transaction; None when there is no such learner.

        Raises Overtaken when the arrival is no longer this process's to take.
        """
        turn = await self.run(turning.turn, arrival, self.worker, meet, decide, now)
        self.outbox_bell.ring()
        if turn and turn.tasks:
            self.task_bell.ring()
        if turn and (turn.posts or turn.attempts or turn.finished or turn.learner is None):
            self.inbox_bell.ring()  # what it means for a group
        return turn

    async def group_turn(
        self, arrival: Arrival, decide: groups.Decide, now: datetime
    ) -> GroupTurn | None:
        """The same for a group; `decide` gets None where no such group is known."""
        turn = await self.run(groups.turn, arrival, self.worker, decide, now)
        self.outbox_bell.ring()
        self.inbox_bell.ring()  # what it means for members
        return turn

    async def put_aside(self, arrival: Arrival, trace: str, says: InTheirs, now: datetime) -> None:
        """The arrival whose turn failed leaves the way, with its trace; the learner is told."""
        await self.run(turning.put_aside, arrival, self.worker, trace, says, now)
        self.outbox_bell.ring()

    async def condemn(self, says: InTheirs, now: datetime) -> int:
        """Puts aside what killed process after process, and tells the learner; how many."""
        return await self.run(condemn, says, now)

    async def learner(self, user: UserId) -> Learner | None:
        return await self.run_hastily(people.learner, user)

    # the outbox

    async def claim_letters(
        self, now: datetime, limit: int, up_to: Lane = Lane.REMINDER, sent: Sequence[Sent] = ()
    ) -> list[Letter]:
        """Letters to send now, by lane, at most one a chat; they are `sending` from here on.

        First `sent` is noted; twice does no harm. A Toast waits for nobody; every other letter
        waits until the earlier ones of its chat are sent, unknown or failed, and until the chat's
        pause is over. A reply lifts what its own chat still waits for into its own lane. What is
        young is left to the replica whose chat it is.
        """
        wish = claiming.Wish(limit, up_to, self.part)
        return await self.run_hastily(claiming.exchange, now, wish, self.worker, sent)

    async def tell(self, arrival: Arrival, says: InTheirs, now: datetime) -> None:
        """Letters that no turn wrote, about an arrival that is not kept."""
        await self.run(tell, arrival, says, now)
        self.outbox_bell.ring()

    async def letter_sent(self, letter: int, now: datetime, message: int | None = None) -> None:
        """Sent; `message` is Telegram's id, kept for the letter's slot when it has one."""
        await self.run_hastily(outbox.sent, [Sent(letter, now, message)])
        self.outbox_bell.ring()

    async def letter_not_sent(self, letter: int) -> None:
        """Surely not sent (no connection, 429): it waits again, in its old place."""
        await self.run_hastily(outbox.not_sent, letter)

    async def letter_unknown(self, letter: int) -> None:
        """Perhaps sent (a read timeout): sent again once if needed, otherwise let go."""
        await self.run(outbox.unknown, letter)
        self.outbox_bell.ring()

    async def letter_failed(self, letter: int, reason: str) -> None:
        """It can never be sent."""
        await self.run(outbox.failed, letter, reason)
        self.outbox_bell.ring()

    async def pause_chat(self, chat: ChatId, until: datetime, letter: int) -> None:
        """No letter of this chat before `until` (429); this one, which was refused, waits again."""
        await self.run(outbox.pause, chat, until, letter)

    async def chat_gone(self, chat: ChatId, now: datetime) -> None:
        """403: drops what was unsent and lets the tutor know by a Blocked arrival."""
        await self.run(outbox.gone, chat, now)
        self.inbox_bell.ring()

    async def chat_moved(self, old: ChatId, new: ChatId) -> None:
        """A group became a supergroup: every stored chat id moves; done twice it does no harm."""
        await self.run(groups.moved, old, new)
        self.inbox_bell.ring()

    async def slot_message(self, chat: ChatId, slot: str) -> int | None:
        """The message that a letter of this slot is to replace by an edit."""
        return await self.run_hastily(message_of, chat, slot)

    async def pins(self, chat: ChatId, message: int) -> int | None:
        """From now on this is the message that the bot pinned; returns the one before."""
        return await self.run(pins, chat, message)

    async def letters_waiting(self) -> Mapping[Lane, int]:
        return await self.run_hastily(outbox.in_lanes)

    async def revive(self, now: datetime) -> None:
        """Takes up what a dead process had in work: call at a start and now and then."""
        await self.run(take_up, self.worker, self.stale(now), now)

    # pictures already at Telegram

    async def file_id(self, bot: int, key: str) -> str | None:
        return await self.run_hastily(media.file_id, bot, key)

    async def keep_file_id(self, bot: int, key: str, file_id: str) -> None:
        await self.run(media.keep, bot, key, file_id)

    async def drop_file_id(self, bot: int, key: str) -> None:
        await self.run(media.drop, bot, key)

    # tasks

    async def claim_tasks(self, now: datetime, limit: int) -> list[Errand]:
        return await self.run_hastily(tasks.claim, now, limit, self.worker)

    async def task_done(self, errand: Errand, result: str, now: datetime) -> None:
        """Comes back as a TaskDone arrival of the same chat, in the same transaction."""
        await self.run(tasks.done, errand, result, now)
        self.inbox_bell.ring()

    async def task_tells(self, errand: Errand, progress: str, number: int, now: datetime) -> None:
        """How far it is: a TaskGoesOn arrival of the same chat."""
        await self.run(tasks.tells, errand, progress, f"{self.worker}:{number}", now)
        self.inbox_bell.ring()

    async def task_wanted(self, errand: Errand) -> bool:
        """Whether somebody still waits for it."""
        return await self.run_hastily(tasks.wanted, errand)

    async def tasks_are_done(self) -> bool:
        return await self.run_hastily(tasks.all_done)

    # people and numbers

    async def export(self, user: UserId) -> dict[str, Any] | None:
        """All that is kept about a learner: `learner`, `drops`, `attempts`, `reviews` and more."""
        return await self.run(export, user)

    async def forget(self, user: UserId) -> bool:
        """Erases every row of a learner's; whether there was one."""
        return await self.run(forgetting.forget, user)

    async def stats(self, now: datetime) -> dict[str, Any]:
        return await self.run(people.stats, now)

    async def pulse(self, now: datetime) -> Pulse:
        return await self.run_hastily(pulse, now)

    async def tidy(self, now: datetime) -> None:
        """Lets go of what is done and old enough never to be asked for again."""
        for room in (inbox, outbox, tasks, forgetting):
            await self.run(room.tidy, now)
        await self.run(reaching.knock_on_idle, now)
