"""What the database says about the learners of a kill loop, read from outside the tutor."""

from __future__ import annotations

import asyncio
import html
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import sqlalchemy as sa

from bot.storage import packing
from bot.storage.tables import attempt, chat_pause, delivery, inbox, letter
from bot.storage.tables import learner as learners
from bot.tutor.learner import EVERY_DAY

LOOK = 0.05  # seconds between two looks


@dataclass(frozen=True, slots=True)
class View:
    """By chat: updates taken in, what is open in the inbox and the outbox, drops due."""

    updates: Counter = field(default_factory=Counter)
    open: Counter = field(default_factory=Counter)
    drops: Counter = field(default_factory=Counter)


class Ledger:
    def __init__(self, url: str) -> None:
        self._engine = sa.create_engine(url.replace("postgres://", "postgresql://", 1))
        self.view = View()
        self.troubled = time.monotonic()  # when the tutor was killed last, and started again
        self.looks = asyncio.Condition()

    async def watch(self) -> None:
        """Looks again and again, and tells those who wait."""
        while True:
            self.view = await asyncio.to_thread(self._look)
            async with self.looks:
                self.looks.notify_all()
            await asyncio.sleep(LOOK)

    def close(self) -> None:
        self._engine.dispose()

    def _rows(self, query: sa.Select) -> list[sa.Row]:
        with self._engine.connect() as connection:
            return list(connection.execute(query).all())

    def _look(self) -> View:
        def count(table: sa.Table, which: sa.ColumnElement[bool]) -> Counter:
            query = sa.select(table.c.chat, sa.func.count()).where(which).group_by(table.c.chat)
            return Counter(dict(map(tuple, self._rows(query))))

        drops = count(inbox, inbox.c.key.like("drop:%"))  # what came is looked at before its end
        updates = count(inbox, inbox.c.number.is_not(None))
        arrivals = count(inbox, inbox.c.done_at.is_(None))
        is_follower = ~letter.c.waits & (letter.c.tap == "")  # a picture behind its words
        letters = count(letter, letter.c.done_at.is_(None) & ~is_follower)
        return View(updates, arrivals + letters, drops)

    def learner(self, user: int):
        rows = self._rows(sa.select(learners).where(learners.c.user_id == user))
        return packing.unpack_learner(rows[0]._mapping) if rows else None

    def knock(self, user: int, minutes: int) -> None:
        """The learner's hour came yesterday so many minutes past midnight; no drop came since."""
        midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        due = midnight - timedelta(days=1) + timedelta(minutes=minutes)
        moved = sa.update(learners).where(learners.c.user_id == user)
        when = {
            "zone": sa.func.coalesce(learners.c.zone, "Europe/Berlin"),
            "hour": sa.func.coalesce(learners.c.hour, "08:00"),
            "days": sa.func.coalesce(learners.c.days, EVERY_DAY),
        }
        with self._engine.begin() as connection:
            connection.execute(moved.values(next_drop=due, last_drop=None, **when))

    def waits(self, user: int) -> list[str]:
        """What is open for a learner, in words: whose it is, how often it died, what it bears."""
        in_hand = sa.and_(inbox.c.chat == user, inbox.c.done_at.is_(None))
        to_say = sa.and_(letter.c.chat == user, letter.c.done_at.is_(None))
        arrivals = [
            f"arrival {row.key} in {row.worker or 'no'} hands, {row.deaths} deaths"
            for row in self._rows(sa.select(inbox).where(in_hand))
        ]
        letters = [
            f"letter {row.id} in {row.worker or 'no'} hands, repeated {row.repeated},"
            f" {(datetime.now(UTC) - row.at).total_seconds():.0f} s old, {_borne(row.utterance)}"
            for row in self._rows(sa.select(letter).where(to_say).order_by(letter.c.id))
        ]
        pauses = self._rows(sa.select(chat_pause).where(chat_pause.c.chat == user))
        return [*arrivals, *letters, *(f"paused until {row.not_before:%H:%M:%S}" for row in pauses)]

    # what is counted at the end

    def answers(self, user: int) -> Counter:
        """Judged answers of a learner by their text; those that were right apart."""
        found = self._rows(sa.select(attempt).where(attempt.c.user_id == user))
        return Counter(row.detail["text"] for row in found)

    def repeated_steps(self) -> list[str]:
        """Exercises that were right and asked again at once; drops that came twice.

        Later, as a review, a step may by chance come with numbers that it had before.
        """
        asked = sa.select(attempt).where(attempt.c.family == "right").order_by(attempt.c.id)
        right: dict[int, list] = {}
        for row in self._rows(asked):
            step = row.lesson, row.exercise, str(row.detail["values"])
            right.setdefault(row.user_id, []).append(step)
        again = [(user, one) for user, own in right.items() for one, n in pairwise(own) if one == n]
        came = Counter((row.user_id, row.lesson) for row in self._rows(sa.select(delivery)))
        again += [drop for drop, times in came.items() if times > 1]
        return [f"twice: {one}" for one in again]

    def put_aside(self) -> list[str]:
        """Traces of turns that failed."""
        failed = self._rows(sa.select(inbox.c.trace).where(inbox.c.trace.is_not(None)))
        return [row.trace for row in failed]

    def undone(self) -> int:
        rows = [self._rows(sa.select(t.c.id).where(t.c.done_at.is_(None))) for t in (inbox, letter)]
        return sum(map(len, rows))

    def resent(self) -> int:
        """Letters whose fate was unknown and that were sent again."""
        return len(self._rows(sa.select(letter.c.id).where(letter.c.repeated)))

    def failed_letters(self) -> list[str]:
        """Why messages could not be sent, taps too old to be answered apart."""
        failed = self._rows(sa.select(letter).where(letter.c.fate == "failed"))
        return [row.reason for row in failed if row.utterance["is"] == "Say"]

    def texts(self, user: int, *, needed: bool) -> Counter:
        """What was to be said to a learner, as it reads on a screen; replaced lines apart."""
        said = self._rows(sa.select(letter).where(letter.c.chat == user, letter.c.slot == ""))
        return Counter(
            seen(row.utterance["text"])
            for row in said
            if row.utterance["is"] == "Say" and row.needed == needed
        )

    def replaced_texts(self, user: int) -> set[str]:
        said = self._rows(sa.select(letter).where(letter.c.chat == user, letter.c.slot != ""))
        return {seen(row.utterance["text"]) for row in said}


def _borne(utterance: dict) -> str:
    attachment = utterance.get("attachment")
    return f"{utterance['is']} with {attachment['recipe']}" if attachment else utterance["is"]


def seen(text: str) -> str:
    """A text in Telegram's HTML as it reads."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())
