"""What the studio's questions ask about: numbers of the learner's own design and its training."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from random import Random

from bot.tutor.scene import Scene
from lessons.design.architecture import Architecture, read_architecture
from lessons.design.scores import Scores
from lessons.design.tables import TABLES, Table

TENTH = Decimal("0.1")


def design_of(text: str) -> Architecture:
    """A design that was taken, as it is kept."""
    design = read_architecture(text)
    assert isinstance(design, Architecture), text
    return design


def of_design(design: Architecture, table: Table, seed: int) -> Mapping[str, str]:
    """The counts that later questions ask for, the slips of counting, and one row's blame."""
    weights = sum(below * above for below, above in pairwise(design.widths))
    counts = {
        "columns": table.columns,
        "rows": table.rows,
        "parameters": design.parameters,
        "weights": weights,
        "units": sum(design.widths[1:]),
        "without_output": design.parameters - design.arrows[-1],
        "with_input_biases": design.parameters + design.widths[0],
    }
    return {name: str(number) for name, number in counts.items()} | {**_one_row(design, seed)}


def _one_row(design: Architecture, seed: int) -> Mapping[str, str]:
    """What the net says of a row and what is true: a probability, or the table's own quantity."""
    chance = Random(f"{seed}/blame")
    if design.output == "linear":
        truth = chance.randrange(80, 280)
        miss = 1 if design.loss == "mae" else chance.choice((-1, 1)) * chance.randrange(3, 30)
        said, blame = truth + miss, miss
        return {"said": str(said), "truth": str(truth), "blame": str(blame)}
    truth = chance.randrange(2)
    tenths = chance.choice((1, 2, 3, 4, 6, 7, 8, 9))
    blame = tenths - 10 * truth
    return {"said": f"{tenths}/10", "truth": str(truth), "blame": f"{blame}/10"}


def tenths(table: Table, value: float) -> Decimal:
    """A score or a difference as it is told: per cent of rows, or the table's own unit."""
    told = Decimal(value if table.task == "number" else 100 * value)
    return told.quantize(TENTH, ROUND_HALF_UP) + Decimal(0)  # never minus nought


def of_scores(table: Table, name: str, scores: Scores) -> Mapping[str, str]:
    mean, spread = tenths(table, scores.mean), tenths(table, scores.spread)
    return {name: str(mean), f"{name}_spread": str(spread)}


def table_of(columns: int) -> Table | None:
    """The table with so many columns; no two have the same number."""
    return next((table for table in TABLES.values() if table.columns == columns), None)


def signed(scene: Scene, number: object) -> str:
    """With its sign, but for nought."""
    text = scene.words.number(number)
    return text if text.startswith("−") or not Decimal(str(number)) else f"+{text}"


def outcome(result: Mapping[str, str], gain: str = "gain") -> str:
    """Whether it is "better", "worse" or the "same": a gain counts only beyond its own spread."""
    mean, spread = Decimal(result[gain]), Decimal(result[f"{gain}_spread"])
    return "better" if mean > spread else "worse" if -mean > spread else "same"
