"""Study groups on a day of nets, all at one hour: what Telegram counts of it.

python -m tests.load.study_groups --groups 200 --people 10

A strict Bot API server counts on its own side, and refuses with 429 what is too much. Time is the
test's own: it passes second by second, and no faster than letters may leave.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

from bot.logs import set_up_logs
from bot.storage import groups
from lessons.loader.loading import load
from tests.load.evening import Evening

MINUTE, DAY = 60.0, 86_400.0  # seconds
MOST_A_MINUTE, MOST_A_DAY, APART = 20, 1, 10.0  # a group: messages, posts; seconds between edits


async def run(options):
    with tempfile.TemporaryDirectory() as folder:
        url, began = f"sqlite:///{Path(folder) / 'groups.db'}", time.monotonic()
        evening = Evening(url, load(), options.groups, options.people, options.seed)
        async with evening:
            await evening.gather()
            await evening.pass_by()
            rows = [await evening.storage.run(groups.look, chat) for chat in evening.chats]
            told = counted(evening, [net for row in rows for net in row.nets])
            waiting = sum((await evening.storage.letters_waiting()).values())
        return told | {
            "letters left unsent": waiting,
            "seconds of the evening": round(evening.second()),
            "seconds it took": round(time.monotonic() - began, 1),
        }


def counted(evening, nets):
    here = [one for one in evening.seen if one.chat < 0]
    posts, edits = [one for one in here if one.is_new], [one for one in here if not one.is_new]
    private = [one for one in evening.seen if one.chat > 0 and one.is_new]
    refused = sum(n for call, n in evening.phone.calls.items() if call.endswith(" 429"))
    return {
        "groups": evening.count,
        "people": evening.count * evening.people,
        "values typed": evening.typed,
        "nets": len(nets),
        "nets through": sum("newout" in net.wired for net in nets),
        "posts in groups": len(posts),
        "posts a group in a day, at most": most(posts, DAY),
        "messages a group in a minute, at most": most(posts, MINUTE),
        "messages and edits a group in a minute, at most": most(here, MINUTE),
        "edits in groups": len(edits),
        "edits a value typed": round(len(edits) / max(1, evening.typed), 2),
        "seconds between two edits of a card, at least": round(closest(edits), 2),
        "messages in private": len(private),
        "messages in any second, at most": most([*posts, *private], 1.0, together=True),
        "refused by Telegram (429)": refused,
    }


def most(seen, span, *, together=False):
    """In any span of so many seconds: in one chat, or in all."""
    at = defaultdict(list)
    for one in seen:
        at[0 if together else one.chat].append(one.second)
    worst = 0
    for seconds in map(sorted, at.values()):
        first = 0
        for last, second in enumerate(seconds):
            while seconds[first] <= second - span:
                first += 1
            worst = max(worst, last - first + 1)
    return worst


def closest(edits):
    at = defaultdict(list)
    for one in edits:
        at[one.chat, one.message].append(one.second)
    return min((b - a for seconds in at.values() for a, b in pairwise(sorted(seconds))), default=0)


def faults(told):
    """What Telegram, or the product, does not allow."""
    limits = Counter()
    limits["posts a group in a day, at most"] = MOST_A_DAY
    limits["messages a group in a minute, at most"] = MOST_A_MINUTE
    limits["refused by Telegram (429)"] = limits["letters left unsent"] = 0
    found = [name for name, limit in limits.items() if told[name] > limit]
    if told["seconds between two edits of a card, at least"] < APART:
        found.append("edits came too soon")
    return found + ["nets not through"] * (told["nets"] != told["nets through"])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--groups", type=int, default=200)
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    set_up_logs("error")
    told = asyncio.run(run(parser.parse_args()))
    for name, value in told.items():
        print(f"{name:<50}{value:>10,}")
    for fault in faults(told):
        print(f"WRONG: {fault}")
    sys.exit(bool(faults(told)))


if __name__ == "__main__":
    main()
