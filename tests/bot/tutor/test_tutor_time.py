"""Hours, days and places as people type them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from bot.tutor.rhythm.dates import read_day
from bot.tutor.rhythm.hours import read_hour
from bot.tutor.rhythm.places import find_place, zone_of_language, zone_of_point, zones_of_clock

HOURS = """
7.30 07:30
7:30 07:30
7,30 07:30
7h30 07:30
07:30 07:30
0730 07:30
19h 19:00
7 07:00
at 7 07:00
seven 07:00
7 pm 19:00
7pm 19:00
7.30pm 19:30
12 am 00:00
12 pm 12:00
7 o'clock 07:00
half past seven 07:30
half past 7 pm 19:30
quarter to eight 07:45
quarter past eight 08:15
eight in the evening 20:00
noon 12:00
midnight 00:00
24:00 00:00
19 Uhr 19:00
halb acht 07:30
viertel vor acht 07:45
um 19 Uhr 19:00
it's 18:40 18:40
"""
NOT_HOURS = [
    "",
    "25",
    "7:60",
    "−3",
    "-3",
    "1/2",
    "x1",
    "2 1 3",
    "half past",
    "tomorrow",
    "100",
    "(1, 2)",
]
TODAY = date(2024, 3, 1)  # a Friday
DAYS = """
tomorrow 2024-03-02
until Monday 2024-03-04
friday 2024-03-08
fri 2024-03-08
3 days 2024-03-04
10 days 2024-03-11
a week 2024-03-08
two weeks 2024-03-15
for a month 2024-03-31
24.12. 2024-12-24
24/12 2024-12-24
1.2. 2025-02-01
24.12.2024 2024-12-24
2024-04-02 2024-04-02
2 April 2024-04-02
April 2nd 2024-04-02
2nd of April 2024-04-02
next monday 2024-03-04
the day after tomorrow 2024-03-03
12/24 2024-12-24
December 24, 2024 2024-12-24
until May 2024-05-01
bis Montag 2024-03-04
bis zum 24.12. 2024-12-24
24. Dezember 2024-12-24
bis 2. April 2024-04-02
1. März 2025-03-01
am 5. Mai 2024-05-05
zwei Wochen 2024-03-15
3 Tage 2024-03-04
einen Monat 2024-03-31
übermorgen 2024-03-03
bis Mai 2024-05-01
"""
NOT_DAYS = [
    "",
    "never",
    "0 days",
    "400 days",
    "31.2.",
    "2024-02-28",
    "99.99.",
    "monkey",
    "marble",
    "sum",
    "no weeks",
    "13/13",
    "2020-01-01",
]


def rows(table):
    return [line.rsplit(" ", 1) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "hour"), rows(HOURS))
def test_an_hour_is_read_as_it_is_typed(text, hour):
    assert read_hour(text) == time.fromisoformat(hour)


@pytest.mark.parametrize("text", NOT_HOURS)
def test_what_is_no_hour_is_not_read_as_one(text):
    assert read_hour(text) is None


@pytest.mark.parametrize(("text", "day"), rows(DAYS))
def test_a_day_to_come_is_read_as_it_is_typed(text, day):
    assert read_day(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize("text", NOT_DAYS)
def test_what_is_no_day_to_come_is_not_read_as_one(text):
    assert read_day(text, TODAY) is None


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Berlin", "Europe/Berlin"),
        ("  berlin ", "Europe/Berlin"),
        ("sao paulo", "America/Sao_Paulo"),
        ("München", "Europe/Berlin"),
        ("Москва", "Europe/Moscow"),
        ("Paris", "Europe/Paris"),
        ("Paris, US", "America/Chicago"),
        ("London, Canada", "America/Toronto"),
        ("nyc", "America/New_York"),
        ("London, UK", "Europe/London"),
        ("Paris, Vereinigte Staaten", "America/Chicago"),
        ("Córdoba, Spanien", "Europe/Madrid"),
    ],
)
def test_a_city_tells_its_zone(name, zone):
    assert find_place(name).zone == zone


@pytest.mark.parametrize(
    ("typed", "name"),
    [("münchen", "München"), ("Munich", "Munich"), ("sao paulo", "São Paulo"), ("nyc", "NYC")],
)
def test_a_city_is_called_as_the_learner_calls_it(typed, name):
    assert find_place(typed).name == name


@pytest.mark.parametrize("name", ["", "3", "11", "(3, 5)", "x", "Xyzzy", "−1/2", "Berlin, Narnia"])
def test_what_is_no_city_is_none(name):
    assert find_place(name) is None


def test_a_point_tells_its_zone():
    assert zone_of_point(35.68, 139.69) == "Asia/Tokyo"


def test_a_language_may_tell_where_to_begin():
    assert zone_of_language("de") == "Europe/Berlin"
    assert zone_of_language("pt-BR") == "America/Sao_Paulo"
    assert zone_of_language("en") == ""


def test_a_clock_tells_the_zones_that_show_it():
    noon = datetime(2024, 3, 1, 12, tzinfo=UTC)
    assert zones_of_clock(time(13, 5), noon) == ("Europe/Berlin", "Africa/Lagos")
    assert "Asia/Kathmandu" in zones_of_clock(time(17, 45), noon)
