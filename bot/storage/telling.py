"""Words that no turn wrote, in the language of whoever reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeAlias

import sqlalchemy as sa

from bot.storage import outbox
from bot.storage.tables import learner as learners
from bot.tutor.events import Announced, Arrival, Blocked, Idle
from bot.tutor.turn import Utterance

InTheirs: TypeAlias = Callable[[str], Sequence[Utterance]]  # by an IETF tag, "" when untold

UNASKED = (Announced, Blocked, Idle)  # nobody waits for a word about them


def tell(connection: sa.Connection, arrival: Arrival, says: InTheirs, now: datetime) -> None:
    """About this arrival, to the person whose it was; a group need not hear it."""
    is_heard = arrival.chat > 0 and not isinstance(arrival.event, UNASKED)
    said = says(_language(connection, arrival)) if is_heard else ()
    outbox.write(connection, arrival, said, now)


def _language(connection: sa.Connection, arrival: Arrival) -> str:
    """The one that a learner chose; a stranger's is that of their Telegram."""
    chosen = sa.select(learners.c.state["language"].as_string())
    known: str | None = connection.scalar(chosen.where(learners.c.chat == arrival.chat))
    return known or (arrival.person.language if arrival.person else "")
