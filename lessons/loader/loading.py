"""Files -> Course, or every fault at once with its file and line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path as Folder

from lessons.course import (
    Course,
    Exercise,
    Faq,
    Lesson,
    Path,
    Phase,
    Shared,
    Term,
)
from lessons.kinds import Draw
from lessons.loader import glossary, overlay, sections
from lessons.loader.body import Part, parts, same_marks, steps
from lessons.loader.sections import Surroundings
from lessons.loader.source import Fault, Section, Source
from lessons.loader.validation import validate

CONTENT = Folder(__file__).parents[1] / "content"
ENGLISH = "en"


class FaultsError(ValueError):
    """The content is at fault; `faults` holds all that is wrong."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def load(folder: Folder = CONTENT, language: str = ENGLISH) -> Course:
    """The course of a folder of paths, or of one path; raises FaultsError with every fault."""
    course, faults = read(folder, language)
    if faults:
        raise FaultsError(faults)
    return course


def read(folder: Folder, language: str = ENGLISH) -> tuple[Course, tuple[Fault, ...]]:
    """What could be read, and everything that is wrong with it."""
    heads = sorted(folder.glob("path.toml")) or sorted(folder.glob("*/path.toml"))
    readers = [PathReader(head.parent, folder, language) for head in heads]
    paths = {reader.folder.name: reader.path() for reader in readers}
    faults = [fault for reader in readers for fault in reader.faults()]
    if not heads:
        faults.append(Fault(str(folder), 1, "no path.toml here, nor in a folder below"))
    return Course(paths, language), tuple(sorted(set(faults)))


def load_all(folder: Folder = CONTENT) -> dict[str, Course]:
    """The course in every language that it is told in; raises FaultsError as `load` does."""
    return {language: load(folder, language) for language in languages(folder)}


def languages(folder: Folder = CONTENT) -> tuple[str, ...]:
    """English, and every language that has a folder of words in some path."""
    found = {words.name for words in folder.glob("**/words/*") if words.is_dir()}
    return (ENGLISH, *sorted(found))


@dataclass(slots=True)
class PathReader:
    """One path's folder, read in one language."""

    folder: Folder
    root: Folder
    language: str
    sources: list[Source] = field(default_factory=list)

    def faults(self) -> Iterable[Fault]:
        return (fault for source in self.sources for fault in source.faults)

    def path(self) -> Path:
        source, words = self._opened(self.folder / "path.toml")
        head = source.toml(source.text)
        if words:
            head = overlay.laid_over(head, words.toml(words.text), overlay.PATH)
        around = Surroundings()
        around.read(head)
        lessons = self._lessons(head, around)
        found = Path(
            key=self.folder.name,
            title=head.word("title", None),
            about=head.word("about", None),
            facts=head.words("facts"),
            phases=tuple(_phase(section, lessons) for section in head.named("phase")),
            faq=tuple(_faq(section) for section in head.named("faq")),
            glossary=self._glossary(),
        )
        head.done()
        return found

    def _opened(self, file: Folder) -> tuple[Source, Source | None]:
        """The file, and the words over it when there are any in this language."""
        source = Source.of(file, self.root)
        self.sources.append(source)
        over = self.folder / "words" / self.language / file.relative_to(self.folder)
        if self.language == ENGLISH or not over.exists():
            return source, None
        source.overlay = Source.of(over, self.root)
        self.sources.append(source.overlay)
        return source, source.overlay

    def _glossary(self) -> tuple[Term, ...]:
        file = self.folder / glossary.FILE
        return glossary.terms(*self._opened(file)) if file.exists() else ()

    def _lessons(self, head: Section, around: Surroundings) -> dict[str, list[Lesson]]:
        """By phase; a draw of the path is tried on every exercise of the path that uses it."""
        by_phase: dict[str, list[Lesson]] = {}
        for number, section in enumerate(head.named("lesson"), 1):
            phase = section.word("phase", None)
            if phase not in head.values.get("phase", {}):
                section.fault(f"phase names {phase}, which is nowhere declared", f'"{phase}"')
            lesson = self._lesson(section, phase, number, around)
            by_phase.setdefault(phase, []).append(lesson)
            section.done()
        shared = _shared(self.folder.name, around.draws, _all_exercises(by_phase))
        return {
            phase: [_joined(lesson, shared) for lesson in lessons]
            for phase, lessons in by_phase.items()
        }

    def _lesson(self, section: Section, phase: str, number: int, around: Surroundings) -> Lesson:
        title, minutes = section.word("title", None), section.whole("minutes", None)
        place = f"{phase}/{number:02}-{section.name}.md"
        named = Lesson(section.name, number, title, minutes, file=place)
        files = sorted((self.folder / phase).glob(f"*-{section.name}.md"))
        return self._written(named, files[0], around) if files else named

    def _written(self, named: Lesson, file: Folder, around: Surroundings) -> Lesson:
        source, words = self._opened(file)
        head, text, line = source.head_and_body()
        story = parts(source, text, line)
        if words:
            over, over_text, over_line = words.head_and_body()
            head = overlay.laid_over(head, over, overlay.LESSON)
            story = _translated(words, story, parts(words, over_text, over_line))
        mine = Surroundings({**around.draws}, {**around.networks}, {**around.figures})
        mine.read(head)
        lesson = replace(named, file=source.file, language=self.language if words else ENGLISH)
        mine.show_decimals_of(lesson.language)
        lesson = _filled(lesson, head, story, mine, around)
        head.done()
        validate(lesson, mine, source)
        return lesson


