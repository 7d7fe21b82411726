"""The course as values: paths, phases, lessons, steps, and an exercise once it has its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from engine.question import Question
from lessons.kinds import Draw, Kind, TrainingAsked

DESIGN, RESULT = "design", "result"  # shared numbers that come from the learner, not a draw


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture by its recipe; `caption` repeats in words every number that it shows."""

    name: str
    values: Mapping[str, str] = field(default_factory=dict)
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One button of a choice: `right`, or the slug of the misconception that it shows."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    options: tuple[Option, ...]  # in the order in which they are shown


@dataclass(frozen=True, slots=True)
class Order:
    """Tiles to be tapped in order; `right` holds every order that is right, by tile key."""

    tiles: tuple[Option, ...]
    right: tuple[tuple[str, ...], ...]
    slips: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Design:
    """An architecture for a table, typed or tapped together."""

    table: str


@dataclass(frozen=True, slots=True)
class Training:
    """The learner's design is trained before their eyes; nothing is answered."""


Asked: TypeAlias = Question | Choice | Order | Design | Training


@dataclass(frozen=True, slots=True)
class Drawn:
    """An exercise with a learner's own numbers: all that is needed to put it and to judge it."""

    exercise: str
    values: Mapping[str, str]  # what was drawn; kept in the learner's row, enough to restore all
    prompt: str
    asked: Asked
    hints: tuple[str, ...]
    working: tuple[str, ...]  # the whole solution, line by line
    feedback: Mapping[str, str]  # by misconception slug or option key
    template: str = ""  # a form to copy where the form matters
    before: str = ""  # the one step before, asked when a wrong answer is unexplained
    before_asked: Question | None = None  # what that step shall give
    figure: Figure | None = None

    @property
    def answer(self) -> str:
        """What is right, canonically; empty where nothing is typed."""
        return self.asked.expect if isinstance(self.asked, Question) else ""


@dataclass(frozen=True, slots=True)
class Beat:
    """One message of the story."""

    text: str
    figure: Figure | None = None


Role: TypeAlias = Literal[
    "core",  # in the drop, between its beats
    "stretch",  # offered when the drop is done
    "review",  # only ever comes back as a warm-up
]


@dataclass(frozen=True, slots=True)
class Exercise:
    """A question with its words, before anybody's numbers; words are templates like `{w1}`."""

    key: str  # unique in its path; never changes its meaning
    kind: Kind
    prompt: str
    draw: Draw = field(default_factory=Draw)
    uses: str = ""  # a shared draw of the lesson or the path
    hints: tuple[str, ...] = ()  # two; the third is worked from the learner's own numbers
    working: tuple[str, ...] = ()  # empty for cells: then the trace tells it
    feedback: Mapping[str, str] = field(default_factory=dict)
    may_tie: tuple[str, ...] = ()  # slips that are dropped when they fall on another value
    template: str = ""
    before: str = ""
    before_answer: str = ""  # a formula over the same numbers
    figure: Figure | None = None
    role: Role = "core"
    example: bool = False  # the worked example with one blank: the same numbers for everybody
    seconds: int = 30
    graded: bool = True  # of a choice: else every option is as good, and is noted
    line: int = 0  # where it stands in its file

    @property
    def may_slip(self) -> bool:
        return self.graded and not isinstance(self.kind, TrainingAsked)

    @property
    def has_other_numbers(self) -> bool:
        """Whether it can be asked again at once; of one's own design there is one."""
        return bool(self.draw.names or self.uses) and self.uses not in (DESIGN, RESULT)

    language: str = "en"  # of its words, and so of the numbers in them


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """A draw that several exercises use; it is kept only when all of them can be asked of it."""

    key: str  # "path/name" or "path/lesson/name": the same key and seed, the same numbers
    draw: Draw
    users: tuple[Exercise, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """An exercise that comes back with new numbers; the days are the fallback without FSRS."""

    key: str
    exercise: str
    after: int  # days: 1, 3 or 7


Step: TypeAlias = Beat | Exercise


@dataclass(frozen=True, slots=True)
class Lesson:
    """A drop: beats and core exercises in their order. Without steps it is not written yet."""

    key: str
    number: int  # from 1, in the path
    title: str
    minutes: int
    steps: tuple[Step, ...] = ()
    exercises: Mapping[str, Exercise] = field(default_factory=dict)  # all: core, stretch, review
    reviews: tuple[Review, ...] = ()
    shared: Mapping[str, Shared] = field(default_factory=dict)
    carry: str = ""  # the sentence to carry away
    notes: tuple[str, ...] = ()  # where the popular claim is wrong
    sheet: str = ""  # an exercise whose net is given as a live workbook when the drop is done
    file: str = ""
    language: str = "en"  # that it is told in, which may not be the course's

    @property
    def ready(self) -> bool:
        return bool(self.steps)

    @property
    def core(self) -> tuple[Exercise, ...]:
        """The exercises of the drop itself, in their order."""
        return tuple(step for step in self.steps if isinstance(step, Exercise))

    def exercise(self, key: str) -> Exercise:
        """Raises KeyError when the lesson has no such exercise."""
        return self.exercises[key]

    @property
    def stretch(self) -> tuple[Exercise, ...]:
        """Offered when the drop is done, in the order of the file."""
        return tuple(e for e in self.exercises.values() if e.role == "stretch")


@dataclass(frozen=True, slots=True)
class Phase:
    key: str
    title: str
    outcome: str
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True)
class Faq:
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the path and what it means."""

    name: str
    also: tuple[str, ...]  # other names, plurals, letters
    meaning: str
    drop: int  # the number of the lesson that explains it
    line: int = 0  # where it stands in its file


@dataclass(frozen=True, slots=True)
class Path:
    key: str
    title: str
    about: str
    facts: tuple[str, ...]  # "Foundations", "14 drops", … as the library's card shows them
    phases: tuple[Phase, ...]
    faq: tuple[Faq, ...] = ()
    glossary: tuple[Term, ...] = ()

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        return tuple(lesson for phase in self.phases for lesson in phase.lessons)

    def lesson(self, key: str) -> Lesson:
        """Raises KeyError when the path has no such lesson."""
        for lesson in self.lessons:
            if lesson.key == key:
                return lesson
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Course:
    paths: Mapping[str, Path]
    language: str = "en"
