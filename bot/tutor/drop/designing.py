"""A learner's own architecture, typed or tapped: read, objected to, and taken."""

from __future__ import annotations

from bot.tutor.drop import walking
from bot.tutor.putting import put
from bot.tutor.scene import Scene, after
from bot.tutor.studio import bench
from bot.tutor.studio.keepsakes import blueprint
from bot.tutor.studio.numbers import of_design, table_of
from bot.tutor.turn import Attempt, Turn
from engine.question import Verdict
from lessons.course import Design
from lessons.design.architecture import Architecture, Unread, read_architecture
from lessons.design.objections import Objection, objections
from lessons.design.tables import TABLES, Table


def typed(scene: Scene, text: str) -> Turn:
    """A fault is said alone, and the design is typed anew; without one it is taken."""
    design = read_architecture(text)
    if isinstance(design, Unread):
        return scene.turn(scene.say(f"design.unread.{design.kind}", detail=design.word))
    table = TABLES.get(scene.learner.studio.table) or table_of(design.widths[0])
    if table is None:
        return scene.turn(scene.say("design.no-table", n=design.widths[0]))
    said = objections(design, table)
    fault = next((one for one in said if one.stops), None)
    return _refused(scene, text, design, fault) if fault else _taken(scene, text, design, table)


def take(scene: Scene) -> Turn:
    """What was tapped together, once nothing is open in it."""
    table = TABLES.get(scene.learner.studio.table)
    if table is None:
        return scene.turn(put(scene))
    text = bench.drafted(scene, table)
    turn = typed(scene, text)
    if bench.OPEN in text:
        turn = scene.turn(scene.say("design.open", parts=text))
    is_taken = any(attempt.verdict.family == "right" for attempt in turn.attempts)
    return turn if is_taken else after(scene, turn, lambda s: s.turn(bench.put(s)))


def _refused(scene: Scene, text: str, design: Architecture, fault: Objection) -> Turn:
    verdict = Verdict("wrong", "misconception", str(design), (fault.kind,))
    attempts = (_attempt(scene, text, verdict),)
    scene = scene.work(slipped=True, misses=scene.answering.misses + 1, wrong=text)
    words = scene.say(f"design.{fault.kind}", found=fault.found, wanted=fault.wanted)
    return scene.turn(words, attempts=attempts)


def _taken(scene: Scene, text: str, design: Architecture, table: Table) -> Turn:
    warnings = [
        scene.say(f"design.{one.kind}", found=one.found, wanted=one.wanted)
        for one in objections(design, table)[:1]
    ]
    attempts = (_attempt(scene, text, Verdict("right", "exact", str(design))),)
    scene = bench.on_bench(scene, table=table.name, design=str(design), result={})
    scene = scene.be(design=of_design(design, table, scene.learner.seed)).work(misses=0)
    name = bench.title(scene, table)
    took = scene.say("design.taken", design=str(design), table=name, rows=f"{table.rows:,}")
    drawn = [blueprint(scene)] if scene.answering.role == "studio" else []
    turn = scene.turn(took, *warnings, *drawn, attempts=attempts)
    if isinstance(scene.drawn.asked, Design):
        return after(scene, turn, walking.go_on)
    return after(scene, turn, lambda s: s.turn(put(s)))


def _attempt(scene: Scene, text: str, verdict: Verdict) -> Attempt:
    stage = scene.answering
    return Attempt(stage.lesson, stage.exercise, text, verdict, scene.now, stage.values)
