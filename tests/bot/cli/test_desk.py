"""Lines from a pipe: each waits until the tutor has nothing left to say to the one before."""

import asyncio
import io
import json
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from pydantic import SecretStr
from rich.console import Console

from bot.cli.assembly import Line, running
from bot.cli.desk import Desk
from bot.local import FREE, LocalTelegram, Trouble
from bot.local.api.journal import read_journal
from bot.local.terminal import Terminal
from bot.postman.pacing import FREE as UNPACED
from bot.settings import Settings
from tests.bot.local.described import faults

DROPWISE = Path(sys.executable).with_name("dropwise")


@pytest.fixture
async def desk(tmp_path):
    """A tutor at work behind its own phone, and the desk between them."""
    settings = Settings.model_construct(database_url=SecretStr(f"sqlite:///{tmp_path}/d.sqlite3"))
    desk = Desk()
    async with LocalTelegram(desk, limits=FREE) as phone:
        line = Line(phone.token, phone.url, UNPACED, long_poll=1)
        async with running(settings, line, desk.now, seed=12) as (desk.tutor, _):
            yield desk, phone


async def test_a_message_that_telegram_refuses_for_now_is_waited_for(desk):
    desk, phone = desk
    out = Console(file=io.StringIO(), width=100)
    phone.faults.strike(Trouble.BROKEN, times=1, methods=("sendMessage",))
    terminal = Terminal(phone, phone.person(1, "Ana"), partial(desk.settled, phone), out)
    await terminal.run(io.StringIO("/start\n"))
    assert phone.calls["sendMessage 502"] == 1
    assert "What is" in out.file.getvalue()


async def test_the_inspector_shows_the_learner_the_exercise_and_the_letters_that_wait(desk):
    desk, phone = desk
    ana = phone.person(1, "Ana")
    assert await desk.inspect(1) == {"learner": None}
    phone.faults.strike(Trouble.BROKEN, methods=("sendMessage",))
    await ana.type("/start")
    async with asyncio.timeout(60):
        while not (known := await desk.inspect(1)).get("letters waiting"):  # noqa: ASYNC110 - rows ring no bell
            await asyncio.sleep(0.02)
    assert known["learner"]["name"] == "Ana"
    assert known["exercise"]["asked"]["expect"]
    assert "Hi Ana!" in str(known["letters waiting"])
    phone.faults.clear()
    await desk.settled(phone)
    assert (await desk.inspect(1))["letters waiting"] == []


async def test_the_inspector_shows_a_group(desk):
    desk, phone = desk
    group = phone.group("Study", phone.person(1, "Ana"))
    await desk.settled(phone)
    known = await desk.inspect(group.id)
    assert known["group"]
    assert json.loads(json.dumps(known, default=str))["letters waiting"] == []


def test_a_card_is_there_when_the_next_line_taps_it_and_all_calls_are_as_described(tmp_path):
    journal = tmp_path / "calls.jsonl"
    lines = "/start\n/library\n:tap 1\n/progress\n/settings\n/help\n"
    command = [DROPWISE, "chat", "--seed", "12", "--journal", journal]
    ran = subprocess.run(
        command, input=lines, capture_output=True, text=True, timeout=100, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert "There is no button" not in ran.stdout
    assert ran.stdout.index("> :tap 1") < ran.stdout.index("Here is where you were")
    calls = read_journal(journal)
    assert {"getUpdates", "sendMessage", "answerCallbackQuery"} <= {call.method for call in calls}
    assert [fault for call in calls for fault in faults(call)] == []
