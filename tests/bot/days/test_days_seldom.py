"""What comes seldom, through a running tutor and Telegram's protocol: news, farewell, oblivion."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from household import heard

DAY = timedelta(days=1)
NEWS = "Tomorrow from 8 to 9 UTC I am <away>."
BERLIN, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")
LEAVING = "erase all of yours"

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("days")]


def next_day_at(now, hour, zone):
    local = now.astimezone(zone) + DAY
    return local.replace(hour=hour, minute=10, second=0, microsecond=0)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_operators_words_come_once_silently_and_wake_or_call_nobody(house):
    """Ana is awake, Luis has paused, in Tokyo where Mia lives it is night."""
    ana = await house.learner(1, "Ana", "Berlin", "18:00")
    luis = await house.learner(2, "Luis", "Madrid", "18:00")
    mia = await house.learner(3, "Mia", "Tokyo", "09:00")
    await house.type(luis, "/pause until Sunday")
    await house.at(next_day_at(house.desk.now(), 14, BERLIN))
    night = house.desk.now().astimezone(TOKYO)
    assert night.hour >= 21
    code, _ = await house.operator("announce", NEWS, "--yes")
    assert code == 0
    (news,) = heard(ana, NEWS)
    assert news.silent
    assert not heard(mia, NEWS)
    await house.at(next_day_at(house.desk.now(), 9, TOKYO))
    (news,) = heard(mia, NEWS)
    assert news.silent
    code, said = await house.operator("announce", NEWS, "--yes")
    assert code == 1
    assert "went out before" in said
    await house.at(house.desk.now() + 10 * DAY)
    assert [len(heard(one, NEWS)) for one in (ana, luis, mia)] == [1, 0, 1]


async def test_after_eleven_silent_months_one_is_told_and_after_twelve_erased(house):
    """A word of Luis's keeps all of his; Ana has gone, and nothing of hers is left."""
    ana = await house.learner(424242, "Annamaria", "Berlin", "18:00")
    luis = await house.learner(2, "Luis", "Madrid", "18:00")
    begun = house.desk.now().astimezone(BERLIN).replace(hour=12, minute=10)
    await house.at(begun + 333 * DAY)
    assert not heard(ana, LEAVING)
    await house.at(begun + 336 * DAY)
    (notice,) = heard(ana, LEAVING)
    assert notice.silent
    assert len(heard(luis, LEAVING)) == 1
    await house.type(luis, "/progress")
    await house.at(begun + 364 * DAY)
    assert await house.known(ana)
    await house.at(begun + 367 * DAY)
    assert await house.known(ana) is None
    assert await house.known(luis)
    assert len(heard(ana, LEAVING)) == 1
    assert not heard(ana, "erased")
    assert "424242" not in await house.rows()
    assert "Annamaria" not in await house.rows()


async def test_forget_erases_every_row_and_start_begins_afresh(house):
    ana = await house.learner(424242, "Annamaria", "Berlin", "18:00")
    await house.type(ana, "/report the heron is odd")
    await house.type(ana, "/export")
    exported = ana.chat.said[-1].document.content.decode()
    assert "Annamaria" in exported
    assert "the heron is odd" in exported
    await house.type(ana, "/forget")
    await house.tap(ana, "Erase everything")
    assert "Everything of yours is erased" in ana.chat.said[-1].text
    assert await house.known(ana) is None
    await house.at(house.desk.now() + timedelta(hours=1))
    left = await house.rows()
    for trace in ("424242", "Annamaria", "heron"):
        assert trace not in left
    said = len(ana.chat.said)
    await house.at(house.desk.now() + 2 * DAY)
    assert len(ana.chat.said) == said
    await house.type(ana, "/start")
    assert (await house.known(ana)).finished == ()
    assert "Hi Annamaria!" in " ".join(one.text for one in ana.chat.said[said:])