def _filled(
    lesson: Lesson, head: Section, story: tuple[Part, ...], mine: Surroundings, around: Surroundings
) -> Lesson:
    """The lesson with all that its file says."""
    exercises = _exercises(head, mine, lesson.language)
    own = {name: draw for name, draw in mine.draws.items() if name not in around.draws}
    told = tuple(steps(head.source, story, exercises, mine.figures))
    return replace(
        lesson,
        steps=told,
        exercises={**exercises, **{e.key: e for e in told if isinstance(e, Exercise)}},
        reviews=tuple(sections.review(section) for section in head.named("review")),
        shared=_shared(lesson.key, own, exercises.values()),
        carry=head.word("carry", None),
        notes=head.words("notes"),
        sheet=head.word("sheet"),
    )


def _exercises(head: Section, around: Surroundings, language: str) -> dict[str, Exercise]:
    found = (sections.exercise(section, around) for section in head.named("exercise"))
    return {one.key: replace(one, language=language) for one in found if one}


def _translated(words: Source, story: tuple[Part, ...], told: tuple[Part, ...]) -> tuple[Part, ...]:
    """The other language's body, if it has one; its marks must be the same, in the same places."""
    if not told:
        return story
    if not same_marks(story, told):
        words.fault("the beats, @ask and @figure differ from those of the lesson it stands over")
        return story
    return told


def _shared(
    key: str, draws: Mapping[str, Draw], exercises: Iterable[Exercise]
) -> dict[str, Shared]:
    """Draws with all the exercises that use them."""
    all_of_them = tuple(exercises)
    return {
        name: Shared(f"{key}/{name}", draw, tuple(e for e in all_of_them if e.uses == name))
        for name, draw in draws.items()
    }


def _all_exercises(by_phase: Mapping[str, list[Lesson]]) -> Iterable[Exercise]:
    return (e for lessons in by_phase.values() for each in lessons for e in each.exercises.values())


def _joined(lesson: Lesson, shared: Mapping[str, Shared]) -> Lesson:
    return replace(lesson, shared={**shared, **lesson.shared}) if lesson.ready else lesson


def _phase(section: Section, lessons: Mapping[str, list[Lesson]]) -> Phase:
    found = Phase(
        key=section.name,
        title=section.word("title", None),
        outcome=section.word("outcome", None),
        lessons=tuple(lessons.get(section.name, ())),
    )
    section.done()
    return found


def _faq(section: Section) -> Faq:
    found = Faq(section.word("question", None), section.word("answer", None))
    section.done()
    return found
