"""A circle brought to the day that a test is about, and what it reads there."""

from __future__ import annotations

from bot.tutor.turn import Say


async def at_work(circle, day=10, hour="18:00"):
    """The bot is there, everyone is in, and the net of that day has begun."""
    await circle.add_bot()
    await circle.in_group("Ana", "command", f"hour {hour}")
    await circle.everyone_comes()
    await circle.skip_to(day)
    await circle.wait(hours=2)


def said_in_the_group(circle):
    return [said for chat, said, _, _ in circle.heard if chat < 0 and isinstance(said, Say)]
