"""Several tutors on one PostgreSQL: one polls, all work, and who is killed is replaced."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest
import sqlalchemy as sa
from tutors import eventually

from bot.storage.tables import inbox, learner, letter

pytestmark = [pytest.mark.timeout(300), pytest.mark.xdist_group("replicas")]
LEARNERS = 6


@pytest.fixture
def rows(postgres_url):
    engine = sa.create_engine(postgres_url)

    def ask(query):
        with engine.connect() as connection:
            return connection.execute(query).all()

    yield ask
    engine.dispose()


async def test_three_tutors_share_the_work_and_one_that_is_killed_is_replaced(
    tutors, phone, postgres_url, rows
):
    three = await asyncio.gather(*(tutors.start(postgres_url) for _ in range(3)))
    leader = await eventually(the_leader, three)
    people = [phone.person(100 + n, f"L{n}") for n in range(LEARNERS)]
    await asyncio.gather(*(chat(person, 8) for person in people))
    await leader.kill()
    await asyncio.gather(*(chat(person, 8) for person in people))
    others = [tutor for tutor in three if tutor is not leader]
    second = await eventually(the_leader, others)
    assert second is not leader
    await eventually(all_done, rows, is_=bool, seconds=110)  # what was in work has a minute's lease
    no_turn_was_taken_twice(rows)
    every_chat_kept_its_order(rows)
    assert "Traceback" not in tutors.said()


async def the_leader(tutors):
    leading = [tutor for tutor in tutors if await tutor.leads()]
    assert len(leading) <= 1
    return leading[0] if leading else None


async def chat(person, lines):
    """Says who they are, and counts: every line has one answer that can be told from all others."""
    await person.type("/start")
    for number in range(lines):
        await person.type(f"{person.id}{number}.25")


async def all_done(rows):
    arrivals = rows(sa.select(inbox.c.id).where(inbox.c.done_at.is_(None)).limit(1))
    letters = rows(sa.select(letter.c.id).where(letter.c.done_at.is_(None)).limit(1))
    came = rows(sa.select(sa.func.count()).select_from(inbox))[0][0]
    return not arrivals and not letters and came == LEARNERS * 18


def no_turn_was_taken_twice(rows):
    assert rows(sa.select(inbox.c.trace).where(inbox.c.trace.is_not(None))) == []
    answers = Counter((row.user_id, row.text) for row in rows(sa.text(
        "SELECT user_id, detail->>'text' AS text FROM attempt")))  # fmt: skip
    assert answers
    assert max(answers.values()) <= 2  # each line was typed twice, once before and once after
    assert len(rows(sa.select(learner.c.user_id))) == LEARNERS


def every_chat_kept_its_order(rows):
    """Whoever took them: of one chat, what came earlier was done earlier, and said earlier."""
    for table in (inbox, letter):
        done: dict[int, list] = {}
        for row in rows(sa.select(table.c.chat, table.c.done_at).order_by(table.c.id)):
            done.setdefault(row.chat, []).append(row.done_at)
        assert len(done) == LEARNERS
        for moments in done.values():
            assert moments == sorted(moments)
