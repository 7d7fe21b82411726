"""Undoes what Telegram's clients make of marks that a learner typed."""

from __future__ import annotations

from collections.abc import Iterable

_MARKS = {
    "bold": "**",
    "italic": "__",
    "strikethrough": "~~",
    "spoiler": "||",
    "code": "`",
    "pre": "```",
}


def restore(text: str, entities: Iterable[tuple[str, int, int]]) -> str:
    """The text as typed: `2**3**2` arrives as "232" with a bold 3.

    An entity is (type, offset, length), counted in UTF-16 code units as Telegram counts.
    """
    opening: dict[int, str] = {}
    closing: dict[int, str] = {}
    for kind, offset, length in sorted(entities, key=lambda entity: (entity[1], -entity[2])):
        mark = _MARKS.get(kind)
        if mark and length > 0:
            opening[offset] = opening.get(offset, "") + mark
            closing[offset + length] = mark + closing.get(offset + length, "")
    if not opening:
        return text
    typed, at = [], 0
    for letter in text:
        typed.append(closing.pop(at, "") + opening.pop(at, "") + letter)
        at += 2 if ord(letter) > 0xFFFF else 1
    return "".join(typed) + "".join(closing[end] for end in sorted(closing) if end >= at)
