"""Every local day has one drop, in every zone, through every change of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.tutor.learner import EVERY_DAY, Rhythm
from bot.tutor.rhythm.pacing import APART, after_change, knock, moment_of, next_time

ZONES = sorted(available_timezones() - {"Factory", "localtime"})
HOURS = st.builds(lambda h, m: f"{h:02}:{m:02}", st.integers(0, 23), st.integers(0, 59))
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def drops_of_year(rhythm: Rhythm, year: int) -> list[datetime]:
    moments, moment = [], datetime(year, 1, 1, tzinfo=UTC)
    while moment.year == year:
        moment = next_time(rhythm, moment)
        moments.append(moment)
    return moments


def days_on_the_calendar(zone: ZoneInfo, first: datetime, last: datetime) -> list[date]:
    """Every local date that a clock watched each half hour shows between two moments."""
    steps = int((last - first) / (30 * MINUTE)) + 1
    shown = {(first + k * 30 * MINUTE).astimezone(zone).date() for k in range(steps)}
    return sorted(shown | {last.astimezone(zone).date()})  # an offset of seconds shifts the steps


def shows(moment: datetime, zone: ZoneInfo, day: date, hour: str) -> bool:
    local = moment.astimezone(zone)
    return local.date() == day and f"{local:%H:%M}" == hour


@given(zone=st.sampled_from(ZONES), hour=HOURS, year=st.integers(1972, 2037))
@example(zone="Pacific/Apia", hour="12:00", year=2011)  # left 30 December out
@example(zone="Pacific/Kwajalein", hour="00:10", year=1993)  # left 21 August out
@example(zone="Europe/Berlin", hour="02:30", year=2026)
@example(zone="Australia/Lord_Howe", hour="02:15", year=2026)  # half an hour
@example(zone="America/Santiago", hour="00:30", year=2026)  # the gap begins the day
@example(zone="America/Nuuk", hour="23:30", year=2025)  # the gap ends the day
@example(zone="Antarctica/Troll", hour="01:30", year=2026)  # two hours
@example(zone="America/Havana", hour="00:30", year=2026)
@settings(deadline=None, max_examples=60)
def test_every_local_day_has_exactly_one_drop(zone, hour, year):
    place = ZoneInfo(zone)
    moments = drops_of_year(Rhythm(zone, hour), year)
    assert moments == sorted(set(moments))
    days = [moment.astimezone(place).date() for moment in moments]
    assert days == days_on_the_calendar(place, moments[0], moments[-1])


@given(zone=st.sampled_from(ZONES), hour=HOURS, year=st.integers(1972, 2037))
@example(zone="Europe/Berlin", hour="02:30", year=2026)
@example(zone="Antarctica/Troll", hour="01:30", year=2026)
@settings(deadline=None, max_examples=40)
def test_the_clock_shows_the_hour_the_first_time_that_it_does(zone, hour, year):
    place = ZoneInfo(zone)
    for moment in drops_of_year(Rhythm(zone, hour), year):
        day = moment.astimezone(place).date()
        if shows(moment, place, day, hour):
            if (moment - DAY).astimezone(place).utcoffset() != moment.astimezone(
                place
            ).utcoffset() or moment.astimezone(place).fold:
                assert not any(shows(moment - k * MINUTE, place, day, hour) for k in range(1, 181))
        else:  # no minute of that day shows it
            around = (moment + k * MINUTE for k in range(-1500, 1500))
            assert not any(shows(minute, place, day, hour) for minute in around)


@pytest.mark.parametrize(
    ("zone", "day", "hour", "moment"),
    [
        ("Europe/Berlin", "2026-03-28", "02:30", "2026-03-28T01:30"),
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:00"),  # 02:00-03:00 is left out
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30"),  # comes twice: the first
        ("America/Santiago", "2026-09-06", "00:30", "2026-09-06T04:00"),
        ("America/Nuuk", "2025-03-29", "23:30", "2025-03-30T00:59"),  # 23:00-24:00 is left out
        ("Asia/Kathmandu", "2026-01-01", "08:00", "2026-01-01T02:15"),
        ("Pacific/Apia", "2011-12-30", "12:00", None),
    ],
)
def test_moments_of_the_clock_changes(zone, day, hour, moment):
    found = moment_of(ZoneInfo(zone), date.fromisoformat(day), time.fromisoformat(hour))
    assert found == (moment and at(moment))


@given(days=st.integers(1, EVERY_DAY), start=st.timedeltas(timedelta(0), 2000 * DAY))
def test_drops_come_on_the_chosen_weekdays_only(days, start):
    moment = next_time(Rhythm("Europe/Rome", "07:00", days), at("2024-01-01") + start)
    assert days >> moment.astimezone(ZoneInfo("Europe/Rome")).weekday() & 1


def test_a_rhythm_without_days_is_a_programmers_mistake():
    with pytest.raises(ValueError, match="no day of the week"):
        next_time(Rhythm("Europe/Rome", "07:00", 0), at("2026-01-01"))


EIGHT = Rhythm("UTC", "08:00")


@pytest.mark.parametrize(
    ("rhythm", "due", "now", "day", "following"),
    [
        (EIGHT, "2026-03-01T08:00", "2026-03-01T08:00", "2026-03-01", "2026-03-02T08:00"),
        # late within the hour, over midnight: still the drop of the day it was meant for
        (Rhythm("UTC", "23:50"), "2026-03-01T23:50", "2026-03-02T00:10", "2026-03-01", "2026-03-02T23:50"),
        # three days down: one drop, today's
        (EIGHT, "2026-03-01T08:00", "2026-03-04T12:00", "2026-03-04", "2026-03-05T08:00"),
        # up again before today's hour: the late one is today's
        (EIGHT, "2026-03-01T08:00", "2026-03-02T06:00", "2026-03-02", "2026-03-03T08:00"),
        # up again just before midnight: the next is eight hours away at least
        (Rhythm("UTC", "00:30"), "2026-03-01T00:30", "2026-03-01T23:50", "2026-03-01", "2026-03-03T00:30"),
    ],
)  # fmt: skip
def test_what_was_missed_comes_once(rhythm, due, now, day, following):
    came = knock(rhythm, at(due), at(now))
    assert (came.local_date, came.next_drop) == (date.fromisoformat(day), at(following))


@given(
    zone=st.sampled_from(ZONES),
    hour=HOURS,
    downtimes=st.lists(st.timedeltas(timedelta(0), timedelta(days=4)), min_size=3, max_size=12),
)
@settings(deadline=None)
def test_however_late_the_clock_knocks_dates_rise_and_drops_keep_apart(zone, hour, downtimes):
    rhythm = Rhythm(zone, hour)
    due, came = next_time(rhythm, at("2026-01-01")), []
    for late in downtimes:
        one = knock(rhythm, due, due + late)
        came.append((one.local_date, due + late))
        due = one.next_drop
    for (day, moment), (later_day, later_moment) in pairwise(came):
        assert later_day > day
        assert later_moment - moment >= APART


@given(
    old=st.builds(Rhythm, st.sampled_from(ZONES), HOURS),
    new=st.builds(Rhythm, st.sampled_from(ZONES), HOURS),
    last=st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    since=st.timedeltas(timedelta(0), timedelta(days=3)),
)
@settings(deadline=None)
def test_a_changed_rhythm_brings_no_second_drop_on_a_date_nor_within_eight_hours(
    old, new, last, since
):
    came = moment_of(ZoneInfo(old.zone), last, time.fromisoformat(old.hour))
    following = after_change(new, came + since, last, old)
    assert following > came + since
    assert following - came >= APART
    day = following.astimezone(ZoneInfo(new.zone)).date()
    assert day > last
    assert day > came.astimezone(ZoneInfo(new.zone)).date()
    assert following <= came + since + timedelta(days=3, hours=12)
