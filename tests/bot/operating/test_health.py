"""/healthz, /readyz and /metrics say what is so."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from tutors import Tutor, eventually, free_port

from bot.cli.health import Health
from bot.storage import Storage


async def test_a_tutor_at_work_is_ready_and_counts_what_it_does(tutors, phone, sqlite_url):
    tutor = await tutors.start(sqlite_url)
    ana = phone.person(7, "Ana Unverwechselbar")
    await ana.type("/start")
    await ana.chat.next(30)
    await ana.type("77")
    await eventually(tutor.number, 'dropwise_verdicts_total{family="wrong"}')
    assert await tutor.ask("healthz") == (200, "alive\n")
    assert await tutor.ask("readyz") == (200, "ready\n")
    assert await tutor.number("dropwise_turns_total") == 2
    assert await tutor.number("dropwise_arrivals_total") == 2
    assert await tutor.number("dropwise_turn_seconds_count") == 2
    await eventually(tutor.number, "dropwise_inbox", is_=lambda open_: open_ == 0)
    await eventually(tutor.number, 'dropwise_letters_total{fate="delivered",lane="reply"}')
    _, page = await tutor.ask("metrics")
    for personal in ("Ana", "Unverwechselbar", phone.token):
        assert personal not in page
    labels = set(re.findall(r'(\w+)="', page))
    assert labels <= {"lane", "fate", "family", "room", "le", "generation", "implementation",
                      "major", "minor", "patchlevel", "version"}  # fmt: skip
    assert await tutor.stop() == 0


async def test_who_lost_telegram_is_alive_but_not_ready(postgres_url):
    async with health_of(postgres_url, telegram=True) as ask:
        assert await ask("readyz") == (200, "ready\n")
    async with health_of(postgres_url, telegram=False) as ask:
        assert await ask("readyz") == (503, "not ready: intake\n")
        assert await ask("healthz") == (200, "alive\n")


async def test_who_lost_the_database_is_alive_but_not_ready():
    nowhere = f"postgresql://127.0.0.1:{free_port()}/nothing"
    async with health_of(nowhere, telegram=True) as ask:
        assert await ask("readyz") == (503, "not ready: database\n")
        assert await ask("healthz") == (200, "alive\n")
        assert (await ask("metrics"))[0] == 200


@asynccontextmanager
async def health_of(database, telegram):
    storage = Storage(database)
    page = Health(storage, {"intake": lambda: telegram}, lambda: datetime.now(UTC))
    port = await page.start(("127.0.0.1", 0))
    yield Tutor(None, port).ask
    await page.stop()
    storage.close()
