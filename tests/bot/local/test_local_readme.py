"""What the room's README shows is so."""

import asyncio
import re
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

import bot.local
from bot.local.api.methods import METHODS

README = (Path(bot.local.__file__).parent / "README.md").read_text("utf-8")


PROGRAMS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def test_the_program_runs_as_it_stands():
    [program] = [one for one in PROGRAMS if "LocalTelegram" in one]
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_server_starts_by_itself():
    [line] = re.findall(r"\$ python (-m bot.local .*)", README)
    command = [sys.executable, *line.replace("8081", "0").split()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            page = server.stdout.readline().split()[0]
            bots_side = server.stdout.readline().split()[0]
            assert "<title>Local phone</title>" in urlopen(page).read().decode()
            assert '"username":"local_bot"' in urlopen(bots_side).read().decode()
        finally:
            server.kill()


@pytest.mark.parametrize("library", ["telegram.ext", "aiogram"])
async def test_a_bot_of_ten_lines_echoes(phone, library):
    [program] = [one for one in PROGRAMS if f"from {library} import" in one]
    program = program.replace("http://127.0.0.1:8081", phone.url).replace("1:secret", phone.token)
    ana = phone.person(1, "Ana")
    await ana.type("hello")
    bot = await asyncio.create_subprocess_exec(sys.executable, "-c", program)
    try:
        assert (await ana.chat.next(timeout=60)).text == "You said hello"
    finally:
        bot.terminate()
        await bot.wait()


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("bot.local --token nope --port 0", "like 1:secret"),
        ("bot.local --port TAKEN", "choose another: --port 0"),
        ("bot run --no-browser --port TAKEN", "choose another: --port 0"),
    ],
)
async def test_a_start_that_cannot_be_says_what_to_do(phone, tmp_path, command, said):
    taken = command.replace("TAKEN", phone.url.rpartition(":")[2]).split()
    home = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    started = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *taken, stderr=asyncio.subprocess.PIPE, env=home
    )
    _, told = await started.communicate()
    assert started.returncode
    assert said in told.decode()
    assert "Traceback" not in told.decode()


def test_every_method_is_named():
    named = set(
        re.findall(r"\b(?:get|set|send|edit|delete|stop|pin|unpin|answer|leave)[A-Z]\w+", README)
    )
    assert {method.name for method in METHODS.values()} == named
