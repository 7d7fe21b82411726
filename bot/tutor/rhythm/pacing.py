"""When drops come: one a local day, at the learner's own hour, in the learner's own zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.tutor.learner import EVERY_DAY, Rhythm

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
APART = timedelta(hours=8)  # between two drops, whatever was changed or missed between them
ON_TIME = timedelta(hours=1)  # a drop this late still belongs to the day that it was meant for
WEEKDAYS = 7
PATIENCE = 3 * WEEKDAYS  # days searched: a week, and room for days that a zone left out


def next_time(rhythm: Rhythm, after: datetime, later_than: date | None = None) -> datetime:
    """The first moment (UTC) of the rhythm after `after`, on a local date after `later_than`."""
    zone, hour = ZoneInfo(rhythm.zone), time.fromisoformat(rhythm.hour)
    today = after.astimezone(zone).date()
    first = max(today, later_than + DAY) if later_than else today
    for ahead in range(PATIENCE):
        day = first + timedelta(days=ahead)
        if not rhythm.days & EVERY_DAY & 1 << day.weekday():
            continue
        moment = moment_of(zone, day, hour)
        if moment is not None and moment > after:
            return moment
    raise ValueError(f"{rhythm} names no day of the week")


def moment_of(zone: ZoneInfo, day: date, hour: time) -> datetime | None:
    """When the clocks of a zone show `hour` on `day` (UTC); None when the zone left that day out.

    Of an hour that comes twice, the first. An hour that the clocks skip becomes the first minute
    after the gap, or the last one before it when the gap ends the day.
    """
    local = datetime.combine(day, hour, zone)
    moment = local.astimezone(UTC)
    if _same_clock(moment.astimezone(zone), local):
        return moment
    resumed = _end_of_gap(zone, local)
    if resumed.astimezone(zone).date() == day:
        return resumed
    return resumed - MINUTE if (resumed - MINUTE).astimezone(zone).date() == day else None


def _same_clock(one: datetime, other: datetime) -> bool:
    return one.replace(tzinfo=None) == other.replace(tzinfo=None)


def _end_of_gap(zone: ZoneInfo, local: datetime) -> datetime:
    """The second at which the offset changes; `local` lies in the gap that this makes."""
    early, late = local.replace(fold=1).astimezone(UTC), local.replace(fold=0).astimezone(UTC)
    new_offset = late.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == new_offset:
            late = middle
        else:
            early = middle
    return late


@dataclass(frozen=True, slots=True)
class Knock:
    """What a due moment yields: the day whose drop it brings, and the moment of the next."""

    local_date: date
    next_drop: datetime


def knock(rhythm: Rhythm, due: datetime, now: datetime) -> Knock:
    """One drop for all that was due up to `now`.

    On time it belongs to the date that it was due on. A late one (the process was down) comes at
    once and is today's: the next keeps to a later date, and at least eight hours away.
    """
    zone = ZoneInfo(rhythm.zone)
    if now - due <= ON_TIME:
        day = due.astimezone(zone).date()
        return Knock(day, next_time(rhythm, max(due, now), day))
    day = now.astimezone(zone).date()
    return Knock(day, next_time(rhythm, now + APART, day))


def same_drop(
    rhythm: Rhythm, moment: datetime, within: timedelta = timedelta(0)
) -> datetime | None:
    """The rhythm's own moment nearest to `moment`, when it is no farther than `within`."""
    zone, hour = ZoneInfo(rhythm.zone), time.fromisoformat(rhythm.hour)
    today = moment.astimezone(zone).date()
    near = [moment_of(zone, day, hour) for day in (today - DAY, today, today + DAY)]
    nearest = min((one for one in near if one), key=lambda one: abs(one - moment), default=None)
    return nearest if nearest and abs(nearest - moment) <= within else None


def after_change(
    rhythm: Rhythm, now: datetime, last_drop: date | None, before: Rhythm | None = None
) -> datetime:
    """The next drop when hour, zone or days were changed from `before` to `rhythm`.

    Never two drops on one local date, nor two within eight hours.
    """
    if last_drop is None:
        return next_time(rhythm, now)
    was = before or rhythm
    came = moment_of(ZoneInfo(was.zone), last_drop, time.fromisoformat(was.hour)) or now
    seen_as = came.astimezone(ZoneInfo(rhythm.zone)).date()
    return next_time(rhythm, max(now, came + APART), max(last_drop, seen_as))
