"""A design in training: begun by a tap, told about, stopped by a tap, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.tutor.drop import walking
from bot.tutor.drop.visiting import design_anew
from bot.tutor.events import TaskDone, TaskGoesOn
from bot.tutor.learner import Answering
from bot.tutor.putting import put
from bot.tutor.scene import Scene, after
from bot.tutor.studio import keepsakes, proving
from bot.tutor.studio.bench import on_bench, title
from bot.tutor.studio.numbers import of_scores, outcome
from bot.tutor.studio.running import TRAIN, begun, run_slot, stop_button, stopped
from bot.tutor.turn import Say, Turn
from lessons.course import Training
from lessons.design.measured import TUNED
from lessons.design.scores import Scores, gain
from lessons.design.tables import TABLES, Table
from lessons.kinds import DesignAsked

BARS = "▁▂▃▄▅▆▇█"


def begin(scene: Scene) -> Turn:
    """[Train it]; a second tap changes nothing."""
    studio = scene.learner.studio
    if studio.run or not studio.design:
        return scene.turn(put(scene))
    asked = {"table": studio.table, "design": studio.design, "seed": str(keepsakes.seed_of(scene))}
    scene, task = begun(scene, asked)
    scene = on_bench(scene, run=task.values["run"])
    name = title(scene, TABLES[studio.table])
    said = scene.say("training.begun", (stop_button(scene),), design=studio.design, table=name)
    return scene.turn(replace(said, slot=run_slot(task.values["run"])), tasks=(task,))


def stop(scene: Scene) -> Turn:
    """[Stop]: nobody waits for it any more."""
    run = scene.learner.studio.run
    if not run:
        return scene.turn(put(scene))
    said = replace(scene.say("training.stopped"), slot=run_slot(run))
    scene = on_bench(scene, run="")
    return after(scene, scene.turn(said, tasks=(stopped(run),)), lambda s: s.turn(put(s)))


def redesign(scene: Scene) -> Turn:
    """[Change the design]: back to the bench; what was counted is not asked again."""
    has_bench = any(isinstance(exercise.kind, DesignAsked) for exercise in scene.lesson.core)
    if scene.learner.studio.run or not has_bench:  # a tap can be forged
        return scene.turn(put(scene))
    return design_anew(on_bench(scene, parts={}), scene.lesson)


def heard(scene: Scene, event: TaskGoesOn | TaskDone) -> Turn:
    return goes_on(scene, event) if isinstance(event, TaskGoesOn) else done(scene, event)


def goes_on(scene: Scene, event: TaskGoesOn) -> Turn:
    """The fold, the epoch, the losses so far: one message, edited in place."""
    told = json.loads(event.progress)
    if event.task != TRAIN or told["run"] not in (
        scene.learner.studio.run,
        scene.learner.studio.proving,
    ):
        return scene.turn()
    buttons = (stop_button(scene),) if told["run"] == scene.learner.studio.run else ()
    said = scene.say(
        "training.on",
        buttons,
        fold=told["fold"],
        epoch=told["epoch"],
        curve=bars(told["losses"]),
        loss=f"{told['losses'][-1]:.3f}",
    )
    return scene.turn(replace(said, slot=run_slot(told["run"]), silent=True, needed=False))


def bars(losses: Sequence[float]) -> str:
    """Losses as bars of eight heights."""
    low, high = min(losses), max(losses)
    span = high - low or 1.0
    return "".join(BARS[round((loss - low) / span * (len(BARS) - 1))] for loss in losses)


def done(scene: Scene, event: TaskDone) -> Turn:
    """What came of a training; of one that nobody awaits, nothing is said."""
    told = json.loads(event.result) if event.task == TRAIN and event.result else {}
    run = told.get("run", "")
    if run and run == scene.learner.studio.proving:
        return proving.compared(scene, told)
    if not run or run != scene.learner.studio.run:
        return scene.turn()
    scene = on_bench(scene, run="")
    return _failed(scene, run, told["failed"]) if "failed" in told else _trained(scene, told)


def _failed(scene: Scene, run: str, why: str) -> Turn:
    said = replace(scene.say(f"training.failed.{why}"), slot=run_slot(run))
    if isinstance(scene.learner.stage, Answering):
        return after(scene, scene.turn(said), lambda s: s.turn(put(s)))
    return scene.turn(said)


def _trained(scene: Scene, told: Mapping[str, Any]) -> Turn:
    table = TABLES[scene.learner.studio.table]
    scene = on_bench(scene, result=numbers(table, told))
    drawn = keepsakes.curve(
        scene, told["training"], told["validation"], int(told["kept"]), float(told["bar"])
    )
    over = replace(scene.say("training.over"), slot=run_slot(told["run"]), silent=True)
    turn = scene.turn(over, drawn, _scores(scene, table))
    is_open = isinstance(scene.learner.stage, Answering) and isinstance(scene.drawn.asked, Training)
    return after(scene, turn, walking.go_on) if is_open else turn


def numbers(table: Table, told: Mapping[str, Any]) -> Mapping[str, str]:
    """What the verdict asks about, in tenths of the table's unit."""
    net, line = Scores(tuple(told["net"])), Scores(tuple(told["line"]))
    trees = Scores(tuple(told["boosting"]))
    return {
        **of_scores(table, "net", net),
        **of_scores(table, "line", line),
        **of_scores(table, "boosting", trees),
        **of_scores(table, "gain", gain(table, net, line)),
        **of_scores(table, "over_trees", gain(table, net, trees)),
    }


def _scores(scene: Scene, table: Table) -> Say:
    """Scores below each other, what they mean, and what was expected."""
    result = {**scene.learner.studio.result, **of_scores(table, "tuned", TUNED[table.name])}
    rows = []
    for name in ("net", "line", "boosting", "tuned"):
        mean, spread = result[name], result[f"{name}_spread"]
        row = f"{scene.words(f'training.row.{name}'):<13}{mean:>6} ± {spread:>4}"
        rows.append(scene.words.number(row))
    unit = scene.words("training.off" if table.task == "number" else "training.right")
    parts = [scene.words("training.scores", unit=unit, rows="\n".join(rows))]
    expected = scene.learner.studio.expected
    if expected:
        actual = outcome(result)
        key = "as-expected" if expected == actual else "otherwise"
        parts.append(
            scene.words(
                f"training.{key}",
                expected=scene.words(f"training.outcome.{expected}"),
                actual=scene.words(f"training.outcome.{actual}"),
            )
        )
    return Say("\n".join(parts))
