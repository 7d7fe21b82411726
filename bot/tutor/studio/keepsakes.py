"""What is drawn of a learner's design: the blueprint, the curve, the card to keep."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from bot.tutor.scene import Scene
from bot.tutor.studio import rubric
from bot.tutor.studio.bench import title
from bot.tutor.studio.numbers import design_of, of_scores, outcome, signed
from bot.tutor.turn import Attachment, Say
from lessons.course import RESULT, Exercise
from lessons.design.measured import TUNED
from lessons.design.proof import SEEDS, TENTHS, Proof, written
from lessons.design.tables import TABLES, Table

NAMED = ("table", "design", "net", "baseline", "boosting", "code")
ROW = 34  # letters of a line of a design on its card
COUNTED = "parameters"  # what is asked before the blueprint shows it


def earned(scene: Scene, done: Exercise) -> list[Say]:
    """What an exercise that is done brings: the blueprint once it was counted, the card at last."""
    if done.uses == RESULT and scene.learner.studio.result:
        return [*rubric.told(scene), proof_card(scene)]
    if getattr(done.kind, "answer", "") == COUNTED and scene.learner.studio.design:
        return [blueprint(scene)]
    return []


def table_of(scene: Scene) -> Table:
    return TABLES[scene.learner.studio.table]


def blueprint(scene: Scene) -> Say:
    design = design_of(scene.learner.studio.design)
    loss = scene.words(f"loss.{design.loss}")
    values = {
        "title": str(scene.words("studio.blueprint.title")),
        "total": str(scene.words("studio.blueprint.total")),
        "widths": "-".join(map(str, design.widths)),
        "squash": {"relu": "ReLU", "none": "—"}.get(design.hidden, design.hidden),
        "output": design.output,
        "loss": str(loss),
    }
    steps = [f"({a} + 1) · {b} = {(a + 1) * b}" for a, b in pairwise(design.widths)]
    text = scene.words(
        "studio.blueprint.told",
        steps="\n".join(steps),
        n=design.parameters,
        output=design.output,
        loss=loss,
    )
    return Say(text, attachment=Attachment("figure", {"figure": "blueprint", **values}))


def curve(
    scene: Scene, training: list[float], validation: list[float], kept: int, bar: float
) -> Say:
    """Losses of the first fold by epoch, with the line's loss on the same rows."""
    names = ("training", "validation", "baseline", "kept")
    values = {
        "title": str(scene.words(f"studio.curve.{outcome(scene.learner.studio.result)}")),
        "axis": str(scene.words("studio.curve.epoch")),
        "training": ", ".join(f"{loss:.4f}" for loss in training),
        "validation": ", ".join(f"{loss:.4f}" for loss in validation),
        "kept": str(kept),
        "baseline": f"{bar:.3f}",
        **{f"{name}_name": str(scene.words(f"studio.curve.{name}")) for name in names},
    }
    losses = {
        "first": validation[0],
        "last": validation[-1],
        "best": validation[kept - 1],
        "learned": training[-1],
        "bar": bar,
    }
    told: dict[str, Any] = {
        name: scene.words.number(f"{loss:.3f}") for name, loss in losses.items()
    }
    text = scene.words("studio.curve.told", epochs=len(validation), kept=kept, **told)
    return Say(text, attachment=Attachment("figure", {"figure": "loss-curve", **values}))


def proof_card(scene: Scene) -> Say:
    """The design, its scores and the boring ones, and the code that anyone can run."""
    told, code = _told_of(scene), code_of(scene)
    values = {
        "title": str(scene.words("studio.proof.title")),
        **told,
        "design": " | ".join(textwrap.wrap(told["design"], ROW)),
        "code": f"/proof {code}",
        "date": str(scene.words.day(scene.today)),
        **{f"{key}_name": str(scene.words(f"studio.proof.{key}")) for key in NAMED},
    }
    tuned = score(scene, of_scores(table_of(scene), "tuned", TUNED[table_of(scene).name]), "tuned")
    words: dict[str, Any] = {**told, "verdict": told["verdict"].replace(" |", "")}
    text = scene.words("studio.proof.told", **words, tuned=tuned, code=code)
    return Say(text, attachment=Attachment("figure", {"figure": "proof-card", **values}))


def _told_of(scene: Scene) -> Mapping[str, str]:
    """What a card tells, on the picture and beside it."""
    numbers, table = scene.learner.studio.result, table_of(scene)
    design = design_of(scene.learner.studio.design)
    verdict = scene.words(
        f"studio.verdict.{shipped(numbers)}",
        gain=signed(scene, numbers["gain"]),
        n=(table.columns + 1) * table.kinds,
        more=design.parameters,
    )
    return {
        "table": f"{title(scene, table)}, {table.rows:,} × {table.columns}",
        "design": str(design),
        "net": score(scene, numbers, "net"),
        "baseline": score(scene, numbers, "line"),
        "boosting": score(scene, numbers, "boosting"),
        "verdict": str(verdict),
    }


def shipped(numbers: Mapping[str, str]) -> str:
    """The outcome beside the line; where the net wins there, the trees have a word too."""
    beside_line, beside_trees = outcome(numbers), outcome(numbers, "over_trees")
    return "trees" if (beside_line, beside_trees) == ("better", "worse") else beside_line


def score(scene: Scene, numbers: Mapping[str, str], name: str) -> str:
    """`97.5 ± 1.4 %`, or `54.5 ± 2.3` in the table's own unit."""
    key = "studio.unit.off" if table_of(scene).task == "number" else "studio.unit.right"
    mean, spread = numbers[name], numbers[f"{name}_spread"]
    return str(scene.words(key, mean=scene.words.number(mean), spread=scene.words.number(spread)))


def seed_of(scene: Scene) -> int:
    """The start of this learner's trainings: small, so that it has room in a code."""
    return scene.learner.seed % SEEDS


def code_of(scene: Scene) -> str:
    studio = scene.learner.studio
    net, gain = (in_tenths(studio.result[name]) for name in ("net", "gain"))
    return written(Proof(studio.table, design_of(studio.design), seed_of(scene), net, gain))


def in_tenths(number: str) -> int:
    """As a code has room for it."""
    most = TENTHS // 2 - 1
    return max(-most, min(TENTHS - 1, round(float(number) * 10)))
