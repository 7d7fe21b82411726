"""Reading an hour of the day as people type it."""

from __future__ import annotations

import re
from datetime import time

NUMBERS = {
    name: number
    for number, names in enumerate(
        [
            "-",
            "one/eins/ein",
            "two/zwei",
            "three/drei",
            "four/vier",
            "five/fünf",
            "six/sechs",
            "seven/sieben",
            "eight/acht",
            "nine/neun",
            "ten/zehn",
            "eleven/elf",
            "twelve/zwölf",
        ]
    )
    for name in names.split("/")
}
NAMED = {"noon": time(12), "midday": time(12), "midnight": time(0), "mittag": time(12)}
AFTERNOON = r"pm|p\.m\.?|in the (?:afternoon|evening)|at night|tonight|abends|nachmittags"
MORNING = r"am|a\.m\.?|in the morning|morgens|früh"
LEAD = re.compile(r"^(?:at|around|about|um|gegen|so)\s+|^(?:it'?s|it is|es ist)\s+")
DIGITS = re.compile(
    rf"(\d{{1,2}})(?:\s*[:.,h]\s*(\d{{2}})|\s*h)?(?:\s*(?:o'?clock|uhr))?"
    rf"\s*(?:({MORNING})|({AFTERNOON}))?$"
)
FOUR = re.compile(r"(\d\d)(\d\d)$")
PHRASE = re.compile(
    r"(half|quarter|halb|viertel)\s*(past|to|vor|nach)?\s*(\w+)"
    rf"\s*(?:({MORNING})|({AFTERNOON}))?$"
)


def read_hour(text: str) -> time | None:
    """`7.30`, `19h`, `7 pm`, `half past seven`, `noon`: an hour of the day, or None."""
    plain = LEAD.sub("", text.strip().lower().rstrip("!. ").replace("’", "'"))
    if plain in NAMED:
        return NAMED[plain]
    if phrase := PHRASE.match(plain):
        return _phrase(*phrase.groups())
    plain = " ".join(str(NUMBERS.get(word, word)) for word in plain.split())
    if four := FOUR.match(plain):
        return _time(int(four[1]), int(four[2]), late=False, early=False)
    if digits := DIGITS.match(plain):
        hour, minute, morning, evening = digits.groups()
        return _time(int(hour), int(minute or 0), late=bool(evening), early=bool(morning))
    return None


def _phrase(
    part: str, side: str | None, name: str, morning: str | None, evening: str | None
) -> time | None:
    hour = NUMBERS.get(name) or (int(name) if name.isdigit() else None)
    if hour is None:
        return None
    minutes = 15 if part in ("quarter", "viertel") else 30
    before = side in ("to", "vor") or (part == "halb" and side is None)
    total = (hour * 60 + (-minutes if before else minutes)) % (24 * 60)
    return _time(total // 60, total % 60, late=bool(evening), early=bool(morning))


def _time(hour: int, minute: int, *, late: bool, early: bool) -> time | None:
    if late and hour < 12:
        hour += 12
    if early and hour == 12:
        hour = 0
    if hour == 24 and minute == 0:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None
