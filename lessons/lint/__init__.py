"""What every lesson must be, beyond being readable: one function a rule, all faults at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path as Folder

from lessons.course import Course, Lesson, Path
from lessons.lint import drawn, glossary, shape, story, words
from lessons.lint.finding import Finding
from lessons.loader.glossary import FILE as GLOSSARY
from lessons.loader.loading import CONTENT, ENGLISH, languages, read
from lessons.loader.source import Fault

SEEDS = 200


def check_course(
    folder: Folder = CONTENT, seeds: int = SEEDS, begun: Callable[[str], object] = str
) -> list[Fault]:
    """Every fault of a folder of paths, or of one path, in every language it is told in.

    What cannot be read is told alone: the rules are for lessons that can. `begun` hears the title
    of each lesson before its many draws.
    """
    faults: set[Fault] = set()
    for language in languages(folder):
        course, unread = read(folder, language)
        rules = (
            _found(folder, course, seeds, begun) if language == ENGLISH else _worded(folder, course)
        )
        faults |= set(unread or rules)
    return sorted(faults)


def _found(
    folder: Folder, course: Course, seeds: int, begun: Callable[[str], object]
) -> Iterator[Fault]:
    yield from _worded(folder, course)
    for path in course.paths.values():
        head = _of_path(folder, path, "path.toml")
        yield from _faults(folder, head, (f for rule in shape.OF_A_PATH for f in rule(path)))
        for lesson in _written(path):
            begun(lesson.title)
            draws = drawn.Draws(lesson, seeds)
            found = (finding for rule in drawn.RULES for finding in rule(draws))
            yield from _faults(folder, lesson.file, found)


def _worded(folder: Folder, course: Course) -> Iterator[Fault]:
    for path in course.paths.values():
        if path.glossary:
            file = _of_path(folder, path, GLOSSARY)
            yield from _faults(folder, file, (f for rule in glossary.RULES for f in rule(path)))
        for lesson in _written(path):
            rules = (*shape.RULES, *story.RULES, *words.RULES)
            found = (finding for rule in rules for finding in rule(lesson))
            yield from _faults(folder, lesson.file, found)


def _written(path: Path) -> Iterator[Lesson]:
    return (lesson for lesson in path.lessons if lesson.ready)


def _of_path(folder: Folder, path: Path, file: str) -> str:
    return file if (folder / "path.toml").exists() else f"{path.key}/{file}"


def _faults(folder: Folder, file: str, found: Iterable[Finding]) -> Iterator[Fault]:
    rows = (folder / file).read_text(encoding="utf-8").splitlines()
    for finding in found:
        wanted = finding.where.split("\n", 1)[0]
        line = next((i for i, row in enumerate(rows, 1) if wanted in row), 1)
        yield Fault(file, line, finding.sentence)
