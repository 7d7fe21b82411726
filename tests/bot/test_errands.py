"""Tasks are worked on beside the turns: told about, called off, taken up again, never twice."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from rows import NOON, rows_of

from bot.errands import Errands, Training, trainer
from bot.storage import tables, tasks
from bot.tutor.events import ChatId, TaskDone, TaskGoesOn
from bot.tutor.turn import CALL_OFF, Task

RING = {"run": "1", "table": "ring", "design": "2-4-1 relu, bce, es, epochs=30", "seed": "3"}


async def wanted(storage, *wanted_tasks, chat=7):
    await storage.run(tasks.add, ChatId(chat), wanted_tasks, NOON)
    storage.task_bell.ring()


@asynccontextmanager
async def working(storage, **works):
    errands = Errands(storage, works, clock=lambda: NOON)
    running = asyncio.create_task(errands.run())
    yield errands
    errands.stop()
    await asyncio.wait_for(running, 20)


async def arrived(storage):
    """What came back, in its order."""
    events = []
    while claimed := await storage.claim_arrivals(100, NOON):
        for arrival, _ in claimed:
            events.append(arrival.event)
            await storage.turn(arrival, None, None, NOON)
    return events


async def echo(values, tell):
    tell("begun")
    await asyncio.sleep(float(values.get("seconds", 0)))
    return f"done {values['run']}"


async def test_what_a_task_gave_comes_back_as_an_arrival(storage):
    await wanted(storage, Task("echo", {"run": "1"}), Task("echo", {"run": "2"}))
    async with working(storage, echo=echo) as errands:
        await asyncio.wait_for(errands.settled(), 20)
    assert sorted(e.result for e in await arrived(storage)) == ["done 1", "done 2"]


async def test_it_tells_how_far_it_is_before_it_is_done(storage):
    await wanted(storage, Task("echo", {"run": "1", "seconds": "1.3"}))
    async with working(storage, echo=echo) as errands:
        await asyncio.wait_for(errands.settled(), 20)
    assert await arrived(storage) == [TaskGoesOn("echo", "begun"), TaskDone("echo", "done 1")]


async def test_a_task_that_is_called_off_ends_soon_and_another_does_not(storage):
    await wanted(storage, Task("echo", {"run": "1", "seconds": "60"}))
    async with working(storage, echo=echo) as errands:
        await asyncio.sleep(0.2)
        await wanted(storage, Task(CALL_OFF, {"run": "1"}))
        await wanted(storage, Task("echo", {"run": "1", "seconds": "0.5"}), chat=8)
        await asyncio.wait_for(errands.settled(), 10)
    results = [e.result for e in await arrived(storage) if isinstance(e, TaskDone)]
    assert sorted(results) == ["", "", "done 1"]


async def test_a_task_that_a_stop_broke_off_is_taken_up_again(storage):
    await wanted(storage, Task("echo", {"run": "1", "seconds": "60"}))
    async with working(storage, echo=echo):
        await asyncio.sleep(0.2)
    assert await arrived(storage) == []
    await storage.run(tasks.revive, "another", NOON.replace(year=9000))
    async with working(
        storage, echo=lambda values, tell: echo({**values, "seconds": "0"}, tell)
    ) as errands:
        await asyncio.wait_for(errands.settled(), 20)
    assert [e.result for e in await arrived(storage)] == ["done 1"]


async def test_a_task_that_nobody_knows_is_done_at_once(storage):
    await wanted(storage, Task("unheard-of"))
    async with working(storage, echo=echo) as errands:
        await asyncio.wait_for(errands.settled(), 20)
    assert await arrived(storage) == [TaskDone("unheard-of", "")]


async def test_what_is_long_done_is_let_go(storage):
    await wanted(storage, Task("unheard-of"))
    async with working(storage) as errands:
        await asyncio.wait_for(errands.settled(), 20)
    await storage.tidy(NOON + timedelta(days=3))
    assert await asyncio.to_thread(rows_of, storage, tables.task, "id") == []


async def heard(values, **limits):
    told = []
    return json.loads(await Training(**limits)(values, told.append)), told


async def test_a_design_is_trained_in_a_process_of_its_own():
    result, _ = await heard(RING)
    assert len(result["net"]) == len(result["line"]) == len(result["boosting"]) == 5
    assert result["run"] == "1"
    assert "failed" not in result


@pytest.mark.parametrize(
    ("design", "limits", "why"),
    [
        ("2-256-256-256-1 relu, bce", {"seconds": 1}, "time"),
        ("2-64-64-1 relu, bce", {"wall": 1}, "broken"),
        ("2-64-64-1 relu, bce", {"memory": 1 << 27}, "broken"),
    ],
)
async def test_what_asks_too_much_is_ended_and_says_so(design, limits, why):
    result, _ = await heard({**RING, "design": design}, **limits)
    assert result["failed"] == why


def test_numbers_that_run_away_end_the_training():
    with pytest.raises(trainer.GivenUp, match="diverged"):
        trainer.Teller(10)(0, 3, float("inf"), 1.0)
