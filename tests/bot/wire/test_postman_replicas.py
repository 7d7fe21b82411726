"""Postmen of several replicas keep together to what one chat may hear."""

from __future__ import annotations

from contextlib import AsyncExitStack

import pytest
from rigged import Rig

from bot.local import LocalTelegram
from bot.storage import Storage
from bot.telegram.line import bot_of
from bot.tutor.turn import Say

pytestmark = pytest.mark.timeout(120)
CHATS, LETTERS = range(1, 7), 8


@pytest.fixture
async def rigs(postgres_url):
    """Two replicas on one strict Telegram, each known to the other."""
    async with AsyncExitStack() as stack:
        phone = await stack.enter_async_context(LocalTelegram())
        for chat in CHATS:
            await phone.person(chat, f"L{chat}").type("/start")
        found = []
        for _ in range(2):
            storage = Storage(postgres_url)
            stack.callback(storage.close)
            storage.listen()
            bot = await stack.enter_async_context(bot_of(phone.token, phone.url))
            found.append(Rig(phone, storage, bot))
        yield found


async def are_two(rigs):
    return all(rig.storage.replicas == 2 for rig in rigs)


async def test_what_a_chat_may_hear_a_second_is_counted_by_one_replica(rigs, eventually):
    one, other = rigs

    async def all_over():
        return None not in await one.fates()

    await eventually(lambda: are_two(rigs), seconds=30)
    await one.write_all({chat: [Say(str(n)) for n in range(LETTERS)] for chat in CHATS})
    async with one.posting(), other.posting():
        other.storage.outbox_bell.ring()
        await eventually(all_over, seconds=60)
    sent = one.phone.calls["sendMessage 200"]
    refused = sum(n for call, n in one.phone.calls.items() if call.endswith(" 429"))
    assert (sent, refused) == (len(CHATS) * LETTERS, 0)
