"""Where a vector or a matrix falls apart: lines, semicolons, blanks, commas, brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from engine.reading.gate import Refused, Typed
from engine.reading.letters import TRANSPOSED

_OPENING: Final = "([{"
_CLOSING: Final = ")]}"
_BLANKS: Final = " \u00a0"
_SIDES: Final = re.compile(r"(\d+)( ?[xX*] ?| by |-by-)(\d+)")
_AROUND_EQUALS: Final = re.compile(r"[ \u00a0]*=[ \u00a0]*")


def parts(typed: Typed, size: int) -> list[Typed]:
    """The pieces of a vector: by `;` or lines; by blanks if that makes `size`; by commas.

    Two numbers may stand as the sides of a matrix do: 3x4.
    """
    by_lines = list(split(typed, ";\n"))
    if len(by_lines) > 1:
        _refuse_dashes(by_lines)
        return [_without_bullet(line) for line in by_lines]
    if size == 2 and (sides := _SIDES.fullmatch(typed.plain)):
        return _sides(typed, sides)
    close = _close_equals(typed)
    by_blanks = list(split(close, _BLANKS, dropping=","))
    if len(by_blanks) == size:
        return by_blanks
    by_commas = list(split(typed, ","))
    return by_commas if len(by_commas) > 1 or size == 1 else by_blanks


def _sides(typed: Typed, sides: re.Match[str]) -> list[Typed]:
    """3x4, or 3×4, which may be a product as well."""
    one, by, other = sides.groups()
    if "*" in by:
        readings = (f"({one}, {other})", f"{one}*{other}")
        raise Refused("ambiguous", typed.place(0), typed.plain, readings)
    return [typed.cut(*sides.span(1)), typed.cut(*sides.span(3))]


def _refuse_dashes(lines: list[Typed]) -> None:
    """Lines that all begin with a dash and a blank: a list, or numbers below 0."""
    if not all(line.plain.startswith(("- ", "— ")) for line in lines):
        return
    texts = [line.plain[2:].strip() for line in lines]
    readings = (f"({', '.join(texts)})", f"({', '.join('-' + text for text in texts)})")
    raise Refused("ambiguous", lines[0].place(0), lines[0].plain, readings)


def _without_bullet(line: Typed) -> Typed:
    return line.cut(2, len(line.plain)) if line.plain.startswith("* ") else line


def _close_equals(typed: Typed) -> Typed:
    kept: list[int] = list(range(len(typed.plain)))
    for match in _AROUND_EQUALS.finditer(typed.plain):
        kept = [
            at for at in kept if not (match.start() <= at < match.end()) or typed.plain[at] == "="
        ]
    return Typed("".join(typed.plain[at] for at in kept), tuple(typed.places[at] for at in kept))


def split(typed: Typed, marks: str, dropping: str = "") -> Iterator[Typed]:
    """Cut at marks outside brackets; empty pieces are left out."""
    depth, start = 0, 0
    for index, letter in enumerate(typed.plain + marks[0]):
        depth += (letter in _OPENING) - (letter in _CLOSING)
        if letter in marks and (depth <= 0 or index == len(typed.plain)):
            piece = typed.cut(start, index).strip(" \n\u00a0" + dropping)
            if piece.plain:
                yield piece
            start = index + 1


def bare(typed: Typed) -> Typed:
    """Without the brackets around the whole, and without a sign of transposition."""
    typed = typed.strip()
    for mark in (TRANSPOSED, "^T", "^(t)"):
        if typed.plain.endswith(mark) and typed.plain[: -len(mark)].endswith(tuple(_CLOSING)):
            typed = typed.cut(0, len(typed.plain) - len(mark))
    while typed.plain[:1] in tuple(_OPENING) and _closing(typed.plain) == len(typed.plain) - 1:
        typed = typed.cut(1, len(typed.plain) - 1).strip()
    return typed


def _closing(text: str) -> int:
    depth = 0
    for index, letter in enumerate(text):
        depth += (letter in _OPENING) - (letter in _CLOSING)
        if depth == 0:
            return index
    return -1


def rows(typed: Typed) -> list[Typed]:
    typed = typed.strip()
    if typed.plain[:1] in tuple(_OPENING) and _closing(typed.plain) == len(typed.plain) - 1:
        typed = typed.cut(1, len(typed.plain) - 1).strip()
    by_lines = list(split(typed, ";\n", dropping=","))
    if len(by_lines) > 1:
        return by_lines
    return _groups(typed) or by_lines


def _groups(typed: Typed) -> list[Typed]:
    """Brackets side by side, nothing between them but blanks and commas."""
    groups, start = [], 0
    while start < len(typed.plain):
        rest = typed.cut(start, len(typed.plain)).plain
        if rest[0] in _OPENING and (end := _closing(rest)) > 0:
            groups.append(typed.cut(start, start + end + 1))
            start += end + 1
        elif rest[0] in ", \u00a0":
            start += 1
        else:
            return []
    return groups
