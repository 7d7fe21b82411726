"""A folder of lessons as it stands now: its courses by language, and all that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path as Folder
from typing import TypeAlias

from lessons.course import Course
from lessons.lint import check_course
from lessons.loader.loading import ENGLISH, languages, read
from lessons.loader.source import Fault

SEEDS = 5  # enough for what an author breaks while typing; `lessons check` looks at more
# What half-written content may lead to anywhere below: the author is told, the page goes on.
BROKEN = (
    OSError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
Stamp: TypeAlias = frozenset[tuple[str, int, int]]


@dataclass(frozen=True, slots=True)
class Edition:
    """What was read at one moment; the rules are held against it afterwards."""

    courses: Mapping[str, Course] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    checked: bool = False

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.courses)

    def course(self, language: str) -> Course:
        """In this language; in English where there is none."""
        return self.courses.get(language) or self.courses.get(ENGLISH) or Course({})


def stamp(folder: Folder) -> Stamp:
    """Changes whenever a file of the folder is written, made or taken away."""
    found = set()
    for file in folder.rglob("*"):
        try:
            known = file.stat()
        except FileNotFoundError:  # between two looks an editor put another in its place
            continue
        found.add((str(file), known.st_mtime_ns, known.st_size))
    return frozenset(found)


def as_read(folder: Folder) -> Edition:
    """What can be read of the folder, at once."""
    try:
        readings = {language: read(folder, language) for language in languages(folder)}
    except BROKEN as error:
        return Edition(faults=(_unreadable(folder, error),), checked=True)
    faults = {fault for _, found in readings.values() for fault in found}
    courses = {language: course for language, (course, _) in readings.items()}
    return Edition(courses, tuple(sorted(faults)), checked=bool(faults))


def checked(edition: Edition, folder: Folder) -> Edition:
    """The same, held against the rules."""
    try:
        faults = check_course(folder, seeds=SEEDS)
    except BROKEN as error:
        faults = [_unreadable(folder, error)]
    return replace(edition, faults=tuple(faults), checked=True)


def _unreadable(folder: Folder, error: Exception) -> Fault:
    return Fault(folder.name, 1, f"cannot be read: {type(error).__name__}: {error}")
