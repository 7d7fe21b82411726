"""A year of learners of different habits and zones: `python tests/bot/tutor/simulated_year.py 200`.

What is watched are days, not numbers: these come from a small stock, so that a year takes seconds.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import partial
from multiprocessing import Pool
from random import Random
from time import monotonic as clock
from zoneinfo import ZoneInfo

from stocked import Stocked, open_the_stock
from tutor_chat import Chat

from bot.tutor.events import Person, UserId
from bot.tutor.turn import Lane, Say
from lessons.loader.loading import load

CITIES = ["Berlin", "Tokyo", "Los Angeles", "Kathmandu", "São Paulo", "Auckland", "Lagos", "Apia"]
HOURS = ["06:45", "07:30", "12:30", "18:00", "20:30", "22:15"]
HABITS = [
    "daily",
    "weekdays",
    "now and then",
    "gone after a week",
    "back after a month",
    "eager",
    "traveller",
]
BACKLOG = re.compile(r"\d+ (drops|of them) (wait|missed|behind|left)")


@dataclass
class Seen:
    """What one learner's year brought."""

    habit: str
    pushes: list = field(default_factory=list)  # (local moment, sounding, by wish)
    opened: Counter = field(default_factory=Counter)  # local date -> drops
    warm_ups: Counter = field(default_factory=Counter)  # local date -> steps before drops
    reviews: Counter = field(default_factory=Counter)  # local date -> steps after the path
    doubles: int = 0  # announcements of the clock beyond the first on a local date
    later: Counter = field(default_factory=Counter)  # week -> pushes, once the path is done
    alone: int = 0  # lines of the unaided pass that were right, or followed
    took_alone: bool = False
    in_a_row: int = 0
    most_in_a_row: int = 0
    backlog: int = 0
    done: int = 0


def live(number, course, days=365, room=Chat):
    """One learner, hour by hour of interest, for so many days."""
    random = Random(number)
    habit, hour = HABITS[number % len(HABITS)], random.choice(HOURS)
    begin = datetime(2024, 1, 10, random.randrange(24), tzinfo=UTC) + timedelta(
        days=random.randrange(60)
    )
    chat = room(course, Person(UserId(number + 1), "Ana", "en"), now=begin)
    seen = Seen(habit)
    chat.start()
    chat.finish_drop()
    begun_on = chat.now
    chat.type(random.choice(CITIES))
    chat.tap("Yes")
    chat.type(hour)
    seen.opened[begun_on.astimezone(chat.scene.local.tzinfo).date()] += 1
    watched(chat, seen, 0)
    for day in range(days):
        passed(chat, seen, timedelta(hours=random.randrange(10, 30)), hour)
        if comes(habit, day, chat, random):
            learn(chat, seen, random, habit)
    seen.done = len(chat.learner.finished)
    if chat.learner.unaided and chat.learner.unaided.ended:
        seen.took_alone = True
        seen.alone = sum(one.outcome in ("right", "follows") for one in chat.learner.unaided.lines)
    return seen


def comes(habit, day, chat, random):
    match habit:
        case "weekdays":
            return chat.scene.local.weekday() < 5
        case "now and then":
            return random.random() < 0.2
        case "gone after a week":
            return day < 7
        case "back after a month":
            return not 5 <= day < 35
    return random.random() < 0.9


def learn(chat, seen, random, habit):
    count, seen.in_a_row = len(chat.turns), 0
    if habit == "traveller" and random.random() < 0.1:
        chat.type("/settings")
        chat.tap("Place")
        chat.type(random.choice(CITIES))
        chat.tap("Yes")
    for _ in range(2 if habit == "eager" else 1):
        chat.type("/today")
        for _ in range(60):
            if chat.open is None:
                break
            answer(chat, seen, random)
    seen.opened[chat.scene.today] += sum(bool(turn.delivered) for turn in chat.turns[count:])
    watched(chat, seen, count)


def answer(chat, seen, random):
    """Most are right; what is asked again from earlier is counted."""
    stage, today = chat.learner.stage, chat.scene.today
    if random.random() < 0.15:
        chat.type("1234567")
    else:
        chat.solve()
        if stage.role == "warm-up":
            (seen.warm_ups if stage.then else seen.reviews)[today] += 1


