"""Reading what a picture is told: numbers, vectors, matrices and widths out of short strings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

Vector = tuple[Fraction, ...]

_NUMBER = re.compile(r"[-−+]?\d+(?:\.\d+|/0*[1-9]\d*)?")


def number(values: Mapping[str, str], key: str) -> Fraction:
    found = vector(values, key)
    if len(found) != 1:
        raise ValueError(f"{key} is one number, not {values[key]!r}")
    return found[0]


def vector(values: Mapping[str, str], key: str) -> Vector:
    """Numbers between commas, with or without brackets: `(3, -1/2, 0.5)`."""
    return _row(values[key], key)


def matrix(values: Mapping[str, str], key: str) -> tuple[Vector, ...]:
    """Rows in square brackets: `[[1, 2], [3, 4]]`."""
    rows = re.findall(r"\[([^\[\]]*)\]", values[key])
    found = tuple(_row(row, key) for row in rows)
    if not found or len({len(row) for row in found}) != 1:
        raise ValueError(f"{key} is a matrix like [[1, 2], [3, 4]], not {values[key]!r}")
    return found


def widths(values: Mapping[str, str], key: str) -> tuple[int, ...]:
    """Widths of layers: `2-3-1`."""
    if not re.fullmatch(r"\d{1,5}(-\d{1,5})+", values[key]):
        raise ValueError(f"{key} is widths like 2-3-1, not {values[key]!r}")
    return tuple(int(width) for width in values[key].split("-"))


def words(values: Mapping[str, str], key: str) -> tuple[str, ...]:
    """Short words between bars: `riders | orders`."""
    return tuple(word.strip() for word in values[key].split("|"))


def _row(text: str, key: str) -> Vector:
    parts = text.strip(" ()[]").split(",")
    if not all(_NUMBER.fullmatch(part.strip()) for part in parts):
        raise ValueError(f"{key} is a number or numbers between commas, not {text!r}")
    return tuple(Fraction(part.strip().replace("−", "-")) for part in parts)


def shown(value: Fraction, *, plus: bool = False) -> str:
    """A number as a learner reads it: `−3`, `0.75`, `1/3`; with `plus`, its sign always.

    What would be long either way is rounded and says so: `≈0.1235`.
    """
    sign = "−" if value < 0 else "+" if plus else ""
    size = abs(value)
    if 10**4 % size.denominator and size.denominator >= 1000:
        return f"≈{sign}" + f"{float(size):.4f}".rstrip("0").rstrip(".")
    if 10**4 % size.denominator:
        return f"{sign}{size.numerator}/{size.denominator}"
    return f"{sign}{f'{float(size):.4f}'.rstrip('0').rstrip('.')}"


def rounded(value: Fraction) -> str:
    """A measured number: three decimals at most, none of them an idle zero."""
    return f"{float(value):.3f}".rstrip("0").rstrip(".").replace("-", "−")


def factor(value: Fraction) -> str:
    """A number after a sign of multiplication: `3`, `(−3)`."""
    return f"({shown(value)})" if value < 0 else shown(value)


_VULGAR = {
    Fraction(1, 2): "½",
    Fraction(1, 4): "¼",
    Fraction(3, 4): "¾",
    Fraction(1, 8): "⅛",
    Fraction(3, 8): "⅜",
    Fraction(5, 8): "⅝",
    Fraction(7, 8): "⅞",
}


def mixed(value: Fraction) -> str:
    """Halves, quarters and eighths as one sign after the whole part: `1½`, `−¼`, `3`."""
    whole, part = divmod(abs(value), 1)
    if part and part not in _VULGAR:
        return shown(value)
    sign = "−" if value < 0 else ""
    return sign + (str(whole) if whole or not part else "") + _VULGAR.get(part, "")


def dot(one: Sequence[Fraction], other: Sequence[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(one, other, strict=True)), start=Fraction(0))


def relu(z: Fraction) -> Fraction:
    return max(z, Fraction(0))
