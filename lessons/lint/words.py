"""Rules of wording: short messages and sentences, kind words, real minus signs, Telegram's HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lessons.course import Beat, Lesson
from lessons.lint.finding import Finding, bare, buttons, count, sayings

MESSAGE, SENTENCE, TERMS = 60, 20, 2
TAGS = frozenset({"b", "i", "u", "s", "a", "code", "pre", "tg-spoiler", "blockquote"})
TAG = re.compile(r"<(/?)([a-zA-Z-]*)[^<>]*>")
LOOSE = re.compile(r"<(?!/?[a-z-]+( [^<>]*)?>)|&(?!(lt|gt|amp|quot);)")
END = re.compile(r"[.!?](?=\s|$)|\n")
HYPHEN = re.compile(r"(?<![\w{-])-(?=[\d{(a-z]\b)|\d-\d| - ")
WIDTHS = re.compile(r"\b\d+(-\d+){2,}\b")  # 2-3-1 is a name, not a subtraction
UNKIND = re.compile(
    r"\b(lose|lost|loser|miss you|last chance|don[’']t break|hurry|sad)\b",
    re.IGNORECASE,
)


def messages_are_short(lesson: Lesson) -> Iterator[Finding]:
    for what, text in sayings(lesson):
        if count(text) > MESSAGE:
            yield Finding(text, f"{what} has {count(text)} words; at most {MESSAGE}")


def sentences_are_short(lesson: Lesson) -> Iterator[Finding]:
    for what, text in sayings(lesson):
        if what == "a caption":
            continue  # it repeats every number of its picture
        longest = max(map(count, END.split(bare(text))), default=0)
        if longest > SENTENCE:
            yield Finding(text, f"{what}: a sentence of {longest} words; at most {SENTENCE}")


def few_terms_are_new(lesson: Lesson) -> Iterator[Finding]:
    """A term stands in bold where it is explained, and there alone."""
    told: set[str] = set()
    for step in lesson.steps:
        if not isinstance(step, Beat):
            continue
        terms = [term.lower() for term in re.findall(r"<b>(.*?)</b>", step.text)]
        if len(terms) > TERMS:
            yield Finding(step.text, f"{len(terms)} new terms in a beat; at most {TERMS}")
        for term in terms:
            if term in told:
                yield Finding(f"<b>{term}", f"{term} is explained twice")
        told |= set(terms)


def words_are_kind(lesson: Lesson) -> Iterator[Finding]:
    for what, text in sayings(lesson):
        for found in UNKIND.finditer(text):
            yield Finding(text, f"{what}: not the word “{found[0]}”")


def minus_signs_are_real(lesson: Lesson) -> Iterator[Finding]:
    for what, text in sayings(lesson):
        if HYPHEN.search(WIDTHS.sub("0", bare(text))):
            yield Finding(text, f"{what}: a hyphen where a minus − belongs")


def telegram_takes_the_html(lesson: Lesson) -> Iterator[Finding]:
    for what, text in sayings(lesson):
        sentence = fault_of_html(text)
        if sentence:
            yield Finding(text, f"{what}: {sentence}")
    for exercise in lesson.exercises.values():
        for text in buttons(exercise).values():
            if TAG.search(text) or "&" in text:
                yield Finding(text, f"{exercise.key}: a button shows no HTML, only letters")


def fault_of_html(text: str) -> str:
    """What Telegram would refuse, or nothing."""
    if LOOSE.search(text):
        return "a bare < or &: write &lt; or &amp;"
    opened: list[str] = []
    for closing, name in TAG.findall(text):
        if name not in TAGS:
            return f"Telegram knows no <{name}>"
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return f"</{name}> closes nothing"
    return f"<{opened[-1]}> is never closed" if opened else ""


RULES: tuple[Callable[[Lesson], Iterator[Finding]], ...] = (
    messages_are_short,
    sentences_are_short,
    few_terms_are_new,
    words_are_kind,
    minus_signs_are_real,
    telegram_takes_the_html,
)
