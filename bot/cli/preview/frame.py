"""The preview's whole page: which lesson, at which seed, and every fault at the top."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path as Folder
from string import Template
from urllib.parse import urlencode

from bot.cli.preview.edition import Edition
from bot.cli.preview.sheet import sheet
from bot.cli.preview.trying import Open
from lessons.course import Course, Lesson, Path
from lessons.loader.loading import ENGLISH
from lessons.loader.source import Fault

INDEX = Folder(__file__).parent / "page" / "index.html"
NOTHING = """<h1>No lesson yet</h1>
<p>Write the first one: <code>lessons/README.md</code> tells how, in twenty minutes.</p>"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for."""

    path: str = ""
    lesson: str = ""
    seed: int = 1
    language: str = ENGLISH

    @classmethod
    def of(cls, place: Mapping[str, str], query: Mapping[str, str]) -> Wanted:
        seed = query.get("seed", "")
        return cls(
            path=place.get("path", ""),
            lesson=place.get("lesson", ""),
            seed=int(seed[:9]) if seed.isascii() and seed.isdecimal() else 1,
            language=query.get("language", "") or ENGLISH,
        )

    @property
    def address(self) -> str:
        query: dict[str, str | int] = {"seed": self.seed}
        if self.language != ENGLISH:
            query["language"] = self.language
        return escape(f"/{self.path}/{self.lesson}?{urlencode(query)}")


def page(edition: Edition, wanted: Wanted) -> str:
    """The whole page as HTML."""
    course = edition.course(wanted.language)
    path, lesson = _found(course, wanted)
    if path and lesson:
        wanted = replace(wanted, path=path.key, lesson=lesson.key)
    parts = {
        "language": escape(wanted.language),
        "title": escape(lesson.title if lesson else "No lesson yet"),
        "seeds": _seeds(edition, wanted),
        "news": "" if edition.checked else "Checking the rules …",
        "contents": _contents(course, edition.faults, wanted),
        "faults": _faults(edition),
        "sheet": sheet(lesson, wanted.path, wanted.seed, wanted.language) if lesson else NOTHING,
    }
    return Template(INDEX.read_text("utf-8")).substitute(parts)


def _found(course: Course, wanted: Wanted) -> tuple[Path | None, Lesson | None]:
    """What was asked for; else the first that is written."""
    ready = [(path, one) for path in course.paths.values() for one in path.lessons if one.ready]
    for path, lesson in ready:
        if (path.key, lesson.key) == (wanted.path, wanted.lesson):
            return path, lesson
    return ready[0] if ready else (None, None)


def opened(edition: Edition, wanted: Wanted, exercise: str) -> Open | None:
    """The exercise that is wanted, if there is one that takes a typed answer."""
    course = edition.course(wanted.language)
    path, lesson = _found(course, wanted)
    named = path and lesson and (path.key, lesson.key) == (wanted.path, wanted.lesson)
    if not (path and lesson and named and exercise in lesson.exercises):
        return None
    return Open(course, path, lesson, exercise, wanted.seed, wanted.language)


def _seeds(edition: Edition, wanted: Wanted) -> str:
    following = replace(wanted, seed=wanted.seed + 1).address
    options = "".join(
        f"<option{' selected' if one == wanted.language else ''}>{escape(one)}</option>"
        for one in edition.languages
    )
    language = f'<label>Language <select name="language">{options}</select></label>'
    return f"""<form class="seeds" action="/{escape(wanted.path)}/{escape(wanted.lesson)}">
{language if len(edition.languages) > 1 else ""}
<label>Seed <input name="seed" type="number" min="0" max="999999999" value="{wanted.seed}"></label>
<button>Show</button>
<a class="button" id="another" href="{following}">Another seed</a>
</form>"""


def _contents(course: Course, faults: tuple[Fault, ...], wanted: Wanted) -> str:
    counted = Counter(fault.file for fault in faults)
    return "\n".join(
        f"<h2>{escape(phase.title)}</h2>\n<ol>{''.join(_entries(path, phase.lessons, counted, wanted))}</ol>"  # noqa: E501
        for path in course.paths.values()
        for phase in path.phases
    )


def _entries(
    path: Path, lessons: tuple[Lesson, ...], counted: Counter[str], wanted: Wanted
) -> Iterator[str]:
    for lesson in lessons:
        title = f'<span class="number">{lesson.number}</span> {escape(lesson.title)}'
        if not lesson.ready:
            yield f'<li class="unwritten">{title} <small>not written yet</small></li>'
            continue
        mine = replace(wanted, path=path.key, lesson=lesson.key)
        here = ' aria-current="page"' if mine == wanted else ""
        wrong = counted[lesson.file]
        mark = f' <span class="count">{_faults_of(wrong)}</span>' if wrong else ""
        yield f'<li><a href="{mine.address}"{here}>{title}{mark}</a></li>'


def _faults_of(count: int) -> str:
    return f"{count} fault{'' if count == 1 else 's'}"


def _faults(edition: Edition) -> str:
    if not edition.faults:
        return ""
    rows = "\n".join(
        f"<li><code>{escape(fault.file)}:{fault.line}</code> {escape(fault.sentence)}</li>"
        for fault in edition.faults
    )
    return f"""<section class="faults" aria-labelledby="faults">
<h2 id="faults">{_faults_of(len(edition.faults))}</h2>
<ul>
{rows}
</ul>
</section>"""
