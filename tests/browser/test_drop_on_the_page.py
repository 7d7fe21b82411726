"""The first drop in a real browser: played to its end, and through a net that fails."""

import pytest
from selenium.webdriver.common.keys import Keys

from lessons.drawing.exercise import restore
from lessons.loader.loading import load
from tests.browser.pupil import Pupil

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("browser"), pytest.mark.timeout(400)]
PATH = load().paths["neural-network-fundamentals"]
DROP = PATH.lesson("neuron")


def words_for(exercise, slug):
    """What the lesson says to a slip at these numbers, as plain text."""
    key, _, known = exercise
    drawn = restore(DROP, key, known["values"])
    return drawn.feedback[slug]


def people(browser):
    return {one["name"]: one["id"] for one in browser.fetched("/page/state")["people"]}


def meet(browser, *names):
    """They come in by the page's form, unless they are there."""
    for name in names:
        if name not in people(browser):
            browser.until("#meet-name").send_keys(name, Keys.ENTER)
            browser.until("#chat-list", name)
    return [people(browser)[name] for name in names]


def lay(browser, chats):
    """These chats alone are open, side by side."""
    browser.run("localStorage.setItem('open', JSON.stringify(arguments[0]))", chats)
    browser.driver.refresh()
    browser.until(".phone")


def begin(browser, page, name, width=1200):
    """A new person, whose chat alone is open."""
    browser.look(page, shows="#phones")
    [number] = meet(browser, name)
    browser.size(width)
    lay(browser, [[number, number]])
    browser.press(".begin", "Start")
    return Pupil(browser, number)


def test_a_whole_drop_is_played_on_a_phone(browser, page):
    pupil = begin(browser, page, "Ana", width=360)
    exercise, asked = None, []
    while exercise := pupil.following(exercise):
        key, role, known = exercise
        if key in ("own-z", "recipe") and role == "core":
            slug = pupil.err(known["asked"])
            pupil.seen(words_for(exercise, slug))
        pupil.answer(known["asked"])
        asked.append((key, role))
    core = [one.key for one in DROP.core]
    assert [key for key, role in asked if role == "core"] == core
    assert {key for key, role in asked if role == "again"} == {
        "own-z"
    }  # a choice has no numbers to be new
    pupil.seen("Drop 1 done")
    pupil.seen(DROP.carry)
    assert browser.all(".own .reactions button")
    assert all(one.get_attribute("alt") for one in browser.all(".photo img"))
    assert browser.width() <= 360


def test_a_failing_net_loses_no_answer(browser, page):
    pupil = begin(browser, page, "Luis")
    first = pupil.open_exercise()
    browser.press("#fault option[value='slow']")
    browser.until("#net", "slow")
    slug = pupil.err(first[2]["asked"])
    pupil.seen(words_for(first, slug))
    browser.press("#fault option[value='offline']")
    browser.until("#net", "offline")
    said = len(browser.all(".message:not(.own)"))
    pupil.answer(first[2]["asked"])
    browser.until(".own .text", "−" if "-" in first[2]["asked"]["expect"] else "")
    pupil.until(lambda: len(browser.all(".message.own")) == 3, "the answer on the page")
    assert len(browser.all(".message:not(.own)")) == said
    assert pupil.exercise() == first
    browser.press("#fault option[value='']")
    assert pupil.open_exercise(first)[0] == "first-sum"
    pupil.seen("Once more")


def test_a_group_of_five_sees_one_another(browser, page):
    browser.look(page, width=2000, shows="#phones")
    five = meet(browser, "Ana", "Luis", "Mei", "Omar", "Zoe")
    browser.until("#gather-title").send_keys("Study", Keys.ENTER)
    browser.until("#chat-list", "Study")
    chats = browser.fetched("/page/state")["chats"]
    group = next(chat["id"] for chat in chats if chat["title"] == "Study")
    lay(browser, [[number, group] for number in five[:4]])
    views = browser.all(".phone")
    assert len(views) == 4
    for view, name in zip(views, ("Ana", "Luis", "Mei", "Omar"), strict=True):
        browser.type(f"{name} is here", within=view)
    for view in views:
        for name in ("Ana", "Luis", "Mei", "Omar"):
            browser.until(".message", f"{name} is here", within=view)
    for view in views:
        browser.until(".buttons button", "I’m in", within=view).click()
        browser.until(".toast", " ", within=view)
    assert browser.width() <= 2000
