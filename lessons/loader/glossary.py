"""The words of a path with their meanings, from its glossary and the other language's over it."""

from __future__ import annotations

from dataclasses import replace

from lessons.course import Term
from lessons.loader.source import Section, Source

FILE = "glossary.toml"


def terms(source: Source, words: Source | None = None) -> tuple[Term, ...]:
    """The terms of a `glossary.toml`; what is wrong with it is kept in its source.

    Another language says `[term.bias]` with its own `name`, `also` and `meaning`; the names of
    the first language stay known beside them.
    """
    head = source.toml(source.text)
    told = tuple(_term(section) for section in head.tables("term"))
    head.done()
    return _laid_over(told, words) if words else told


def _term(section: Section) -> Term:
    found = Term(
        name=section.word("name", None),
        also=section.words("also"),
        meaning=section.word("meaning", None),
        drop=section.whole("drop", None),
        line=section.line,
    )
    section.done()
    return found


def _laid_over(told: tuple[Term, ...], words: Source) -> tuple[Term, ...]:
    head = words.toml(words.text)
    over = {section.name: section for section in head.named("term")}
    known = {term.name for term in told}
    for section in over.values():
        if section.name not in known:
            section.fault("stands over no term")
    head.done()
    return tuple(_in_words(term, over.get(term.name)) for term in told)


def _in_words(term: Term, section: Section | None) -> Term:
    if section is None:
        return term
    name, also = section.word("name", term.name), section.words("also")
    meaning = section.word("meaning", term.meaning)
    section.done()
    others = {one.lower(): one for one in reversed((*also, term.name, *term.also))}
    others.pop(name.lower(), None)
    return replace(term, name=name, also=tuple(reversed(others.values())), meaning=meaning)
