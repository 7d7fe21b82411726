"""A phone with a memory is after a restart what it was before."""

from datetime import UTC, datetime, timedelta

from bot.local import FREE, LocalTelegram, StillClock


async def test_people_chats_files_and_numbers_come_back(tmp_path, bot_of, phone):
    clock = StillClock(phone.clock.now())
    async with LocalTelegram(clock, limits=FREE, memory=tmp_path) as first, bot_of(first) as bot:
        ana = first.person(1, "Ana", "es")
        await ana.type("/start")
        await bot.send_message(
            1,
            "<b>Hi</b>",
            parse_mode="HTML",
            reply_markup={"inline_keyboard": [[{"text": "go", "callback_data": "a"}]]},
        )
        group = first.group("Study", ana)
        await bot.send_poll(group.id, "q", ["a", "b"], is_anonymous=False)
        await ana.vote(group.said[-1], 1)
        await bot.send_document(1, b"notes", filename="a.txt")
        document = await bot.send_document(1, b"notes", filename="a.txt")
        await bot.set_my_commands([("start", "begin")])
        before = first.exchange.world.state
    async with LocalTelegram(clock, limits=FREE, memory=tmp_path) as second, bot_of(second) as bot:
        assert second.exchange.world.state == before
        [ana] = second.people()
        assert [m.html for m in ana.chat.said] == ["<b>Hi</b>", "", ""]
        assert ana.chat.said[1].file is ana.chat.said[2].file
        assert (
            await bot.send_document(1, document.document.file_id)
        ).message_id == document.message_id + 1
        await ana.tap(ana.chat.said[0], "go")
        updates = await bot.get_updates()
        assert next(u.message.text for u in updates if u.message) == "/start"
        assert updates[-1].callback_query.data == "a"
        assert len({u.update_id for u in updates}) == len(updates)


async def test_a_clock_that_was_moved_stays_moved(tmp_path):
    moved = datetime.now(UTC) + timedelta(days=40)
    async with LocalTelegram(limits=FREE, memory=tmp_path) as first:
        first.move_clock(moved)
        said = await first.person(1, "Ana").type("/start")
    async with LocalTelegram(limits=FREE, memory=tmp_path) as second:
        assert second.clock.now() >= said.date >= moved
        later = await second.person(1, "Ana").type("hello")
        assert later.date >= said.date
        second.move_clock(datetime.now(UTC))
    async with LocalTelegram(limits=FREE, memory=tmp_path) as third:
        assert third.clock.now() < moved - timedelta(days=39)
