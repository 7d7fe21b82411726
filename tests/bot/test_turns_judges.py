"""A judge may be lost; the verdict is then `undecided`, and the next answer is judged again."""

from __future__ import annotations

import asyncio
import logging
import os
from contextlib import suppress
from pathlib import Path

import pytest

from bot.turns import Judges
from engine.question import Question, Verdict

HALF = Question("1/2", names=("w",), slips={"forgot-bias": "2"})
ODD = "½ \x00 \ud800 \n −3"


@pytest.fixture
async def judge():
    async with Judges(2, seconds=1.0, memory=1 << 30, check="small_mind:demanding") as judges:
        await judges.warm()
        yield judges


async def test_a_judge_says_what_the_check_says(judge):
    assert await judge(HALF, "1/2") == Verdict("right", "exact", "1/2")
    assert await judge(HALF, ODD) == Verdict("wrong", "exact", ODD)


async def test_many_answers_at_once_get_their_own_verdicts(judge):
    texts = [str(number) for number in range(40)]
    verdicts = await asyncio.gather(*(judge(HALF, text) for text in texts))
    assert [verdict.read_as for verdict in verdicts] == texts


@pytest.mark.parametrize("text", ["slow", "big", "broken"])
async def test_what_brings_a_judge_down_is_undecided_and_the_next_is_judged(judge, text, capfd):
    assert (await judge(HALF, text)).family == "undecided"
    assert (await judge(HALF, "1/2")).family == "right"
    assert f"Error: {text}" not in capfd.readouterr().err  # what was typed stays out of the log


async def test_a_judge_knows_no_token(monkeypatch):
    monkeypatch.setenv("BOT_TOKEN", "1:secret")
    async with Judges(check="small_mind:environment") as judge:
        names = (await judge(HALF, "1/2")).read_as.split()
    assert "PATH" in names
    assert "BOT_TOKEN" not in names


async def test_no_judge_can_be_called_and_answers_stay_undecided():
    async with Judges(check="no_such_module:check") as judge:
        await judge.warm()
        assert (await judge(HALF, "1/2")).family == "undecided"


async def test_a_turn_that_is_given_up_leaves_the_judge_free(judge):
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await judge(HALF, "slow")
    assert (await judge(HALF, "1/2")).family == "right"


async def test_a_judge_that_is_given_up_while_it_is_called_leaves_no_process_and_no_error(caplog):
    async with Judges(check="small_mind:demanding") as judge:
        warming = asyncio.create_task(judge.warm())
        while not (called := list(_children())):  # noqa: ASYNC110 - a process rings no bell
            await asyncio.sleep(0.005)
        warming.cancel()
        await asyncio.wait([warming])
    assert not set(called) & set(_children())
    assert [line for line in caplog.records if line.levelno >= logging.WARNING] == []


async def test_nobody_waits_for_a_judge_that_is_being_called_while_another_gets_free(
    judge, monkeypatch
):
    monkeypatch.setattr(judge, "_call", asyncio.Event().wait)  # a call that takes for ever
    async with asyncio.timeout(30):
        verdicts = await asyncio.gather(*(judge(HALF, "1/2") for _ in range(5)))
    assert [verdict.family for verdict in verdicts] == ["right"] * 5


async def test_who_waits_while_every_judge_is_lost_calls_another(judge):
    answers = asyncio.gather(*(judge(HALF, text) for text in ("big", "broken", "1/2", "1/2")))
    async with asyncio.timeout(90):
        verdicts = await answers
    families = ["undecided", "undecided", "right", "right"]
    assert [verdict.family for verdict in verdicts] == families


async def test_where_none_can_be_called_nobody_waits_for_ever():
    async with Judges(check="no_such_module:check") as judge, asyncio.timeout(90):
        verdicts = await asyncio.gather(*(judge(HALF, "1/2") for _ in range(5)))
    assert {verdict.family for verdict in verdicts} == {"undecided"}


async def test_one_that_dies_while_it_is_called_is_called_again(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "closed").touch()
    async with Judges(check="small_mind:at_home") as judge, asyncio.timeout(90):
        assert (await judge(HALF, "1/2")).family == "right"


async def test_a_call_that_failed_while_another_judged_costs_no_later_answer(
    tmp_path, monkeypatch, caplog
):
    monkeypatch.setenv("HOME", str(tmp_path))
    async with Judges(check="small_mind:at_home") as judge, asyncio.timeout(90):
        await judge.warm()
        (tmp_path / "closed").touch()
        at_once = await asyncio.gather(judge(HALF, "1/2"), judge(HALF, "1/2"))
        while "could not be called" not in caplog.text:  # noqa: ASYNC110 - nobody is told
            await asyncio.sleep(0.05)
        later = await asyncio.gather(judge(HALF, "1/2"), judge(HALF, "1/2"))
    assert [verdict.family for verdict in at_once + later] == ["right"] * 4


async def test_a_signal_from_the_keyboard_ends_no_judge(judge):
    assert (await judge(HALF, "1/2")).family == "right"
    assert all(os.getpgid(pid) != os.getpgid(0) for pid in _children())


def _children():
    """The judges that this process has called and that have not ended."""
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):
            lines = dict(
                line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line
            )
            command = status.with_name("cmdline").read_bytes()
            if int(lines["PPid"]) == os.getpid() and b"judge.py" in command:
                yield int(lines["Pid"])
