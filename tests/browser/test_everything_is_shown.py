"""Whatever a bot can say or ask for is on the page, and can be used there."""

import asyncio

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from tests.browser.axe import serious
from tests.browser.showcase import at_work

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("browser"), pytest.mark.timeout(400)]


@pytest.fixture
async def shown(browser):
    """Plays a reader's steps in the browser while the phone goes on beside it."""
    async with at_work() as (phone, _):

        async def play(steps, *chats, width=1500, dark=False):
            groups = {group.title: group.id for group in phone.groups()}
            places = [[who, groups.get(chat, chat)] for who, chat in chats]
            await asyncio.to_thread(lay, browser, phone.url, places, width, dark)
            await asyncio.to_thread(steps, browser)
            return phone

        yield play


def lay(browser, url, places, width, dark):
    browser.look(url, width=width, height=860, dark=dark)
    browser.run(
        "localStorage.clear(); localStorage.setItem('zone', 'UTC');"
        "localStorage.setItem('open', JSON.stringify(arguments[0]))",
        places,
    )
    browser.driver.refresh()
    browser.until(".message")


def words_and_hidden_words(browser):
    for mark in ("b", "i", "u", "s", "code", "a", "pre", ".command"):
        browser.until(f".text {mark}")
    browser.press("tg-spoiler")
    assert browser.until("tg-spoiler.shown").text == "hidden −2"
    browser.until("blockquote.folded")
    browser.press(".unfold", "Show all")
    browser.until(".unfold", "Show less")
    assert not browser.all("blockquote.folded")


def buttons_toasts_and_alerts(browser):
    browser.press(".buttons button", "Toast")
    browser.until(".toast", "Here it is.")
    browser.press(".buttons button", "Alert")
    browser.until("#alert[open] p", "Here it is.")
    browser.press("#alert button")
    assert browser.until(".buttons button", "A link ↗")


def pictures_and_documents(browser):
    browser.press(".photo[aria-label='Enlarge: A neuron of your own.']")
    stage = browser.until("#viewer[open] .stage")
    small = browser.until("#viewer img").size["width"]
    stage.click()
    browser.until("#viewer .close-up")
    assert browser.until("#viewer img").size["width"] > small
    browser.press("#viewer .close")
    paper = browser.until("a.document", "export.json")
    assert paper.get_attribute("download") == "export.json"
    assert browser.fetched(paper.get_attribute("href")) == {"learner": 1}
    for what in ("Voice message", "52.5, 13.4"):
        browser.until(".message.own", what)
    browser.until(".sticker", "👍")


def reactions_and_edits(browser):
    browser.until(".message:not(.own) .meta", "edited")
    browser.until(".message.own .reactions", "👍")
    menu_of(browser, "Where are you?")
    browser.press("#menu [aria-label='React with 🎉']")
    browser.until(".message:not(.own) .reactions", "🎉")
    menu_of(browser, "3,5")
    browser.press("#menu button", "Edit")
    browser.until(".replying", "Edit")
    browser.until("textarea").send_keys("7", Keys.ENTER)
    browser.until(".message.own .text", "3,57")
    browser.until(".message.own .meta", "edited")


def menu_of(browser, text):
    said = browser.until(".message", text)
    said.find_element("css selector", ".dots").click()
    browser.until("#menu")


def a_reply_that_is_asked_for(browser):
    browser.until(".replying", "What is z?")
    assert browser.until("textarea").get_attribute("placeholder") == "a number"
    browser.type("4")
    browser.until(".message.own .reply", "What is z?")
    browser.until(".message:not(.own)", "You said 4")


def keyboard_commands_and_typing(browser):
    browser.press(".keyboard button", "Share my place")
    browser.until(".message.own .place", "40.4")
    assert browser.gone(".keyboard")
    browser.press(".commands")
    browser.until("#menu", "a nudge for the open step")
    browser.press("#menu button", "/hint")
    browser.until(".message.own", "/hint")
    browser.type("typing")
    browser.until(".typing")
    browser.until(".sub", "typing…")


