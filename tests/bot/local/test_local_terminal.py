"""The chat on a terminal, piped: a script goes in, what the person saw comes out."""

import asyncio
import io

import pytest
from rich.console import Console

from bot.local.terminal import Terminal

SCRIPT = """\
/start
:show
:tap 2
hello
:edit hello again
:tap 9
:fly
:next-day
:as Luis
hi
:group Friday
/net
:photo
:quit
never read
"""
SEEN = """\
> /start
Hi Ana. Hidden: ▒▒
[1] Start  [2] Later
[3] More ↗
> :show
Hi Ana. Hidden: 42
[1] Start  [2] Later
[3] More ↗
> :tap 2
(Later it is)
✎ Hi Ana, later.
> hello
(👍)
you said hello
> :edit hello again
you said hello again
> :tap 9
(There is no button [9].)
> :fly
(There is no :fly. Try :help.)
> :next-day
> :as Luis
> hi
(👍)
you said hi
> :group Friday
> /net
(👍)
you said /net
> :photo
> :quit
"""


class Echo:
    """A small bot: knows when it is idle, because it counts what it has done."""

    def __init__(self, phone, bot):
        self.phone, self.bot = phone, bot
        self.offset = 0

    async def settled(self):
        while self.phone.waiting:
            for update in await self.bot.get_updates(offset=self.offset):
                self.offset = update.update_id + 1
                await self.hear(update)
            await self.bot.get_updates(offset=self.offset)

    async def hear(self, update):
        said = update.effective_message
        if update.callback_query:
            await update.callback_query.answer("Later it is")
            await self.bot.edit_message_text(
                f"Hi {update.callback_query.from_user.first_name}, later.", 1, said.message_id
            )
        elif said and said.text == "/start":
            keys = [
                [{"text": "Start", "callback_data": "a"}, {"text": "Later", "callback_data": "b"}],
                [{"text": "More", "url": "https://a.org"}],
            ]
            await self.bot.send_message(
                1,
                "Hi <b>Ana</b>. Hidden: <tg-spoiler>42</tg-spoiler>",
                parse_mode="HTML",
                reply_markup={"inline_keyboard": keys},
            )
        elif said and said.text:
            await self.bot.send_message(said.chat.id, f"you said {said.text}")
            if not update.edited_message:
                await self.bot.set_message_reaction(said.chat.id, said.message_id, "👍")


async def run(phone, bot, script):
    out = io.StringIO()
    console = Console(file=out, width=80, highlight=False)
    terminal = Terminal(phone, phone.person(1, "Ana"), Echo(phone, bot).settled, console)
    await asyncio.wait_for(terminal.run(io.StringIO(script)), 20)
    return out.getvalue()


async def test_a_piped_script_is_told_line_by_line(phone, bot):
    assert await run(phone, bot, SCRIPT) == SEEN


async def test_a_button_is_tapped_by_its_words_too(phone, bot):
    seen = await run(phone, bot, "/start\n:as Luis\n:as Ana\n:tap later\n:tap never\n")
    assert seen.endswith(
        "> :tap later\n(Later it is)\n✎ Hi Ana, later.\n"
        "> :tap never\n(There is no button [never].)\n"
    )


async def test_the_clock_moves_a_day_and_to_the_next_drop(phone, bot):
    before = phone.clock.now()
    seen = await run(phone, bot, ":next-day\n:next-drop\n")
    assert (phone.clock.now() - before).days == 1
    assert "(No drop is planned here.)" in seen


async def test_a_deep_link_leads_from_the_group_to_the_private_chat(phone, bot):
    group = phone.group("Study", phone.person(1, "Ana"))
    keys = {"inline_keyboard": [[{"text": "Mine", "url": "https://t.me/local_bot?start=g1"}]]}
    await bot.send_message(group.id, "card", reply_markup=keys)
    seen = await run(phone, bot, ":group Study\n:tap 1\n")
    assert seen.splitlines() == [
        "> :group Study",
        "card",
        "[1] Mine ↗",
        "> :tap 1",
        "(👍)",
        "you said /start g1",
    ]


@pytest.mark.parametrize(
    "line", [":tap", ":tap one", ":edit", ":vote 1", ":place here", ":as", ":block"]
)
async def test_a_slip_at_the_terminal_is_told_and_forgiven(phone, bot, line):
    seen = await run(phone, bot, f"{line}\n/start\n")
    assert seen.startswith(f"> {line}\n(")
    assert "Hi Ana" in seen
