"""axe-core finds nothing serious: on the phone, empty and amid a drop, and where authors look."""

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.axe import serious
from tests.browser.house import at_work
from tests.browser.pupil import Pupil

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("browser"), pytest.mark.timeout(400)]
LESSON = "neural-network-fundamentals/neuron?seed=12"


def test_axe_sees_what_is_wrong(browser, page):
    browser.look(page, shows="#phones")
    browser.run("""document.querySelector('h1').innerHTML = '<img src="x">'""")
    assert any(fault.startswith("image-alt") for fault in serious(browser))


def test_the_empty_page_has_no_serious_fault(browser, page):
    browser.look(page, shows=".begin")
    assert serious(browser) == []


def test_a_phone_amid_a_drop_has_no_serious_fault(browser, page):
    browser.look(page, width=360)
    browser.press(".begin", "Start")
    pupil, exercise = Pupil(browser), None
    for _ in range(5):
        exercise = pupil.open_exercise(exercise)
        pupil.answer(exercise[2]["asked"])
    pupil.open_exercise(exercise)
    browser.until(".photo img")
    assert serious(browser) == []
    browser.light(dark=True)
    assert serious(browser) == []
    browser.press("#open-tools")
    browser.until("#tools", "Clock")
    assert serious(browser) == []


@pytest.mark.parametrize("dark", [False, True])
def test_the_desk_has_no_serious_fault(browser, page, dark):
    browser.look(page, width=1400, dark=dark)
    browser.until("#inspected", "learner")
    assert serious(browser) == []


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    with at_work(tmp_path_factory.mktemp("preview"), "lessons", "preview") as url:
        yield url


@pytest.mark.parametrize("width", [360, 1300])
@pytest.mark.parametrize("dark", [False, True])
def test_the_lessons_have_no_serious_fault(browser, preview, width, dark):
    browser.look(f"{preview}/{LESSON}", width=width, dark=dark, shows="article")
    assert browser.width() <= width
    assert serious(browser) == []


def test_a_lesson_is_turned_to_another_seed_in_its_place(browser, preview):
    browser.look(f"{preview}/{LESSON}", shows="article")
    browser.until_not("#news", "Checking")
    browser.run("document.querySelector('#own-z').scrollIntoView()")
    before = browser.until("article:has(#own-z) .text").text
    place = browser.run("return scrollY")
    browser.press("#another")
    browser.until("#news", "Seed 13")
    assert browser.until("article:has(#own-z) .text").text != before
    assert abs(browser.run("return scrollY") - place) < 400
    assert browser.driver.current_url.endswith("seed=13")
    assert browser.run("return document.activeElement.id") == "another"


def test_an_author_tries_an_answer(browser, preview):
    browser.look(f"{preview}/{LESSON}", width=360, shows="article")
    for answer, family in (("7", "right"), ("6", "wrong"), ("1/", "ungraded")):
        field = browser.until("#try-own-z")
        field.clear()
        field.send_keys(answer, Keys.ENTER)
        said = browser.until(".try[data-exercise='own-z'] .family", family)
        assert said.find_element("xpath", "../following-sibling::div").text
        assert browser.width() <= 360
        assert serious(browser) == []