def pins_polls_and_topics(browser):
    mine, luis, forum = browser.all(".phone")
    browser.until(".pinned", "2 of 3 are in.", within=mine).click()
    browser.until(".message.found", within=mine)
    browser.until(".option", "No", within=mine).click()
    browser.until(".option[aria-pressed='true']", "No", within=mine)
    browser.until(".explanation", "Why.", within=mine)
    for view in (mine, luis):
        browser.until(".poll", "2 votes", within=view)
        browser.until(".service", "Echo pinned a message", within=view)
    browser.until(".topics button", "Drop 1", within=forum).click()
    browser.until("[role='tab'][aria-selected='true']", "Drop 1", within=forum)
    assert browser.gone(".service", "Echo joined", within=forum)


def the_clock_and_the_zone(browser):
    browser.until("#clock-now", "Monday, 2 March 2026 at 07:")
    browser.press("#next-drop")
    browser.until("#clock-now", "Tuesday, 3 March 2026 at 08:")
    browser.press("[data-to='next-day']")
    browser.until("#clock-now", "Wednesday, 4 March 2026 at 08:")
    browser.press("[data-to='next-hour']")
    browser.until("#clock-now", "at 09:")
    Select(browser.until("#zone")).select_by_value("Asia/Tokyo")
    browser.until("#clock-now", "at 18:")
    browser.run("document.querySelector('#date').value = '2026-07-01T09:30'")
    browser.press("#date-form button")
    browser.until("#clock-now", "Wednesday, 1 July 2026 at 09:30")
    browser.press("[data-to='real-time']")
    assert browser.gone("#clock-now", "1 July 2026")


def the_network(browser):
    named = {"slow": "slow", "flood": "429", "forbidden": "403", "offline": "offline"}
    for fault, words in named.items():
        Select(browser.until("#fault")).select_by_value(fault)
        browser.until("#net", words)
    browser.type("anybody?")
    browser.until(".message.own", "anybody?")
    Select(browser.until("#fault")).select_by_value("")
    browser.until(".message:not(.own)", "You said anybody?")
    assert browser.gone("#net", "offline")


def the_inspector(browser):
    for name in ("chat", "exercise", "letters waiting"):
        browser.until("#inspected summary", name)
    browser.press("#inspected summary", "chat")
    browser.press("#look")
    browser.until("#known-chat:not([open])")


def nothing_serious(browser):
    """Axe, over all that is there and all that opens above it."""
    browser.until(".message:not(.own)", "What is z?")
    assert serious(browser) == []
    browser.press(".commands")
    browser.until("#menu button", "/hint")
    assert serious(browser) == []
    browser.run("document.querySelector('#menu').hidePopover()")
    browser.press(".photo")
    browser.until("#viewer[open] img")
    assert serious(browser) == []


ALONE = (1, 1)
STEPS = [
    words_and_hidden_words,
    buttons_toasts_and_alerts,
    pictures_and_documents,
    reactions_and_edits,
    a_reply_that_is_asked_for,
    keyboard_commands_and_typing,
]


@pytest.mark.parametrize("steps", STEPS)
async def test_on_a_phone(shown, browser, steps):
    await shown(steps, ALONE, width=360, dark=steps.__name__ < "k")
    assert await asyncio.to_thread(browser.width) <= 360


@pytest.mark.parametrize("steps", [the_clock_and_the_zone, the_network, the_inspector])
async def test_on_a_desk(shown, steps):
    await shown(steps, ALONE)


async def test_in_groups(shown):
    await shown(pins_polls_and_topics, (3, "Study"), (2, "Study"), (1, "Forum"))


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 1500])
async def test_nothing_of_it_is_hard_to_reach(shown, width, dark):
    chats = [ALONE] if width < 500 else [ALONE, (2, "Study"), (1, "Forum")]
    await shown(nothing_serious, *chats, width=width, dark=dark)
