"""The teacher's view: exercise by exercise, in the order of the course, where learners slip."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table

from bot.storage.slipping import Slipping
from lessons.course import Course

SHOWN = 4  # slips of an exercise; the rest are counted together


def table(course: Course, found: Iterable[Slipping]) -> Table:
    """A row an exercise; one that the course has no longer stands at the end, without a drop."""
    places = _places(course)
    last = (len(course.paths), 0, 0)
    shown = Table(box=None, pad_edge=False, header_style="bold")
    shown.add_column("drop", justify="right")
    shown.add_column("exercise")
    shown.add_column("answers", justify="right")
    shown.add_column("right", justify="right")
    shown.add_column("what else they answered")
    for row in sorted(
        found, key=lambda one: (places.get((one.lesson, one.exercise), last), one.exercise)
    ):
        place = places.get((row.lesson, row.exercise))
        share = f"{row.right / row.answers:.0%}"
        shown.add_row(
            str(place[1]) if place else "–", row.exercise, str(row.answers), share, _slips(row)
        )
    return shown


def _places(course: Course) -> dict[tuple[str, str], tuple[int, int, int]]:
    """Where each exercise stands: path, drop, place in the drop."""
    return {
        (lesson.key, key): (path, lesson.number, place)
        for path, one in enumerate(course.paths.values())
        for lesson in one.lessons
        for place, key in enumerate(lesson.exercises)
    }


def _slips(row: Slipping) -> str:
    common = row.slips.most_common(SHOWN)
    rest = row.slips.total() - sum(times for _, times in common)
    told = [f"{slip} {times}" for slip, times in common]
    return ", ".join([*told, *([f"{rest} more"] if rest else [])])
