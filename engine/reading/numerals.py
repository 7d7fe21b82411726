"""Runs of digits, points and commas: which number they are, or between which nobody can tell."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from engine.reading.gate import DIGITS, POWER, Refused
from engine.reading.letters import THIN

POINTED: Final = re.compile(r"\d+(?:\u00a0\d{3})*(?:\.\d+)*(?:\.(?![.\d]))?|\.\d+")
COMMAED: Final = re.compile(r"\d+(?:\u00a0\d{3})*(?:[.,]\d+)*(?:\.(?![.\d]))?|[.,]\d+")
POWERED: Final = re.compile(r"[eE][+\-—]?\d+")
RECURRING: Final = re.compile(r"(\d+)[.,](\d*)\((\d+)\)")
_THOUSANDS: Final = {
    mark: re.compile(rf"[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+") for mark in ".,"
}


def numeral(run: str, at: int) -> tuple[Fraction, int | None, str]:
    """Value, decimals given (None for a whole number), and the number as we write it.

    One point or comma is a decimal mark, several are marks of thousands; `1,234` and `1.234,5`
    can be two things and are refused with both. Errors: `Refused`.
    """
    digits = run.replace(THIN, "").rstrip(".")
    if sum(letter.isdigit() for letter in digits) > DIGITS:
        raise Refused("too-big", at, run[:DIGITS])
    points, commas = digits.count("."), digits.count(",")
    if points + commas == 0:
        return Fraction(int(digits)), None, str(int(digits))
    if points + commas == 1:
        if commas and _THOUSANDS[","].fullmatch(digits):
            joined = digits.replace(",", "")
            raise Refused("ambiguous", at, run, (digits.replace(",", "."), joined))
        return _decimal(digits.replace(",", "."))
    return _grouped(digits, at)


def _grouped(digits: str, at: int) -> tuple[Fraction, int | None, str]:
    if "." in digits and "," in digits:
        mark = "." if digits.index(".") < digits.index(",") else ","
        whole, last = digits.rsplit("," if mark == "." else ".", 1)
        if _THOUSANDS[mark].fullmatch(whole) and not set(last) & {".", ","}:
            joined = f"{whole.replace(mark, '')}.{last}"
            if whole.count(mark) > 1:
                return _decimal(joined)
            parted = digits.split(",", 1)
            raise Refused("ambiguous", at, digits, (joined, f"({parted[0]}, {parted[1]})"))
        raise Refused("unreadable", at, digits)
    mark = "." if "." in digits else ","
    if _THOUSANDS[mark].fullmatch(digits):
        whole = digits.replace(mark, "")
        return Fraction(int(whole)), None, whole
    if mark == ",":
        raise Refused("wrong-count", at, str(digits.count(",") + 1))
    raise Refused("unreadable", at, digits)


def _decimal(digits: str) -> tuple[Fraction, int | None, str]:
    whole, _, after = digits.partition(".")
    value = Fraction(int(whole + after or "0"), 10 ** len(after))
    return value, len(after), f"{int(whole or '0')}.{after}" if after else str(int(whole))


def recurring(match: re.Match[str], at: int) -> Fraction:
    """0.(3), the three for ever; 0.1(6) may be 0.1·6 as well and is refused."""
    whole, before, period = match.groups()
    if len(match.group()) > DIGITS:
        raise Refused("too-big", at, match.group()[:DIGITS])
    if before or int(whole):
        readings = (f"{whole}.{before}{period * 3}…", f"{whole}.{before or 0}*{period}")
        raise Refused("ambiguous", at, match.group(), readings)
    return Fraction(int(period), 10 ** len(period) - 1)


def powered(
    digits: tuple[Fraction, int | None, str], power: str, at: int
) -> tuple[Fraction, int | None, str]:
    """A number with a power of ten behind it: 1.2e-3 has four decimals."""
    value, places, written = digits
    exponent = int(power[1:].replace("—", "-"))
    if abs(exponent) > POWER:
        raise Refused("too-big", at, power)
    decimals = max(0, (places or 0) - exponent)
    return value * Fraction(10) ** exponent, decimals or None, f"{written}e{exponent}"
