"""What a number may be drawn from: `-3..3 except 0`, `1/2..3 by 1/2`, `2, 3, 5`."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

NUMBER = r"-?\d+(?:/\d+|\.\d+)?"
SPAN = re.compile(rf"({NUMBER})\.\.({NUMBER})(?: by ({NUMBER}))?")
MOST = 10_000


class RangeError(ValueError):
    """The range cannot be read: the message says why, for its author."""


@lru_cache(maxsize=1024)
def numbers(text: str) -> tuple[Fraction, ...]:
    """All numbers of a range, in order; raises RangeError."""
    given, _, taken = text.partition(" except ")
    left_out = set(_listed(taken)) if taken else set()
    found = tuple(value for value in _listed(given) if value not in left_out)
    if not found:
        raise RangeError(f"{text}: nothing to draw from")
    return found


def _listed(text: str) -> list[Fraction]:
    listed: list[Fraction] = []
    for part in text.split(","):
        listed += _part(part.strip())
    return listed


def _part(text: str) -> list[Fraction]:
    if re.fullmatch(NUMBER, text):
        return [Fraction(text)]
    span = SPAN.fullmatch(text)
    if not span:
        raise RangeError(f"{text}: write -3..3, 1/2..3 by 1/2, or 2, 3, 5")
    first, last, step = Fraction(span[1]), Fraction(span[2]), Fraction(span[3] or 1)
    if step <= 0 or (last - first) / step > MOST:
        raise RangeError(f"{text}: more than {MOST} numbers, or a step that leads nowhere")
    return [first + step * i for i in range(int((last - first) / step) + 1)]
