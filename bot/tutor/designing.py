"""A learner's own architecture, typed: read, objected to, and kept for the questions after it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.tutor import walking
from bot.tutor.scene import Scene, after
from bot.tutor.turn import Attempt, Turn
from engine.question import Verdict

if TYPE_CHECKING:
    from lessons.design.architecture import Architecture
    from lessons.design.tables import Table


def typed(scene: Scene, text: str) -> Turn:
    """A fault is said alone, and the design is typed anew; without one the drop goes on."""
    from lessons.design.architecture import Unread, read_architecture
    from lessons.design.objections import objections
    from lessons.design.tables import TABLES

    design = read_architecture(text)
    if isinstance(design, Unread):
        return scene.turn(scene.say("design.unread", detail=design.word))
    table = next((t for t in TABLES.values() if t.columns == design.widths[0]), None)
    if table is None:
        return scene.turn(scene.say("design.no-table", n=design.widths[0]))
    said = objections(design, table)
    fault = next((one for one in said if one.stops), None)
    if fault:
        verdict = Verdict("wrong", "misconception", str(design), (fault.kind,))
        words = scene.say(f"design.{fault.kind}", found=fault.found, wanted=fault.wanted)
        scene = scene.work(slipped=True, misses=scene.answering.misses + 1, wrong=text)
        return scene.turn(words, attempts=(_attempt(scene, text, verdict),))
    warnings = [scene.say(f"design.{o.kind}", found=o.found, wanted=o.wanted) for o in said[:1]]
    scene = scene.be(design=values(design, table)).work(misses=0)
    took = scene.say("design.taken", design=str(design), table=table.name, rows=table.rows)
    attempts = (_attempt(scene, text, Verdict("right", "exact", str(design))),)
    return after(scene, scene.turn(took, *warnings, attempts=attempts), walking.go_on)


def _attempt(scene: Scene, text: str, verdict: Verdict) -> Attempt:
    stage = scene.answering
    return Attempt(stage.lesson, stage.exercise, text, verdict, scene.now, stage.values)


def values(design: Architecture, table: Table) -> Mapping[str, str]:
    """What later questions ask about it; the slips of counting beside the right count."""
    widths = design.widths
    weights = sum(below * above for below, above in pairwise(widths))
    numbers = {
        "columns": table.columns,
        "rows": table.rows,
        "parameters": design.parameters,
        "weights": weights,
        "units": sum(widths[1:]),
        "without_output": design.parameters - design.arrows[-1],
        "with_input_biases": design.parameters + widths[0],
    }
    return {name: str(number) for name, number in numbers.items()}
