"""Plays drops on the page at a phone's width, and pictures whole conversations to be looked at.

python -m tests.pictures.drops 9 14 --slips 2 --language de --into build/drops
"""

from __future__ import annotations

import argparse
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.browser.hand import Browser
from tests.browser.house import at_work
from tests.browser.player import PATH, arrive_at, visit
from tests.pictures.__main__ import settle

WIDTH, HEIGHT = 360, 1500  # pixels of one column
COLUMNS, GAP = 4, 8  # of a sheet
ALL = [lesson.number for lesson in PATH.lessons]
UNFOLD = """for (const one of document.querySelectorAll(".unfold[aria-expanded='false']")) one.click();
const log = document.querySelector(".log");
return log.scrollHeight + innerHeight - log.clientHeight"""


def whole(browser):
    """Everything that was said, as one tall picture; captions are unfolded."""
    for _ in range(2):  # a picture has its height when it has been seen
        browser.size(WIDTH, browser.run(UNFOLD))
        settle(browser)
    tall = Image.open(BytesIO(browser.driver.get_screenshot_as_png())).convert("RGB")
    browser.size(WIDTH)
    return tall


def sheets(tall):
    """Cut into columns, a few of them side by side."""
    tops = range(0, tall.height, HEIGHT)
    for first in range(0, len(tops), COLUMNS):
        sheet = Image.new("RGB", (COLUMNS * (WIDTH + GAP), HEIGHT), "white")
        for place, top in enumerate(tops[first : first + COLUMNS]):
            part = tall.crop((0, top, WIDTH, min(top + HEIGHT, tall.height)))
            sheet.paste(part, (place * (WIDTH + GAP), 0))
        yield sheet


def play(browser, drop, asked):
    player = visit(browser, asked.language)
    player.play(asked.slips, asked.start)
    how = f"slips-{asked.start}" if asked.slips else "right"
    for number, sheet in enumerate(sheets(whole(browser)), 1):
        file = asked.into / f"{drop:02}-{asked.language}-{how}-{number}.png"
        sheet.save(file, optimize=True)
        print(file, flush=True)


def arguments():
    parser = argparse.ArgumentParser("python -m tests.pictures.drops", description=__doc__)
    parser.add_argument("drops", type=int, nargs="*", default=ALL, help="default: all of them")
    parser.add_argument("--slips", type=int, default=0, help="wrong answers to each exercise")
    parser.add_argument("--start", type=int, default=0, help="which slip is the first, from 0")
    parser.add_argument("--language", default="en")
    parser.add_argument("--seed", type=int, default=12, help="of the learner's numbers")
    parser.add_argument("--into", type=Path, default=Path("build/drops"))
    return parser.parse_args()


def main():
    asked = arguments()
    asked.into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as house, tempfile.TemporaryDirectory() as profile:
        arrive_at(Path(house), asked.drops, asked.seed, asked.language)
        with at_work(Path(house), "run", "--seed", str(asked.seed)) as url, Browser(profile) as it:
            it.look(url, width=WIDTH, shows="#phones")
            for drop in asked.drops:
                play(it, drop, asked)


if __name__ == "__main__":
    main()
