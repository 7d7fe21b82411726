"""The page's side of the server: what it shows, pushes and does, and for whom it does nothing."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from bot.local import FREE, LocalTelegram, StillClock


@pytest.fixture
async def page(phone):
    async with aiohttp.ClientSession(phone.url) as session:
        yield session


async def act(page, name, /, **asked):
    async with page.post(f"/page/act/{name}", json=asked) as answer:
        return answer.status, await answer.json()


async def test_the_page_loads_nothing_from_elsewhere(page):
    for name in (
        "",
        "style.css",
        "phone.js",
        "chat.js",
        "message.js",
        "menus.js",
        "tools.js",
        "icon.svg",
    ):
        async with page.get(f"/{name}") as answer:
            assert answer.status == 200
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            text = (await answer.text()).replace("http://www.w3.org/2000/svg", "")
            assert "http:" not in text
            assert "https:" not in text
    async with page.get("/phone.py") as answer:
        assert answer.status == 404


@pytest.mark.usefixtures("ana")
async def test_what_happens_is_pushed(page, bot):
    async with page.get("/page/events") as stream:
        await bot.send_message(1, "<b>&lt;script&gt;</b>", parse_mode="HTML")
        await bot.send_chat_action(1, "typing")
        told = []
        async with asyncio.timeout(5):
            async for line in stream.content:
                if line.startswith(b"data: "):
                    told.append(json.loads(line[6:]))
                if len(told) == 2:
                    break
    assert [one["kind"] for one in told] == ["message", "action"]
    assert told[0]["message"]["html"] == "<b>&lt;script&gt;</b>"
    assert told[1]["action"] == "typing"


@pytest.mark.usefixtures("ana")
async def test_a_tap_on_the_page_brings_its_toast(page, bot):
    sent = await bot.send_message(
        1, "x", reply_markup={"inline_keyboard": [[{"text": "go", "callback_data": "a"}]]}
    )
    tapping = asyncio.create_task(act(page, "tap", person=1, home=1, id=sent.message_id, button=0))
    await bot.get_updates(offset=101)
    [update] = await bot.get_updates(offset=101, timeout=5)
    await update.callback_query.answer("Yes!", show_alert=True)
    status, told = await tapping
    assert (status, told["done"]) == (
        200,
        {"text": "Yes!", "alert": True, "url": "", "late": False},
    )


async def test_people_groups_and_everything_they_send_come_from_the_page(page, ana):
    _, met = await act(page, "meet", name="Luis")
    luis = met["done"]
    _, made = await act(page, "gather", title="Study", people=[1, luis], forum=True)
    group = made["done"]
    assert (await act(page, "regroup", person=1, chat=group, what="topic", name="Drop 1"))[0] == 200
    for what in ("photo", "voice", "sticker"):
        assert (await act(page, "send", person=1, what=what))[0] == 200
    assert (
        await act(
            page, "send", person=luis, chat=group, what="document", name="a.txt", content="bm90ZXM="
        )
    )[0] == 200
    assert (await act(page, "send", person=1, what="location", latitude=1.5, longitude=2))[0] == 200
    assert [m.file.kind if m.file else "" for m in ana.chat.messages] == [
        "",
        "photo",
        "voice",
        "sticker",
        "",
    ]
    assert (await act(page, "type", person=luis, chat=group, text="hello"))[0] == 200
    async with page.get("/page/state") as answer:
        state = await answer.json()
    assert [p["name"] for p in state["people"]] == ["Ana", "Luis"]
    assert {c["id"]: list(c["topics"].values()) for c in state["chats"]} == {
        1: [],
        luis: [],
        group: ["Drop 1"],
    }


@pytest.mark.usefixtures("ana")
async def test_what_no_app_allows_is_told_and_not_done(page):
    assert await act(page, "type", person=1, text=" ") == (
        409,
        {"impossible": "A message has 1 to 4096 characters."},
    )
    assert (await act(page, "tap", person=1, home=1, id=99, button=0))[0] == 409
    assert (await act(page, "type", person=9, text="x"))[0] == 409
    async with page.post("/page/act/fly", json={}) as answer:
        assert answer.status == 404


async def test_another_site_may_not_act_here(phone, page, ana):
    asked = {"person": 1, "text": "x"}
    for headers, body in [
        ({"Origin": "https://evil.example"}, {"json": asked}),
        ({"Content-Type": "text/plain"}, {"data": json.dumps(asked)}),
    ]:
        async with page.post("/page/act/type", headers=headers, **body) as answer:
            assert answer.status == 403
    assert len(ana.chat.messages) == 1
    async with page.post("/page/act/type", headers={"Origin": phone.url}, json=asked) as answer:
        assert answer.status == 200


async def test_a_foreign_name_that_points_here_opens_nothing(page):
    for path in ("/", "/page/state", "/page/events"):
        async with page.get(path, headers={"Host": "evil.example:8014"}) as answer:
            assert answer.status == 403


async def test_what_was_uploaded_is_never_run(page, bot, ana):
    await bot.send_document(1, b"<script>alert(1)</script>", filename="a.html")
    file = ana.chat.said[0].file
    async with page.get(f"/page/file/{file.file_id}") as answer:
        assert answer.headers["Content-Disposition"] == "attachment"
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


MOVES = [
    ({"to": "next-day"}, datetime(2024, 3, 2, 8, tzinfo=UTC)),
    ({"to": "next-hour"}, datetime(2024, 3, 1, 9, tzinfo=UTC)),
    ({"to": "next-drop", "chat": 1}, datetime(2024, 3, 1, 17, 40, tzinfo=UTC)),
    (
        {"to": "date", "date": "2024-07-01T09:30", "zone": "Europe/Madrid"},
        datetime(2024, 7, 1, 7, 30, tzinfo=UTC),
    ),
    ({"to": "date", "date": "2024-07-01T09:30", "zone": "Nowhere"}, None),
]


@pytest.mark.parametrize(("asked", "moment"), MOVES)
async def test_the_clock_moves_as_asked_and_the_chat_is_inspected(asked, moment):
    began = datetime(2024, 3, 1, 8, tzinfo=UTC)

    async def inspect(chat):
        return {"chat": chat, "at": began}

    phone = LocalTelegram(
        StillClock(began),
        limits=FREE,
        inspect=inspect,
        next_drop=lambda chat: began + timedelta(hours=9, minutes=40 * chat),
    )
    async with phone, aiohttp.ClientSession(phone.url) as page:
        async with page.post("/page/clock", json=asked) as answer:
            assert answer.status == (200 if moment else 409)
        assert phone.clock.now() == (moment or began)
        async with page.get("/page/inspect?chat=1") as answer:
            assert await answer.json() == {"chat": 1, "at": str(began)}


@pytest.mark.usefixtures("ana")
async def test_the_network_is_switched_from_the_page(phone, page):
    await act(page, "strike", fault="offline")
    assert phone.faults.now.value == "offline"
    await act(page, "strike", fault="")
    assert phone.faults.now is None
