"""What a tutor logs on a bad day, however much it is asked to log, names nobody and opens nothing."""

from __future__ import annotations

from bot.local.api.faults import Trouble

NAME, TYPED, NUMBER = "Wilhelmine-Unverwechselbar", "mein ganz eigener Satz", 918273645
TROUBLES = (Trouble.BROKEN, Trouble.CLOSING, Trouble.FLOOD, Trouble.OFFLINE)


async def test_the_log_of_a_bad_day_holds_no_person_and_no_secret(tutors, phone, sqlite_url):
    tutor = await tutors.start(sqlite_url, LOG_LEVEL="debug")
    ana = phone.person(NUMBER, NAME)
    await ana.type("/start")
    await ana.chat.next(60)
    for method in ("sendMessage", "getUpdates"):
        for trouble in TROUBLES:
            phone.faults.strike(trouble, seconds=1, times=2, methods=[method])
            await ana.type(TYPED)
            await ana.chat.next(60)
            phone.faults.clear()
    await ana.block()
    assert await tutor.stop() == 0
    said = tutors.said()
    assert "Telegram cannot be reached" in said
    for hidden in (NAME, TYPED, str(NUMBER), phone.token, sqlite_url):
        assert hidden not in said