def passed(chat, seen, span, hour):
    """Time goes by; each push is watched at its own moment."""
    end = chat.now + span
    while (due := chat.learner.next_drop) and due <= end:
        count = len(chat.turns)
        by_wish, day = chat.learner.postponed is not None, chat.learner.last_drop
        chat.until(due)
        pushed = [say for say in said(chat, count) if say.lane in (Lane.DROP, Lane.REMINDER)]
        seen.doubles += bool(pushed) and not by_wish and chat.learner.last_drop == day
        for say in said(chat, count):
            if say.lane in (Lane.DROP, Lane.REMINDER):
                local = chat.now.astimezone(ZoneInfo(chat.learner.rhythm.zone))
                seen.pushes.append((local, not say.silent, local.strftime("%H:%M") == hour))
                seen.in_a_row += 1
                if chat.learner.completed:
                    seen.later[local.isocalendar()[:2]] += 1
                seen.most_in_a_row = max(seen.most_in_a_row, seen.in_a_row)
        watched(chat, seen, count)
    chat.until(end)


def said(chat, start):
    return [say for turn in chat.turns[start:] for say in turn.says if isinstance(say, Say)]


def watched(chat, seen, start):
    for turn in chat.turns[start:]:
        seen.backlog += sum(
            bool(BACKLOG.search(say.text)) for say in turn.says if isinstance(say, Say)
        )


def is_quiet(moment):
    return not time(8) <= moment.time() < time(21)


def row(habit, years):
    pushes = [push for seen in years for push in seen.pushes]
    weeks = Counter(
        (id(seen), moment.isocalendar()[:2]) for seen in years for moment, _, _ in seen.pushes
    )
    dates = Counter(
        (id(seen), moment.date()) for seen in years for moment, sounds, _ in seen.pushes if sounds
    )
    opened = Counter(count for seen in years for count in seen.opened.values())
    return {
        "habit": habit,
        "learners": len(years),
        "drops done": sum(seen.done for seen in years) / len(years),
        "pushes a week": len(pushes) / len(years) / 52,
        "most in a week": max(weeks.values(), default=0),
        "most in a week, after": most(seen.later for seen in years),
        "most sounding a date": max(dates.values(), default=0),
        "in quiet hours, not chosen": sum(s and is_quiet(m) and not wish for m, s, wish in pushes),
        "most drops a date": max(opened, default=0),
        "twice by the clock": sum(seen.doubles for seen in years),
        "most unanswered": max(seen.most_in_a_row for seen in years),
        "warm-ups a day": mean(seen.warm_ups for seen in years),
        "most warm-ups a day": most(seen.warm_ups for seen in years),
        "reviews a day, after": mean(seen.reviews for seen in years),
        "most reviews a day": most(seen.reviews for seen in years),
        "most of both a day": most(seen.warm_ups + seen.reviews for seen in years),
        "took the pass alone": sum(seen.took_alone for seen in years),
        "its lines right, of 6": sum(s.alone for s in years)
        / max(1, sum(s.took_alone for s in years)),
        "backlog mentions": sum(seen.backlog for seen in years),
    }


def mean(counters):
    """Over the days that had any."""
    counts = [count for counter in counters for count in counter.values()]
    return sum(counts) / max(1, len(counts))


def most(counters):
    return max((count for counter in counters for count in counter.values()), default=0)


def table(learners, days=365, course=None, processes=1):
    course = course or load()
    if processes == 1:
        years = [live(number, course, days) for number in range(learners)]
    else:
        one = partial(live, course=course, days=days, room=Stocked)
        with Pool(processes, open_the_stock) as pool:
            years = pool.map(one, range(learners), chunksize=5)
    habits = [h for h in HABITS if any(seen.habit == h for seen in years)]
    rows = [row(habit, [seen for seen in years if seen.habit == habit]) for habit in habits]
    return [*rows, row("all", years)]


def main():
    begun = clock()
    rows = table(int(sys.argv[1]) if len(sys.argv) > 1 else 35, processes=2)
    for name in rows[0]:
        cells = [f"{r[name]:.2f}" if isinstance(r[name], float) else str(r[name]) for r in rows]
        print(f"{name:<27}" + "".join(f"{cell:>20}" for cell in cells))
    print(f"\n{clock() - begun:.0f} s on two processes")


if __name__ == "__main__":
    main()
