"""How a number is written for a reader: real signs, and the decimals of the reader's language."""

from __future__ import annotations

import re
from functools import lru_cache

_PARTED = re.compile(r"(?<=[\d)\]]), (?=[−(\[]*\d)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")


def shown(canonical: str, mark: str = ".") -> str:
    """What is all notation: `(-2*x, 0.5)` as `(−2·x, 0.5)`, with a comma as `(−2·x; 0,5)`."""
    text = canonical.replace("-", "−").replace("*", "·")
    return text if mark == "." else _POINT.sub(mark, text.replace(", ", "; "))


def in_decimals(words: str, mark: str) -> str:
    """Words with numbers among them: with a comma "0.5, 1 of 1,281" is "0,5; 1 of 1 281"."""
    if mark == ".":
        return words
    parted = _THOUSANDS.sub("\N{NARROW NO-BREAK SPACE}", _PARTED.sub("; ", words))
    return _POINT.sub(mark, parted)


@lru_cache
def decimal_mark(language: str) -> str:
    """A point, or a comma."""
    from babel.numbers import get_decimal_symbol

    return str(get_decimal_symbol(language))
