"""The page in a real browser: a conversation played, people side by side, 360 px, no fault of access."""

import asyncio
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser.hand import Browser

pytestmark = pytest.mark.system
CHECK = (Path(__file__).parent / "accessibility.js").read_text("utf-8")


@pytest.fixture
async def browser(tmp_path):
    browser = await asyncio.to_thread(Browser, tmp_path)
    yield browser
    await asyncio.to_thread(browser.driver.quit)


@pytest.fixture
async def echo(bot):
    """A bot that says what it heard, and greets."""
    task = asyncio.create_task(answering(bot))
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def answering(bot):
    offset = 0
    while True:
        for update in await bot.get_updates(offset=offset, timeout=5):
            offset = update.update_id + 1
            said = update.effective_message
            if update.callback_query:
                await update.callback_query.answer(
                    "Well tapped", show_alert=update.callback_query.data == "loud"
                )
            elif said and said.text == "/start":
                keys = [
                    [
                        {"text": "Softly", "callback_data": "soft"},
                        {"text": "Loudly", "callback_data": "loud"},
                    ]
                ]
                await bot.send_message(
                    said.chat.id,
                    "Hi <b>there</b>. <tg-spoiler>secret</tg-spoiler>\n<blockquote expandable>1\n2\n3\n4\n5</blockquote>",
                    parse_mode="HTML",
                    reply_markup={"inline_keyboard": keys},
                )
            elif said and said.text:
                word = "now" if update.edited_message else "you said"
                await bot.send_message(said.chat.id, f"{word} {said.text}")


@pytest.mark.usefixtures("echo")
async def test_a_conversation_is_played_on_the_page(phone, browser):
    ana = phone.person(1, "Ana")

    def play():
        browser.look(phone.url)
        browser.press(".begin", "Start")
        browser.until(".text", "Hi there")
        assert not browser.driver.execute_script(
            "return document.querySelector('tg-spoiler').classList.contains('shown')"
        )
        browser.until("tg-spoiler").send_keys(Keys.ENTER)
        browser.until("tg-spoiler.shown", "secret")
        browser.press(".unfold", "Show all")
        browser.until(".unfold", "Show less")
        browser.press(".buttons button", "Softly")
        browser.until(".toast", "Well tapped")
        browser.press(".buttons button", "Loudly")
        browser.until("#alert", "Well tapped")
        browser.press("#alert button")
        browser.type("1/2")
        browser.until(".text", "you said 1/2")
        browser.until(".composer textarea").send_keys(Keys.ARROW_UP)
        browser.until(".replying", "Edit")
        browser.type("+1")
        browser.until(".text", "now 1/2+1")
        browser.press(".more")
        browser.press(".menu button", "Block the bot")
        browser.press(".begin", "Unblock")
        browser.until(".composer")

    await asyncio.to_thread(play)
    assert [m.text for m in ana.chat.messages if m.sender == 1] == ["/start", "1/2+1"]


async def test_a_group_of_five_is_seen_side_by_side(phone, bot, browser):
    names = ["Ana", "Luis", "Mei", "Omar", "Zoe"]
    people = [phone.person(number, name) for number, name in enumerate(names, 1)]
    group = phone.group("Study", *people, kind="supergroup")
    await group.promote_bot()
    await bot.send_message(group.id, "<b>Today</b>", parse_mode="HTML")
    await bot.pin_chat_message(group.id, group.said[0].message_id)
    await bot.send_poll(group.id, "Will it fall?", ["yes", "no"], is_anonymous=False)

    def play():
        browser.look(phone.url, width=2000)
        for number in range(1, 5):
            browser.press(f"[data-open='{number}/{group.id}']")
        assert len(browser.all(".phone")) == 4
        for index, view in enumerate(browser.all(".phone")):
            assert view.find_element(By.CSS_SELECTOR, ".pinned").text.endswith("Today")
            view.find_elements(By.CSS_SELECTOR, ".option")[index % 2].click()
        browser.until(".poll", "4 votes")
        browser.type("hello all")
        for view in browser.all(".phone"):
            WebDriverWait(browser.driver, 5).until(lambda _, view=view: "hello all" in view.text)

    await asyncio.to_thread(play)
    assert group.said[-1].poll.votes == {1: [0], 2: [1], 3: [0], 4: [1]}


async def test_the_clock_and_the_network_are_in_the_readers_hands(phone, browser):
    phone.person(1, "Ana")

    def play():
        browser.look(phone.url)
        browser.press("[data-to='next-day']")
        browser.until("#clock-now", "2 March 2024")
        browser.press("#fault option[value='offline']")
        browser.until("#net", "offline")

    await asyncio.to_thread(play)
    assert phone.faults.now.value == "offline"


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("dark", [False, True])
async def test_the_page_fits_and_has_no_fault_of_access(phone, bot, browser, ana, width, dark):
    await bot.send_message(
        1,
        f"<code>{'w' * 90}</code> <a href='https://a.org'>link</a> /hint",
        parse_mode="HTML",
        reply_markup={"inline_keyboard": [[{"text": "a longer label " * 3, "callback_data": "a"}]]},
    )
    await bot.send_photo(1, (await picture()), caption="A picture with words")
    await bot.send_document(1, b"x", filename=f"{'long-name-' * 8}.json", disable_notification=True)
    await bot.send_poll(1, "q" * 80, ["yes", "no"])
    await ana.type("a reply of mine", reply_to=ana.chat.said[0])
    luis = phone.person(2, "Luis")
    phone.group("Study", ana, luis)

    def play():
        browser.look(phone.url, width=width, dark=dark)
        browser.until(".message")
        assert browser.width() <= width
        assert browser.run(CHECK) == []
        if width < 760:
            browser.press("#open-tools")
            browser.until("#tools", "Clock")
            assert browser.run(CHECK) == []
            assert browser.width() <= width

    await asyncio.to_thread(play)


async def picture():
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (1200, 700), "white").save(out, "PNG")
    return out.getvalue()
