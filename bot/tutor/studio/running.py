"""Trainings by number: begun as tasks, called off, told about in a message of their own."""

from __future__ import annotations

from collections.abc import Mapping

from bot.tutor.scene import Scene, tag_of
from bot.tutor.studio.bench import leave_button, on_bench
from bot.tutor.turn import CALL_OFF, Button, Lane, Say, Task
from bot.tutor.wording import Html

TRAIN = "train"


def put(scene: Scene, lead: str = "") -> Say:
    """The design that is to be trained; while it is, the way to stop."""
    studio, tag = scene.learner.studio, tag_of(scene.answering)
    if studio.run:
        return scene.say("training.goes-on", (stop_button(scene),))
    text = scene.words("training.ready", design=studio.design, prompt=Html(scene.drawn.prompt))
    under = (scene.button("redesign", f"redesign/{tag}"), leave_button(scene))
    rows = ((scene.button("train", f"train/{tag}"),), under)
    return Say(Html(f"{lead}\n{text}" if lead else text), rows, lane=Lane.EXERCISE)


def begun(scene: Scene, asked: Mapping[str, str]) -> tuple[Scene, Task]:
    """Each training of a learner has a number: what comes back from another is not listened to."""
    runs = scene.learner.studio.runs + 1
    return on_bench(scene, runs=runs), Task(TRAIN, {"run": str(runs), **asked})


def stopped(run: str) -> Task:
    return Task(CALL_OFF, {"run": run})


def run_slot(run: str) -> str:
    return f"run/{run}"


def stop_button(scene: Scene) -> Button:
    return scene.button("stop", f"stop/{tag_of(scene.answering)}")
