"""The database goes away: letters wait, and what was sent is not sent again."""

import asyncio

from structlog.testing import capture_logs

from bot.local.api.faults import Trouble
from bot.tutor.turn import Say

SENT = ("sent", "")


async def rename(rig, old, new):
    await rig.storage.run(lambda c: c.exec_driver_sql(f"ALTER TABLE {old} RENAME TO {new}"))


async def test_letters_wait_while_the_database_is_away(rig, ana):
    with capture_logs() as logs:
        async with rig.posting() as postman:
            await rename(rig, "letter", "away")
            rig.storage.outbox_bell.ring()
            await asyncio.sleep(0.2)
            await rename(rig, "away", "letter")
            await rig.write(7, Say("one"))
            await postman.settled()
    assert [line["event"] for line in logs] == [
        "the database is away; letters wait",
        "the database is back",
    ]
    assert [message.text for message in ana.chat.said] == ["one"]


async def test_what_was_sent_while_the_database_went_away_is_not_sent_again(rig, ana):
    rig.phone.faults.strike(Trouble.SLOW, seconds=0.4)
    async with rig.posting() as postman:
        await rig.write(7, Say("one"))
        await asyncio.sleep(0.2)
        await rename(rig, "letter", "away")
        await asyncio.sleep(0.5)
        await rename(rig, "away", "letter")
        await postman.settled()
    assert await rig.fates() == [SENT]
    assert [message.text for message in ana.chat.said] == ["one"]
