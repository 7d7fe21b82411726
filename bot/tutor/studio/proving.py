"""/proof CODE: anyone trains a design again, and sees whether the card tells the truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from bot.tutor.scene import Scene
from bot.tutor.studio.bench import on_bench, title
from bot.tutor.studio.keepsakes import in_tenths
from bot.tutor.studio.numbers import of_scores, signed
from bot.tutor.studio.running import begun, run_slot, stopped
from bot.tutor.turn import Turn
from lessons.design.proof import read
from lessons.design.scores import Scores, gain
from lessons.design.tables import TABLES


def prove(scene: Scene, code: str) -> Turn:
    """The training that a code stands for, begun anew; an earlier one makes way."""
    if not code.strip():
        return scene.turn(scene.say("proof.what"))
    proof = read(code)
    if proof is None:
        return scene.turn(scene.say("proof.unread"))
    earlier = scene.learner.studio.proving
    asked = {"table": proof.table, "design": str(proof.design), "seed": str(proof.seed)}
    scene, task = begun(scene, asked)
    scene = on_bench(scene, proof=code.strip(), proving=task.values["run"])
    name = title(scene, TABLES[proof.table])
    said = scene.say(
        "proof.begun",
        table=name,
        design=str(proof.design),
        net=scene.words.number(_tenths(proof.net)),
        gain=signed(scene, _tenths(proof.gain)),
    )
    tasks = (stopped(earlier), task) if earlier else (task,)
    return scene.turn(replace(said, slot=run_slot(task.values["run"])), tasks=tasks)


def compared(scene: Scene, told: Mapping[str, Any]) -> Turn:
    """What the code says beside what the training gave just now."""
    proof = read(scene.learner.studio.proof)
    scene = on_bench(scene, proof="", proving="")
    if proof is None:
        return scene.turn()
    if "failed" in told:
        return scene.turn(scene.say(f"training.failed.{told['failed']}"))
    table = TABLES[proof.table]
    net, line = Scores(tuple(told["net"])), Scores(tuple(told["line"]))
    found = {**of_scores(table, "net", net), **of_scores(table, "gain", gain(table, net, line))}
    agree = (in_tenths(found["net"]), in_tenths(found["gain"])) == (proof.net, proof.gain)
    return scene.turn(
        scene.say(
            "proof.agrees" if agree else "proof.differs",
            net=scene.words.number(found["net"]),
            net_spread=scene.words.number(found["net_spread"]),
            gain=signed(scene, found["gain"]),
            gain_spread=scene.words.number(found["gain_spread"]),
            said=scene.words.number(_tenths(proof.net)),
            said_gain=signed(scene, _tenths(proof.gain)),
        )
    )


def _tenths(number: int) -> Decimal:
    return Decimal(number) / 10
