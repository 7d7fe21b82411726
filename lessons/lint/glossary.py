"""Rules of a path's glossary: short meanings, every name once, every drop there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from lessons.course import Path, Term
from lessons.lint.finding import Finding, count
from lessons.lint.words import HYPHEN, UNKIND, WIDTHS, fault_of_html

MEANING = 25  # words


def meanings_are_short(path: Path) -> Iterator[Finding]:
    for term in path.glossary:
        if count(term.meaning) > MEANING:
            yield at(term, f"its meaning has {count(term.meaning)} words; at most {MEANING}")


def names_mean_one_thing(path: Path) -> Iterator[Finding]:
    names = Counter(name.lower() for term in path.glossary for name in {term.name, *term.also})
    for term in path.glossary:
        for name in dict.fromkeys((term.name, *term.also)):
            if names[name.lower()] > 1:
                yield at(term, f"“{name}” is the name of {names[name.lower()]} terms")


def drops_are_there(path: Path) -> Iterator[Finding]:
    for term in path.glossary:
        if not 1 <= term.drop <= len(path.lessons):
            yield at(term, f"there is no drop {term.drop}")


def meanings_are_well_written(path: Path) -> Iterator[Finding]:
    for term in path.glossary:
        if sentence := fault_of_html(term.meaning):
            yield at(term, sentence)
        if HYPHEN.search(WIDTHS.sub("0", term.meaning)):
            yield at(term, "a hyphen where a minus − belongs")
        if found := UNKIND.search(term.meaning):
            yield at(term, f"not the word “{found[0]}”")


def at(term: Term, sentence: str) -> Finding:
    return Finding(f'name = "{term.name}"', f"{term.name}: {sentence}")


RULES: tuple[Callable[[Path], Iterator[Finding]], ...] = (
    meanings_are_short,
    names_mean_one_thing,
    drops_are_there,
    meanings_are_well_written,
)
