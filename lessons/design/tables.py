"""The tables of the studio, as facts: four real ones, three made from a seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from lessons.design.rows import Floats

Task: TypeAlias = Literal["yes/no", "kinds", "number"]
OUTPUTS: Mapping[Task, str] = {"yes/no": "sigmoid", "kinds": "softmax", "number": "linear"}


@dataclass(frozen=True, slots=True)
class Table:
    """A table by name: its shape and task are facts; its rows are read when they are needed."""

    name: str
    rows: int
    columns: int  # after encoding
    task: Task
    kinds: int  # outputs that the task needs

    @property
    def output(self) -> str:
        return OUTPUTS[self.task]

    def read(self) -> tuple[Floats, Floats]:
        """Rows × columns, and the targets."""
        from lessons.design.rows import READERS

        return READERS[self.name]()


TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table("tumours", 569, 30, "yes/no", 1),
        Table("wine", 178, 13, "kinds", 3),
        Table("diabetes", 442, 10, "number", 1),
        Table("diabetes-high", 442, 11, "yes/no", 1),
        Table("staircase", 2000, 24, "yes/no", 1),
        Table("smooth", 2000, 8, "yes/no", 1),
        Table("ring", 600, 2, "yes/no", 1),
    )
}
