"""Whatever Telegram answers, the letter comes to a known end."""

from datetime import timedelta

import pytest

from bot.postman import Rates
from bot.telegram.wire import plain
from bot.tutor.turn import Button, React, Say, Toast, Unbutton

QUICK = Rates(bot=1000, burst=1000, chat=1000, chat_burst=1000)
SENT = ("sent", "")


async def test_a_letter_arrives_as_it_was_written(rig, ana):
    buttons = (
        (Button("Yes", "y"), Button("Later", "l")),
        (Button("Read", url="https://example.org"),),
    )
    async with rig.posting() as postman:
        await rig.write(7, Say("<b>z</b> = 3 &lt; 4 ?", buttons, silent=True))
        await postman.settled()
    message = ana.chat.said[0]
    assert (message.text, message.html, message.silent) == (
        "z = 3 < 4 ?",
        "<b>z</b> = 3 &lt; 4 ?",
        True,
    )
    assert [[b.label for b in row] for row in message.buttons] == [["Yes", "Later"], ["Read"]]
    assert await rig.fates() == [SENT]


async def test_letters_of_a_chat_keep_their_order(rig, ana):
    async with rig.posting(QUICK) as postman:
        await rig.write(7, *(Say(str(n)) for n in range(40)))
        await postman.settled()
    assert [message.text for message in ana.chat.said] == [str(n) for n in range(40)]


async def test_a_blocked_chat_gets_nothing_more_and_the_tutor_is_told(rig, ana):
    await ana.block()
    async with rig.posting() as postman:
        await rig.write(7, Say("one"), Say("two"))
        await postman.settled()
    assert await rig.fates() == [("failed", "gone")] * 2
    assert [key.split(":")[0] for key, chat in await rig.arrivals() if chat == 7] == ["gone"]
    assert rig.phone.calls["sendMessage 403"] == 1


async def test_someone_who_never_began_and_someone_who_is_gone_are_left_in_peace(rig, ana):
    ana.deactivate()
    async with rig.posting() as postman:
        await rig.write(7, Say("are you there?"))
        await rig.write(404, Say("hello?"))
        await postman.settled()
    assert await rig.fates() == [("failed", "gone")] * 2


@pytest.mark.parametrize(
    ("say", "reason"),
    [
        (Say("x" * 4097), "message is too long"),
        (Say(""), "message text is empty"),
        (Say("tap", ((Button("it", "d" * 65),),)), "BUTTON_DATA_INVALID"),
        (React(999, "👍"), "message to react not found"),
        (Toast("which tap?"), "no tap waits for this answer"),
    ],
)
async def test_what_can_never_be_sent_is_put_aside_and_the_next_letter_goes(rig, ana, say, reason):
    async with rig.posting() as postman:
        await rig.write(7, say, Say("and on"))
        await postman.settled()
    refused, sent = await rig.fates()
    assert refused[0] == "failed"
    assert reason.lower() in refused[1].lower()
    assert sent == SENT
    assert [message.text for message in ana.chat.said] == ["and on"]


async def test_a_text_that_is_no_html_is_sent_plain(rig, ana):
    async with rig.posting() as postman:
        await rig.write(7, Say("<b>a &lt; b<p>"))
        await postman.settled()
    assert [message.text for message in ana.chat.said] == ["a < b"]
    assert await rig.fates() == [SENT]


async def test_a_tap_is_answered_and_its_button_taken_away(rig, ana):
    async with rig.posting() as postman:
        await rig.write(7, Say("ready?", ((Button("Go", "go"),),)))
        await postman.settled()
        question = ana.chat.said[0]
        tap = await ana.tap(question, "Go")
        await rig.write(7, Toast("Off we go"), Unbutton(question.message_id), tap=tap.id)
        assert (await tap.answered()).text == "Off we go"
        await rig.write(7, Unbutton(question.message_id), Unbutton(12345))
        await postman.settled()
    assert ana.chat.said[0].buttons == ()
    assert await rig.fates() == [SENT] * 5


async def test_a_tap_of_long_ago_cannot_be_answered_and_holds_nothing_up(rig, ana):
    async with rig.posting() as postman:
        await rig.write(7, Say("ready?", ((Button("Go", "go"),),)))
        await postman.settled()
        tap = await ana.tap(ana.chat.said[0], "Go")
        rig.phone.move_clock(rig.phone.clock.now() + timedelta(seconds=151))
        await rig.write(7, Toast("late"), Say("Here it is again."), tap=tap.id)
        await postman.settled()
    _, toast, said = await rig.fates()
    assert toast[0] == "failed"
    assert "query is too old" in toast[1].lower()
    assert said == SENT


async def test_a_reaction_stands_on_the_learners_message(rig, ana):
    message = await ana.type("-1")
    async with rig.posting() as postman:
        await rig.write(7, React(message.message_id, "🎉"))
        await postman.settled()
    assert await rig.fates() == [SENT]
    assert "🎉" in str(message.reactions)


async def test_letters_of_one_slot_replace_each_other(rig, ana):
    async with rig.posting() as postman:
        for line in ("●○○", "●●○", "●●○", "●●●"):
            await rig.write(7, Say(line, slot="progress"))
            await postman.settled()
    assert [message.text for message in ana.chat.said] == ["●●●"]
    assert rig.phone.calls["sendMessage 200"] == 1
    assert await rig.fates() == [SENT] * 4


async def test_a_slot_whose_message_is_gone_is_said_anew(rig, ana):
    async with rig.posting() as postman:
        await rig.write(7, Say("●○○", slot="progress"))
        await postman.settled()
        del ana.chat.chat.log[ana.chat.said[0].message_id]
        await rig.write(7, Say("●●○", slot="progress"))
        await postman.settled()
        await rig.write(7, Say("●●●", slot="progress"))
        await postman.settled()
    assert [message.text for message in ana.chat.said] == ["●●●"]
    assert rig.phone.calls["sendMessage 200"] == 2


async def test_a_place_is_asked_for_with_a_key(rig, ana):
    async with rig.posting() as postman:
        await rig.write(
            7, Say("Where?", ((Button("Share"),), (Button("Not now", "no"),)), ask_location=True)
        )
        await rig.write(7, Say("Or here?", ask_location=True))
        await postman.settled()
    shown = [[[(key.label, key.asks) for key in row] for row in m.keyboard] for m in ana.chat.said]
    assert shown[0] == [[("Share", "location")], [("Not now", "")]]
    assert shown[1] == [[("📍", "location")]]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1 < 2 & <b>3</b>", "1 < 2 & 3"),
        ('<a href="https://example.org">x</a> &lt; y', "x < y"),
        ("a<c and c>d", "a<c and c>d"),
        ("<blockquote expandable>z</blockquote>", "z"),
    ],
)
def test_a_text_without_its_marks_loses_nothing_else(text, read):
    assert plain(text) == read
