"""An author types an answer under an exercise, and reads what the tutor would say."""

import asyncio

import pytest

from lessons.drawing.exercise import draw
from lessons.loader.loading import load

HERE = "/try/small/sum/add?seed=4&language=en&answer="


async def tried(client, url, answer):
    async with client.get(url + HERE + answer) as told:
        assert told.status == 200
        return await told.text()


@pytest.fixture
def numbers(course):
    drawn = draw(load(course).paths["small"].lesson("sum"), "add", 4)
    return int(drawn.values["a"]), int(drawn.values["b"])


async def test_the_verdict_and_the_words_are_the_tutors(client, url, numbers):
    a, b = numbers
    right = await tried(client, url, str(a + b))
    assert '<b class="family right">right</b>' in right
    slip = await tried(client, url, str(a * b))
    assert '<b class="family wrong">wrong</b> · misconception <code class="slug">product' in slip
    assert "You multiplied." in slip
    unread = await tried(client, url, "1/0")
    assert '<b class="family ungraded">ungraded</b>' in unread
    assert "not an answer" in await tried(client, url, "thanks")


async def test_what_was_typed_is_shown_and_never_run(client, url):
    told = await tried(client, url, "%3Cscript%3E1%3C/script%3E")
    assert "<script" not in told


async def test_other_words_are_judged_as_soon_as_they_are_saved(client, url, course, numbers):
    file = course / "1-sums/01-sum.md"
    file.write_text(file.read_text("utf-8").replace("You multiplied.", "That is times."), "utf-8")
    async with asyncio.timeout(10):
        while "That is times." not in await tried(client, url, str(numbers[0] * numbers[1])):  # noqa: ASYNC110 - the author looks again
            await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    "place", ["/try/small/sum/none?answer=1", "/try/small/none/add?answer=1", "/try/small/sum/add"]
)
async def test_what_is_not_there_is_told(client, url, place):
    async with client.get(url + place) as told:
        assert told.status == 404
        assert "no such exercise" in await told.text()
