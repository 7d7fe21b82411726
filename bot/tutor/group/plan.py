"""The days of a group: a lesson each, and days between them on which it is a network."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.course import Lesson, Path

FORWARD_AFTER = (4,)  # lessons after which the group is a net, forward only, and
BOTH_WAYS_AFTER = (9, 13, 14)  # forward and back
BETS = (2, 6, 11)  # lessons whose day begins with a bet


@dataclass(frozen=True, slots=True)
class Day:
    lesson: Lesson | None  # None: a day for the net, and for catching up
    backward: bool = False

    @property
    def has_bet(self) -> bool:
        return self.lesson is not None and self.lesson.number in BETS


def days(path: Path) -> tuple[Day, ...]:
    planned: list[Day] = []
    for lesson in path.lessons:
        if not lesson.ready:
            break
        planned.append(Day(lesson))
        if lesson.number in FORWARD_AFTER + BOTH_WAYS_AFTER:
            planned.append(Day(None, backward=lesson.number in BOTH_WAYS_AFTER))
    return tuple(planned)
