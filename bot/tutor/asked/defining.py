"""A definition for any chat: what fits the few letters that somebody typed after the bot's name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.tutor import wording
from bot.tutor.asked.questions import meant
from bot.tutor.wording import FALLBACK, Html
from lessons.course import Course, Faq, Term

MOST = 20


@dataclass(frozen=True, slots=True)
class Definition:
    title: str
    line: str  # what one sees before choosing
    text: str  # what is sent, in Telegram's HTML


def definitions(
    courses: Mapping[str, Course], language: str, letters: str
) -> tuple[Definition, ...]:
    """Terms whose names hold the letters, or whose names they were meant to be; then questions."""
    name = language.split("-", 1)[0].lower()
    course = courses.get(name, courses[FALLBACK])
    glossary = tuple(term for path in course.paths.values() for term in path.glossary)
    faq = tuple(one for path in course.paths.values() for one in path.faq)
    found = [*_of_terms(language, glossary, letters), *_of_questions(language, faq, letters)]
    return tuple(dict.fromkeys(found))[:MOST]


def _of_terms(language: str, glossary: Sequence[Term], letters: str) -> Iterator[Definition]:
    wanted = letters.strip().lower()
    words = wording.of(language)
    for term in _fitting(glossary, wanted):
        meaning = Html(term.meaning)
        yield Definition(
            term.name, term.meaning, words("ask.inline", name=term.name, meaning=meaning)
        )


def _fitting(glossary: Sequence[Term], wanted: str) -> Iterator[Term]:
    """Names that begin with the letters before those that hold them; a misspelt one after all."""
    if not wanted:
        yield from sorted(glossary, key=lambda term: term.drop)
        return
    named = [(name.lower(), term) for term in glossary for name in (term.name, *term.also)]
    begun = [
        (name != wanted, name != term.name.lower(), term)
        for name, term in named
        if name.startswith(wanted)
    ]
    yield from (term for *_, term in sorted(begun, key=lambda one: one[:2]))
    if len(wanted) > 2:
        yield from (term for name, term in named if wanted in name)
        if one := meant(wanted, glossary):
            yield one.term


def _of_questions(language: str, faq: Sequence[Faq], letters: str) -> Iterator[Definition]:
    words, wanted = wording.of(language), letters.strip().lower()
    for one in faq:
        if len(wanted) > 2 and wanted in one.question.lower():
            text = words("ask.faq", question=one.question, answer=Html(one.answer))
            yield Definition(one.question, one.answer, text)
