"""Plays a real conversation on the page and takes the README's pictures of it.

python -m tests.pictures
"""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.hand import Browser
from tests.browser.house import at_work
from tests.browser.pupil import Pupil

HERE = Path(__file__).parent
LESSON = "neural-network-fundamentals/neuron"
SEED = "12"  # the README's conversation
MORNING = "2026-03-02T08:00"
COLOURS = 200
SHARP = 2  # pixels of a picture for each of the page's


def take(browser, name):
    """Kept with few colours: a page has few, and the README is to be light."""
    settle(browser)
    png = browser.driver.get_screenshot_as_png()
    picture = Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(HERE / f"{name}.png", optimize=True)
    print(f"{name}.png {(HERE / f'{name}.png').stat().st_size // 1000} kB")


def lay(browser, chats, width, height):
    """These chats alone are open, in a window of this size."""
    browser.run("localStorage.setItem('open', JSON.stringify(arguments[0]))", chats)
    browser.size(width, height, sharp=SHARP)
    browser.driver.refresh()
    browser.until(".phone")


def meet(browser, name):
    browser.until("#meet-name").send_keys(name, "\n")
    browser.until("#chat-list", name)
    return next(
        one["id"] for one in browser.fetched("/page/state")["people"] if one["name"] == name
    )


def settle(browser):
    """Every picture has come, and the focus rests where nothing is drawn about it."""
    browser.driver.execute_async_script(
        """const done = arguments[0];
        Promise.all([...document.images].map((one) => one.decode().catch(() => {}))).then(() => {
          document.activeElement?.blur();
          for (const log of document.querySelectorAll('.log')) log.scrollTop = log.scrollHeight;
          requestAnimationFrame(() => requestAnimationFrame(done));
        })"""
    )


def first_morning(browser, url):
    browser.look(url, shows="#phones")
    browser.run("localStorage.setItem('zone', 'Europe/Madrid')")
    browser.posted(
        "/page/clock", {"to": "date", "date": MORNING, "zone": "Europe/Madrid", "chat": 1}
    )


def begin(browser, chat):
    """Starts the drop in the chat that is open."""
    browser.press(".begin", "Start")
    return Pupil(browser, chat)


def play(pupil, key):
    """Everything right, until this exercise is open."""
    exercise = None
    while (exercise := pupil.open_exercise(exercise))[0] != key:
        pupil.answer(exercise[2]["asked"])
    return exercise


def a_slip_is_named(browser):
    """A phone: a figure with numbers of one's own, and an answer whose wrong rule is known."""
    lay(browser, [[1, 1]], 360, 1000)
    pupil = begin(browser, 1)
    play(pupil, "own-formula")
    pupil.seen("Type z as a formula")
    pupil.say("-3r + 2o")
    pupil.seen("The bias is a part of z too")
    take(browser, "phone")


def a_desk(browser):
    """Two people with numbers of their own, and the group that they are in."""
    luis, _mei = (meet(browser, name) for name in ("Luis", "Mei"))
    lay(browser, [[luis, luis]], 1360, 860)
    pupil = begin(browser, luis)
    exercise = play(pupil, "own-z")
    pupil.err(exercise[2]["asked"])
    browser.until(".buttons button", "I think")
    group = gather(browser, "Study group")
    lay(browser, [[1, group]], 1360, 860)
    browser.press(".buttons button", "I’m in")
    browser.until(".toast", " ")
    lay(browser, [[1, 1], [1, group], [luis, luis]], 1500, 860)
    browser.until("#inspected", "exercise")
    take(browser, "desk")


def gather(browser, title):
    """A group of everybody, with the bot in it."""
    browser.size(1360)
    browser.until("#gather-title").send_keys(title, "\n")
    browser.until("#chat-list", title)
    chats = browser.fetched("/page/state")["chats"]
    return next(chat["id"] for chat in chats if chat["title"] == title)


def an_author(browser, url):
    """A lesson at one seed, with what each wrong answer would be told."""
    browser.size(1360, 900, sharp=SHARP)
    browser.driver.get(f"{url}/{LESSON}?seed={SEED}")
    browser.until("article")
    WebDriverWait(browser.driver, 30).until(
        lambda _: (
            "Checking" not in browser.run("return document.querySelector('#news').textContent")
        )
    )
    browser.run("document.querySelector('article:has(#own-z)').scrollIntoView()")
    browser.run("scrollBy(0, -330)")
    take(browser, "preview")


def main():
    with (
        tempfile.TemporaryDirectory() as house,
        tempfile.TemporaryDirectory() as profile,
        at_work(Path(house), "run", "--seed", SEED) as url,
        Browser(profile) as browser,
    ):
        first_morning(browser, url)
        a_slip_is_named(browser)
        browser.size(1360)
        a_desk(browser)
    with (
        tempfile.TemporaryDirectory() as house,
        tempfile.TemporaryDirectory() as profile,
        at_work(Path(house), "lessons", "preview") as url,
        Browser(profile) as browser,
    ):
        an_author(browser, url)


if __name__ == "__main__":
    main()
