"""Reading a day to come as people type it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

LONGEST = 366  # days ahead
SHORTEST = 3  # letters of a weekday or a month
LEAD = re.compile(r"^(?:(?:until|till|for|to|on|next|bis|für|zum|am|den|nächsten|the)\s+)+")
NAMED = {
    "tomorrow": 1,
    "morgen": 1,
    "day after tomorrow": 2,
    "übermorgen": 2,
}
COUNTS = {
    word: number
    for number, words in enumerate(
        ["-", "a/an/one/ein/eine/einen", "two/zwei", "three/drei", "four/vier"]
    )
    for word in words.split("/")
}
SPANS = {
    word: days
    for days, words in ((1, "day/tag"), (7, "week/woche"), (30, "month/monat"))
    for name in words.split("/")
    for word in (name, f"{name}s", f"{name}e", f"{name}n", f"{name}en")
}
MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "-",
            "january januar",
            "february februar",
            "march märz mrz",
            "april",
            "may mai",
            "june juni",
            "july juli",
            "august",
            "september",
            "october oktober",
            "november",
            "december dezember",
        ]
    )
    for name in names.split()
}
WEEKDAYS = {
    name: day
    for day, names in enumerate(
        [
            "monday montag",
            "tuesday dienstag",
            "wednesday mittwoch",
            "thursday donnerstag",
            "friday freitag",
            "saturday samstag sonnabend",
            "sunday sonntag",
        ]
    )
    for name in names.split()
}
SPAN = re.compile(r"(\d{1,3}|[a-z]+)?\s*([a-z]+)")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
NUMBERS = re.compile(r"(\d{1,2})\s*([./])\s*(\d{1,2})(?:\s*[./]\s*(\d{4})?)?")
IN_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s*(?:of\s+)?([a-zä]{3,9})\.?(?:\s+(\d{4}))?")
TURNED = re.compile(r"([a-zä]{3,9})\s*(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?")


def read_day(text: str, today: date) -> date | None:
    """A later day, at most a year ahead: `Monday`, `tomorrow`, `3 days`, `24.12.`, `1 March`."""
    plain = LEAD.sub("", text.strip().lower()).strip(" .!")
    found = _span(plain, today) or _weekday(plain, today) or _in_numbers(plain, today)
    found = found or _in_words(plain, today)
    return found if found and today < found <= today + timedelta(days=LONGEST) else None


def _span(text: str, today: date) -> date | None:
    if text in NAMED:
        return today + timedelta(days=NAMED[text])
    span = SPAN.fullmatch(text)
    if span is None or span[2] not in SPANS:
        return None
    count = span[1] or "a"
    number = int(count) if count.isdecimal() else COUNTS.get(count)
    return today + timedelta(days=SPANS[span[2]] * number) if number else None


def _weekday(text: str, today: date) -> date | None:
    day = _named(WEEKDAYS, text)
    ahead = (day - today.weekday() - 1) % 7 + 1 if day is not None else 0
    return today + timedelta(days=ahead) if ahead else None


def _named(names: Mapping[str, int], text: str) -> int | None:
    """The one that is called so, or whose name begins so."""
    found = (number for name, number in names.items() if name.startswith(text))
    return next(found, None) if len(text) >= SHORTEST else None


def _in_numbers(text: str, today: date) -> date | None:
    if iso := ISO.fullmatch(text):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    if short := NUMBERS.fullmatch(text):
        day, month = int(short[1]), int(short[3])
        if short[2] == "/" and month > 12:  # as it is written in America
            day, month = month, day
        return _coming(day, month, short[4], today)
    return None


def _in_words(text: str, today: date) -> date | None:
    """`24 December`, `December 24th`, and a month alone: its first day."""
    if found := IN_WORDS.fullmatch(text):
        day, name, year = found[1], found[2], found[3]
    elif turned := TURNED.fullmatch(text):
        day, name, year = turned[2], turned[1], turned[3]
    else:
        day, name, year = "1", text, None
    month = _named(MONTHS, name)
    return _coming(int(day), month, year, today) if month else None


def _coming(day: int, month: int, year: str | None, today: date) -> date | None:
    if year:
        return _date(int(year), month, day)
    found = _date(today.year, month, day)
    return found if found is None or found > today else _date(today.year + 1, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
