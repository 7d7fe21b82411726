"""Telegram on a bad day."""

from __future__ import annotations

import asyncio

from bot.local import Trouble
from bot.tutor.events import ChatId
from bot.tutor.turn import Say
from tests.load.school import repeated


async def slow(school, _gone):
    """Telegram slow: two seconds an answer."""
    ana = await school.learner()
    school.phone.faults.strike(Trouble.SLOW, seconds=2)
    took = await school.asked(ana)
    school.phone.faults.clear()
    await school.quiet()
    return f"answered after {took:.1f} s, nothing twice: {_once(ana)}"


def _once(person, since=0):
    assert repeated(person, since) == 0
    return "yes"


async def closed(school, _gone):
    """Closed in the middle of an answer, once."""
    ana = await school.learner()
    since = len(ana.chat.said)
    school.phone.faults.strike(Trouble.CLOSING, times=1, methods=["sendMessage"])
    took = await school.asked(ana)
    await asyncio.sleep(1)
    await school.quiet()
    twice = repeated(ana, since)
    assert twice <= 1
    return f"seen after {took:.1f} s; sent again {twice} time, no more"


async def broken(school, gone):
    """502 to everything for a while."""
    return await _away(school, Trouble.BROKEN, gone)


async def offline(school, gone):
    """The line cut before anything is done, for a while."""
    return await _away(school, Trouble.OFFLINE, gone)


async def _away(school, trouble, gone):
    ana = await school.learner()
    since = len(ana.chat.said)
    school.phone.faults.strike(trouble)
    asking = asyncio.create_task(school.asked(ana, patience=gone + 100))
    await asyncio.sleep(gone)
    assert not asking.done()
    school.phone.faults.clear()
    took = await asking
    await school.quiet()
    assert await school.undone() == 0
    return f"answered {took - gone:.1f} s after its end, nothing twice: {_once(ana, since)}"


async def storm(school, _gone):
    """A storm of 429s: eight chats at once, two seconds."""
    people = [await school.learner() for _ in range(8)]
    since = [len(person.chat.said) for person in people]
    refused = _refusals(school)
    school.phone.faults.strike(Trouble.FLOOD, seconds=1)
    asking = asyncio.gather(*(school.asked(person) for person in people))
    await asyncio.sleep(2)
    school.phone.faults.clear()
    took = await asking
    await school.quiet()
    for person, before in zip(people, since, strict=True):
        _once(person, before)
    tries = _refusals(school) - refused
    assert tries > 0, "there was no storm"
    return f"{tries} refusals for 8 letters; all answered within {max(took):.1f} s, nothing twice"


def _refusals(school):
    return sum(n for call, n in school.phone.calls.items() if call.endswith(" 429"))


async def blocked(school, _gone):
    """403: a learner blocked the bot."""
    ana, ben = await school.learner(), await school.learner()
    await ana.block()
    await _say(school, ana, "are you there?")
    took = await school.asked(ben)
    await school.quiet()
    learner = await school.tutor.storage.learner(ana.id)
    assert learner
    assert learner.next_drop is None
    await ana.unblock()
    await school.asked(ana, "/today")
    return f"her drops rest, her place is kept; another is answered after {took:.1f} s"


async def _say(school, person, text):
    from bot.storage import outbox
    from bot.tutor.events import Arrival, Unblocked

    arrival = Arrival("", ChatId(person.id), None, Unblocked(), school.desk.now())
    await school.tutor.storage.run(outbox.write, arrival, [Say(text)], school.desk.now())
    school.tutor.storage.outbox_bell.ring()


async def refused(school, _gone):
    """400: text that is no HTML; text that is too long."""
    ana = await school.learner()
    await _say(school, ana, "1 < 2 & <b>open")
    await _say(school, ana, "x" * 5000)
    await _say(school, ana, "and on")
    await school.quiet()
    said = [message.text for message in ana.chat.said][-2:]
    assert said == ["1 < 2 & open", "and on"], said
    return "the first sent plain, the second put away with its reason, the third sent"


async def poisoned(school, _gone):
    """A poisoned update: its turn raises."""
    from bot.turns.mind import Tutor

    ana, ben = await school.learner(), await school.learner()
    respond, before = Tutor.respond, await school.aside()

    def raising(self, learner, event, now):
        if learner.user == ana.id:
            raise ZeroDivisionError
        return respond(self, learner, event, now)

    Tutor.respond = raising
    try:
        await school.asked(ana)
        told = ana.chat.said[-1].text
        took = await school.asked(ben)
    finally:
        Tutor.respond = respond
    await school.quiet()
    assert await school.aside() == before + 1
    assert "broke" in told
    await school.asked(ana)
    return f"put aside with its trace; told “{told[:34]}…”; another answered in {took:.1f} s"


async def clock(school, _gone):
    """The clock jumps: a day on, twelve hours back, on."""
    from datetime import timedelta

    ana = await school.learner()
    now = school.desk.now()
    for hours in (25, -12, 13, 1):
        school.desk.move_to(school.desk.now() + timedelta(hours=hours))
        await asyncio.sleep(1.5)
        await school.quiet()
    kept = await school.tutor.storage.export(ana.id)
    came = [drop["lesson"] for drop in kept["drops"]]
    school.desk.move_to(now)
    assert len(came) == len(set(came))
    assert await school.undone() == 0
    return f"{len(came)} drop(s) came, none twice; no turn failed"


FAULTS = (slow, closed, broken, offline, storm, blocked, refused, poisoned, clock)
