"""What an operator reads when Telegram does not know the bot, or cannot be reached."""

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path

import pytest

from bot.settings import BAD_SETTING

ROOT = Path(__file__).parents[3]


async def started(tmp_path, stdout=asyncio.subprocess.DEVNULL, **environment):
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/dropwise.db", **environment},
        stdout=stdout,
        stderr=asyncio.subprocess.PIPE,
        process_group=0,
    )


async def test_a_wrong_token_is_one_line_and_ends_it(phone, tmp_path):
    process = await started(tmp_path, BOT_TOKEN="1000001:nobody-knows-me", BOT_API_URL=phone.url)
    _, told = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == BAD_SETTING
    assert (
        told.decode()
        == "dropwise: BOT_TOKEN is not right: Telegram does not know it, ask BotFather for the token\n"
    )


async def test_a_server_that_is_away_is_one_line_until_told_to_stop(tmp_path):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        process = await started(tmp_path, BOT_TOKEN="1000001:local", BOT_API_URL=url)
        line = await asyncio.wait_for(process.stderr.readline(), 30)
        await asyncio.sleep(2)
        process.send_signal(signal.SIGTERM)
        _, more = await asyncio.wait_for(process.communicate(), 30)
    assert "Telegram cannot be reached" in line.decode()
    assert b"nobody-knows" not in line + more
    assert more == b""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_who_is_stopped_while_it_warms_up_says_nothing_of_it(phone, tmp_path, number):
    process = await started(
        tmp_path,
        asyncio.subprocess.PIPE,
        BOT_TOKEN=phone.token,
        BOT_API_URL=phone.url,
        LOG_LEVEL="warning",
    )
    async with asyncio.timeout(60):
        assert b"at work" in await process.stdout.readline()
        os.killpg(process.pid, number)  # as a terminal or a supervisor does: to the whole group
        _, said = await process.communicate()
    assert (process.returncode, said) == (0, b"")
