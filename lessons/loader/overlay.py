"""A second language: a folder that lays its words over a course, and may change nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lessons.loader.source import Section, Source

Words = Mapping[str, Any]  # a tree of tables: a leaf is the kind of value that may be replaced
LABEL = "label"  # a word in a picture: it may be added to, and is no number
LABELS: Words = {"*": LABEL}

EXERCISE: Words = {
    "prompt": str, "template": str, "before": str, "hints": list, "working": list,
    "feedback": {"*": str}, "options": {"*": str}, "tiles": {"*": str},
}  # fmt: skip
LESSON: Words = {
    "carry": str, "notes": list, "exercise": {"*": EXERCISE},
    "figure": {"*": {"caption": str, "values": LABELS}},
}  # fmt: skip
PATH: Words = {
    "title": str, "about": str, "facts": list,
    "phase": {"*": {"title": str, "outcome": str}},
    "lesson": {"*": {"title": str}},
    "faq": {"*": {"question": str, "answer": str}},
}  # fmt: skip


def laid_over(head: Section, words: Section, allowed: Words) -> Section:
    """The head with the words of the other language; faults are told in the overlay's file."""
    merged = _merged(words.source, head.values, words.values, allowed, "")
    return Section(head.source, merged, head.name, head.line, head.is_broken)


def _merged(
    source: Source, base: Mapping[str, Any], over: Mapping[str, Any], allowed: Words, where: str
) -> dict[str, Any]:
    result = dict(base)
    for key, value in over.items():
        place = f"{where}.{key}".lstrip(".")
        rule = allowed.get(key, allowed.get("*"))
        if rule is None:
            _fault(source, key, f"{place} is not words: an overlay may not change it")
        elif rule == LABEL:
            if _is_label(base.get(key, "")) and _is_label(value):
                result[key] = value
            else:
                _fault(source, key, f"{place} is a number, and not words")
        elif key not in base and rule != LABELS:
            _fault(source, key, f"{place} stands over nothing")
        elif isinstance(rule, Mapping) and isinstance(value, dict):
            result[key] = _merged(source, base.get(key, {}), value, rule, place)
        elif isinstance(rule, type) and isinstance(value, rule) and _same_size(base[key], value):
            result[key] = value
        else:
            _fault(source, key, f"{place} is of another kind or number than what it stands over")
    return result


def _is_label(value: object) -> bool:
    return isinstance(value, str) and not any(c.isdecimal() or c in "{}" for c in value)


def _same_size(base: object, value: object) -> bool:
    return not isinstance(base, list) or (isinstance(value, list) and len(base) == len(value))


def _fault(source: Source, key: str, sentence: str) -> None:
    source.fault(sentence, source.line(key))
