"""A backup taken while the tutor runs brings everything back; a move leaves nothing behind."""

from __future__ import annotations

import asyncio
import stat

import pytest
import sqlalchemy as sa
from rows import EIGHT, NOON, keep, learner, typed
from small_mind import SmallMind, by_equality

from bot.storage import Refused, Storage, tables
from bot.storage.moving import back_up, bring_back, move_over
from bot.turns import Turns

PAIRS = [
    ("sqlite", "sqlite"),
    ("sqlite", "postgres"),
    ("postgres", "sqlite"),
    ("postgres", "postgres"),
]


@pytest.fixture
def databases(request, tmp_path):
    opened = []

    def new(kind):
        if kind == "postgres":
            url = request.getfixturevalue("empty_postgres_url") if not opened else None
            url = url or request.getfixturevalue("postgres_url")
        else:
            url = f"sqlite:///{tmp_path}/{len(opened)}.db"
        storage = Storage(url)
        storage.migrate()
        opened.append(storage)
        return storage

    yield new
    for storage in opened:
        storage.close()


async def judge(question, text):
    return by_equality(question, text)


def everything(storage):
    def dump(connection):
        return {
            name: [
                tuple(row)
                for row in connection.execute(sa.select(table).order_by(*table.primary_key))
            ]
            for name, table in tables.metadata.tables.items()
        }

    return storage.call(dump)


async def live(storage, numbers):
    turns = Turns(storage, SmallMind(), judge, "sorry", clock=lambda: NOON)
    running = asyncio.create_task(turns.run())
    for number in numbers:
        await storage.accept([typed(number, f"½ {number}", user=number % 5 + 1)])
    await asyncio.wait_for(turns.settled(), 20)
    turns.stop()
    await running


async def fill(storage):
    await asyncio.to_thread(keep, storage, learner(9, rhythm=EIGHT, next_drop=NOON))
    await live(storage, range(1, 21))
    for letter in await storage.claim_letters(NOON, 3):
        await storage.letter_sent(letter.id, NOON, 7)
    await storage.keep_file_id(1, "figure", "AAA")
    await storage.accept([typed(21, "waits")])


@pytest.mark.parametrize(("kind", "other"), PAIRS)
async def test_a_move_carries_every_row_and_the_tutor_goes_on(databases, kind, other):
    source, target = databases(kind), databases(other)
    await fill(source)
    counted = await asyncio.to_thread(move_over, source, target)
    assert everything(target) == everything(source)
    assert (counted["learner"], counted["inbox"], counted["letter"]) == (6, 21, 20)
    await live(target, range(22, 30))  # numbers go on, nothing collides
    assert len(everything(target)["letter"]) == 29


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_a_backup_brings_everything_back(databases, kind, tmp_path):
    source, file = databases(kind), tmp_path / "monday.dropwise"
    await fill(source)
    counted = await asyncio.to_thread(back_up, source, file)
    assert counted["inbox"] == 21
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.glob("monday*")] == ["monday.dropwise"]
    before = file.read_bytes()
    target = databases("sqlite")
    assert await asyncio.to_thread(bring_back, target, file) == counted
    assert everything(target) == everything(source)
    assert file.read_bytes() == before


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_a_backup_taken_while_learners_answer_is_of_one_moment(databases, kind, tmp_path):
    """Every turn that is in it is in it whole: an arrival that is done, and its letter."""
    source = databases(kind)
    answering = asyncio.create_task(live(source, range(1, 301)))
    for number in range(3):
        await asyncio.sleep(0.1)
        await asyncio.to_thread(back_up, source, tmp_path / f"{number}.dropwise")
    await answering
    for number in range(3):
        target = databases("sqlite")
        await asyncio.to_thread(bring_back, target, tmp_path / f"{number}.dropwise")
        rows = everything(target)
        done = tables.inbox.c.keys().index("done_at")
        said = tables.letter.c.keys().index("utterance")
        heard = sum(len(row[-1]["told"]) for row in rows["learner"])
        assert heard == len(rows["letter"]) == sum(row[done] is not None for row in rows["inbox"])
        assert all(row[said]["text"].startswith("heard ½") for row in rows["letter"])


async def test_what_would_overwrite_something_is_refused(databases, tmp_path):
    source, target = databases("sqlite"), databases("sqlite")
    await fill(source)
    file = tmp_path / "there.dropwise"
    file.write_text("a letter to Ana")
    with pytest.raises(Refused, match="exists already"):
        back_up(source, file)
    with pytest.raises(Refused, match="no backup of Dropwise"):
        bring_back(target, file)
    with pytest.raises(Refused, match="is no file"):
        bring_back(target, tmp_path / "nowhere")
    assert file.read_text() == "a letter to Ana"
    before = everything(source)
    await target.keep_file_id(1, "a", "b")
    with pytest.raises(Refused, match="not empty: it has rows in media"):
        await asyncio.to_thread(move_over, source, target)
    assert everything(source) == before
