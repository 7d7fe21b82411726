"""How a number is written for a reader: real signs, and the decimals of the reader's language."""

from __future__ import annotations

import re
from functools import lru_cache

_PARTED = re.compile(r"(?<=[\d)\]]), (?=[−(\[]*\d)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")


def shown(canonical: str) -> str:
    """`-2*x` as `−2·x`."""
    return canonical.replace("-", "−").replace("*", "·")


def in_decimals(text: str, mark: str) -> str:
    """With a comma 0.5 becomes 0,5; (0.5, 1) becomes (0,5; 1), and 1,281 has a narrow blank."""
    if mark == ".":
        return text
    parted = _THOUSANDS.sub("\N{NARROW NO-BREAK SPACE}", _PARTED.sub("; ", text))
    return _POINT.sub(mark, parted)


@lru_cache
def decimal_mark(language: str) -> str:
    """A point, or a comma."""
    from babel.numbers import get_decimal_symbol

    return str(get_decimal_symbol(language))
