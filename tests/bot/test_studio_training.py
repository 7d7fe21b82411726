"""From a tap on [Train it] to the card, through turns, tasks and a real training; and once more by its code."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest
from driving import all_letters, turns_of
from rows import NOON

from bot.errands import Errands, Training
from bot.storage import Storage
from bot.turns import Tutor
from bot.tutor.events import Arrival, ChatId, Commanded, Person, Tapped, UserId
from bot.tutor.learner import Answering, Studio
from bot.tutor.scene import tag_of
from bot.tutor.studio.numbers import of_design
from bot.tutor.turn import Say
from lessons.design.architecture import Architecture, read_architecture
from lessons.design.tables import TABLES
from lessons.loader.loading import load

ANA = Person(UserId(7), "Ana", "en")
DESIGN = read_architecture("2-8-1 relu, bce, es")
SLOW = read_architecture("2-256-256-1 relu, bce")


@pytest.fixture
def storage(sqlite_url):
    opened = Storage(sqlite_url)
    yield opened
    opened.close()


@dataclass(frozen=True)
class AtTheBench(Tutor):
    """A tutor who finds everybody before the training of one design."""

    design: Architecture = DESIGN

    def meet(self, person):
        learner = Tutor.meet(self, person)
        numbers = of_design(self.design, TABLES["ring"], learner.seed)
        lessons = self.course.paths[learner.path].lessons
        return replace(
            learner,
            stage=Answering("tabular-design", "training", numbers),
            finished=tuple(one.key for one in lessons[:-1]),
            design=numbers,
            studio=Studio(table="ring", design=str(self.design)),
        )


def tapped(number, what, learner):
    event = Tapped(f"{what}/{tag_of(learner.stage)}", number)
    return Arrival(f"update:{number}", ChatId(7), ANA, event, NOON)


@asynccontextmanager
async def at_work(storage, tutor):
    turns = turns_of(storage, tutor)
    errands = Errands(storage, {"train": Training()}, clock=lambda: NOON)
    parts = [asyncio.create_task(turns.run()), asyncio.create_task(errands.run())]

    async def settled():
        quiet = False
        while not quiet:
            await turns.settled()
            await errands.settled()
            quiet = await storage.inbox_is_empty() and await storage.tasks_are_done()

    yield lambda: asyncio.wait_for(settled(), 60)
    errands.stop()
    turns.stop()
    await asyncio.wait_for(asyncio.gather(*parts), 20)


async def said(storage):
    letters = await all_letters(storage)
    return [one.utterance for one in letters if isinstance(one.utterance, Say)]


async def test_a_net_is_trained_wins_on_the_ring_and_its_card_holds(storage):
    tutor = AtTheBench(load())
    async with at_work(storage, tutor) as settled:
        await storage.accept([tapped(1, "train", tutor.meet(ANA))])
        await settled()
        learner = await storage.learner(UserId(7))
        assert learner.stage.exercise == "verdict"
        assert float(learner.studio.result["gain"]) > 30
        pictures = [
            say.attachment.values["figure"] for say in await said(storage) if say.attachment
        ]
        assert pictures == ["loss-curve"]
        right = Tapped(f"pick/{tag_of(learner.stage)}/right", 3)
        await storage.accept([Arrival("update:3", ChatId(7), ANA, right, NOON)])
        await settled()
        card = next(say.text for say in await said(storage) if "/proof " in say.text)
        code = card.split("/proof ")[1].split("<")[0]
        await storage.accept([Arrival("update:4", ChatId(7), ANA, Commanded("proof", code), NOON)])
        await settled()
        assert "It holds" in (await said(storage))[-1].text


async def test_a_training_is_stopped_within_a_fold(storage):
    tutor = AtTheBench(load(), design=SLOW)
    async with at_work(storage, tutor) as settled:
        await storage.accept([tapped(1, "train", tutor.meet(ANA))])
        heard = []
        while not any(say.slot == "run/1" and "Fold" in say.text for say in heard):
            await asyncio.sleep(0.2)
            heard += await said(storage)
        learner = await storage.learner(UserId(7))
        await storage.accept([tapped(2, "stop", learner)])
        await asyncio.wait_for(settled(), 5)
        learner = await storage.learner(UserId(7))
        assert (learner.studio.run, learner.studio.result) == ("", {})
        assert "Stopped" in (await said(storage))[0].text
