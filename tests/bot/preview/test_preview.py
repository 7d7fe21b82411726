"""An author sees the lesson as a learner does, every wrong answer, and each save at once."""

import asyncio
import re

import pytest

from bot.cli.preview.meaning import right_answer, typed, wrong_answers
from lessons.drawing.exercise import draw
from lessons.loader.loading import load

LESSON = "1-sums/01-sum.md"
COURSE = load()
EVERY = [
    (lesson, key)
    for path in COURSE.paths.values()
    for lesson in path.lessons
    for key in lesson.exercises
]


async def shown(client, url, place="/small/sum?seed=4"):
    async with client.get(url + place) as answer:
        assert answer.status == 200
        return await answer.text()


async def until(client, url, *wanted, place="/small/sum?seed=4"):
    """The page, as soon as it says all this; five seconds at most."""
    async with asyncio.timeout(5):
        while True:
            page = await shown(client, url, place)
            if all(one in page for one in wanted):
                return page
            await asyncio.sleep(0.05)


async def test_an_exercise_comes_with_its_right_and_all_its_wrong_answers(client, url, course):
    drawn = draw(load(course).paths["small"].lesson("sum"), "add", 4)
    page = await shown(client, url)
    a, b = int(drawn.values["a"]), int(drawn.values["b"])
    assert f"What is {a} + {b}?" in page
    assert f'<b class="right">{a + b}</b>' in page
    assert f'<th scope="row">{a * b}</th>' in page
    assert 'You multiplied. <code class="slug">product</code>' in page
    assert f"Count on from {a}." in page
    assert f'What is {a} + 1? <b class="right">{a + 1}</b>' in page


async def test_another_seed_gives_other_numbers(client, url):
    page = await shown(client, url)
    [following] = re.findall(r'id="another" href="([^"]*)"', page)
    assert following == "/small/sum?seed=5"
    other = await shown(client, url, following)
    prompts = [re.search(r"What is \d+ \+ \d+\?", text)[0] for text in (page, other)]
    assert prompts[0] != prompts[1]


async def test_regions_and_orders_are_told_as_words(client, url):
    page = await shown(client, url)
    assert re.search(r"any with u1 \+ u2 = \d+ and u1 ≠ 0 and u2 ≠ 0", page)
    assert "write both numbers → add them → look at the sum" in page


async def test_a_figure_is_drawn(client, url):
    page = await shown(client, url)
    [address] = re.findall(r'<img src="([^"]*)"', page)
    async with client.get(url + address.replace("&amp;", "&")) as answer:
        assert (await answer.read()).startswith(b"\x89PNG")


async def test_a_figure_without_its_values_says_what_it_misses(client, url):
    async with client.get(f"{url}/figure/receipt") as answer:
        assert answer.status == 422
        assert "w1" in await answer.text()


async def test_a_save_is_shown(client, url, course):
    file = course / LESSON
    file.write_text(file.read_text("utf-8").replace("Two numbers meet", "Two sums meet"), "utf-8")
    await until(client, url, "Two sums meet")


async def test_whoever_looks_on_is_told_of_a_save(client, url, course):
    async with client.get(f"{url}/changes") as news, asyncio.timeout(8):
        seen = set()
        file = course / LESSON
        async for line in news.content:
            if line.startswith(b"data:"):
                seen.add(line)
            if len(seen) == 2:
                file.write_text(file.read_text("utf-8") + "\n", "utf-8")
            if len(seen) == 4:
                break


async def test_faults_stand_at_the_top_with_file_and_line(client, url, course):
    file = course / LESSON
    broken = file.read_text("utf-8").replace('"a*b"', '"a*c"')
    file.write_text(broken, "utf-8")
    line = 1 + broken[: broken.index('"a*c"')].count("\n")
    page = await until(client, url, "is nowhere drawn")
    assert f"<code>{LESSON}:{line}</code>" in page
    assert page.index("is nowhere drawn") < page.index("<h1>")


async def test_what_the_rules_find_is_told_after_it_was_read(client, url, course):
    file = course / LESSON
    file.write_text(file.read_text("utf-8").replace("Two numbers", "Hurry, they"), "utf-8")
    page = await until(client, url, '<section class="faults"', "not the word “Hurry”")
    assert re.search(rf"<code>{LESSON}:\d+</code> [^<]*hurry", page, re.IGNORECASE)
    assert "Checking" not in page


async def test_a_head_that_is_no_toml_leaves_the_preview_alive(client, url, course):
    file = course / LESSON
    whole = file.read_text("utf-8")
    file.write_text(whole.replace('carry = "', "carry = ", 1), "utf-8")
    await until(client, url, "not TOML")
    file.write_bytes(b"\xff\xfe")
    await until(client, url, "cannot be read: UnicodeDecodeError")
    file.write_text(whole, "utf-8")
    page = await until(client, url, "What is ", 'role="status"></p>')
    assert "faults" not in page


async def test_broken_words_are_shown_as_typed(client, url, course):
    file = course / LESSON
    file.write_text(file.read_text("utf-8").replace("Two numbers meet", "Two <b>meet"), "utf-8")
    await until(client, url, "Two &lt;b&gt;meet")


async def test_an_empty_folder_says_how_to_begin(client, tmp_path):
    from bot.cli.preview import serve

    async with serve(tmp_path, port=0) as url:
        page = await shown(client, url, "/")
    assert "no path.toml here" in page
    assert "lessons/README.md" in page


async def test_german_words_are_shown(client, url):
    page = await shown(client, url, "/small/sum?seed=4&language=de")
    assert '<html lang="de">' in page
    assert "<option selected>de</option>" in page
    assert "Was ist" in page


async def test_a_foreign_name_opens_nothing(client, url):
    async with client.get(url, headers={"Host": "evil.example"}) as answer:
        assert answer.status == 403


@pytest.mark.parametrize(("lesson", "key"), EVERY, ids=[key for _, key in EVERY])
def test_every_exercise_of_the_course_has_answers_to_show(lesson, key):
    drawn = draw(lesson, key, 7)
    assert right_answer(drawn)
    wrong = wrong_answers(lesson.exercises[key], drawn)
    assert all(one.words or one.answer for one in wrong)
    assert len({(one.slug, one.answer) for one in wrong}) == len(wrong)


@pytest.mark.parametrize(
    ("canonical", "places", "text"),
    [
        ("-3/2", None, "−3/2"),
        ("2*r - o + 3", None, "2·r − o + 3"),
        ("sigmoid(-2)", 3, "0.119"),
        ("(sigmoid(0), sigmoid(-2))", 2, "(0.50, 0.12)"),
        ("-3 < u <= -2", None, "any with −3 < u ≤ −2"),
        ("[[1, 2], [3, 4]]", None, "[[1, 2], [3, 4]]"),
    ],
)
def test_a_target_is_shown_as_a_learner_types_it(canonical, places, text):
    assert typed(canonical, places) == text
