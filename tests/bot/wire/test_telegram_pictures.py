"""A picture is made once, uploaded once, and never stands in the way of its words."""

import io
import threading
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from PIL import Image

from bot.postman.delivery import WORDS_WAIT
from bot.storage import picturing
from bot.storage.tables import letter
from bot.telegram.pictures import Made
from bot.tutor.turn import Attachment, Button, Say


def png(shade):
    written = io.BytesIO()
    Image.new("RGB", (8, 8), (shade, 0, 0)).save(written, "PNG")
    return written.getvalue()


class Painter:
    """A maker that counts its pictures and notes where it worked."""

    def __init__(self):
        self.made = []
        self.threads = set()

    def __call__(self, values):
        self.made.append(dict(values))
        self.threads.add(threading.current_thread())
        return Made(png(int(values["shade"])), "card.png", "photo", f"red {values['shade']}")


def figure(shade):
    return Attachment("figure", {"shade": str(shade)})


async def greet(rig, *numbers):
    for number in numbers:
        await rig.phone.person(number, f"P{number}").type("/start")


def photos(rig, *numbers):
    return [message.photo for n in numbers for message in rig.phone.person(n, "").chat.said]


async def test_one_picture_for_many_is_made_and_uploaded_once(rig):
    await greet(rig, 1, 2, 3)
    painter = Painter()
    async with rig.posting(makers={"figure": painter}) as postman:
        for number in (1, 2, 3):
            await rig.write(number, Say("<i>red</i>", attachment=figure(9)))
            await postman.settled()
    assert painter.made == [{"shade": "9"}]
    assert threading.main_thread() not in painter.threads
    assert len({m.file.file_id for n in (1, 2, 3) for m in rig.phone.person(n, "").chat.said}) == 1
    assert [m.html for m in rig.phone.person(3, "").chat.said] == ["<i>red</i>"]


async def test_a_picture_that_telegram_has_is_not_drawn_again_by_another_process(rig):
    await greet(rig, 1)
    keys = {"figure": lambda values: f"red {values['shade']}"}
    painters = [Painter(), Painter()]
    for painter in painters:
        async with rig.posting(makers={"figure": painter}, keys=keys) as postman:
            await rig.write(1, Say("red", attachment=figure(9)))
            await postman.settled()
    assert [len(painter.made) for painter in painters] == [1, 0]
    assert len(photos(rig, 1)) == 2


async def test_a_picture_wanted_by_many_at_once_is_made_once(rig):
    await greet(rig, *range(1, 9))
    painter = Painter()
    async with rig.posting(makers={"figure": painter}) as postman:
        await rig.write_all({n: (Say("red", attachment=figure(9)),) for n in range(1, 9)})
        await postman.settled()
    assert len(painter.made) == 1
    assert len(photos(rig, *range(1, 9))) == 8


async def test_a_file_that_telegram_no_longer_knows_is_uploaded_again(rig):
    await greet(rig, 1)
    await rig.storage.keep_file_id(rig.bot.id, "red 9", "long forgotten")
    keys = {"figure": lambda values: f"red {values['shade']}"}
    async with rig.posting(makers={"figure": Painter()}, keys=keys) as postman:
        await rig.write(1, Say("red", attachment=figure(9)))
        await postman.settled()
    assert photos(rig, 1)[0] is not None
    assert await rig.storage.file_id(rig.bot.id, "red 9") not in {None, "long forgotten"}


async def test_a_document_of_ones_own_is_made_anew_each_time(rig):
    await greet(rig, 1)
    written = iter((b"first", b"second"))

    def export(_values):
        return Made(next(written), "dropwise.json", "document")

    async with rig.posting(makers={"export": export}) as postman:
        for _ in range(2):
            await rig.write(1, Say("Yours.", attachment=Attachment("export", {"user": "1"})))
            await postman.settled()
    files = [message.document for message in rig.phone.person(1, "").chat.said]
    assert [file.content for file in files] == [b"first", b"second"]
    assert {file.name for file in files} == {"dropwise.json"}


async def test_words_go_without_a_picture_that_cannot_be_made(rig):
    await greet(rig, 1)

    def broken(_values):
        raise ZeroDivisionError

    async with rig.posting(makers={"figure": broken}) as postman:
        await rig.write(1, Say("red", attachment=figure(9)))
        await rig.write(1, Say("unknown", attachment=Attachment("no such recipe")))
        await postman.settled()
    assert [m.text for m in rig.phone.person(1, "").chat.said] == ["red", "unknown"]


async def test_more_words_than_fit_under_a_picture_follow_it(rig):
    await greet(rig, 1)
    words = "w" * 1025
    async with rig.posting(makers={"figure": Painter()}) as postman:
        await rig.write(1, Say(words, ((Button("Go", "go"),),), attachment=figure(9)))
        await postman.settled()
    picture, text = rig.phone.person(1, "").chat.said
    assert (picture.text, picture.buttons) == ("", ())
    assert (text.text, text.buttons[0][0].label) == (words, "Go")


async def test_a_slow_picture_holds_up_its_own_chat_only(rig):
    await greet(rig, 1, 2)
    drawn = threading.Event()

    def slow(values):
        drawn.wait(5)
        return Painter()(values)

    async with rig.posting(makers={"figure": slow}) as postman:
        await rig.write(1, Say("red", attachment=figure(9)))
        await rig.write(2, Say("at once"))
        await rig.phone.person(2, "").chat.next(timeout=2)
        taken = sa.select(letter.c.worker).where(letter.c.chat == 1)
        assert await rig.storage.run(lambda c: c.scalar(taken)) is None
        drawn.set()
        await postman.settled()
    assert photos(rig, 1)[0] is not None


async def test_words_that_waited_long_go_ahead_and_their_picture_follows(rig):
    await greet(rig, 1)
    drawn = threading.Event()

    def slow(values):
        drawn.wait(30)
        return Painter()(values)

    def later():
        return datetime.now(UTC) + WORDS_WAIT

    async with rig.posting(makers={"figure": slow}, clock=later) as postman:
        await rig.write(1, Say("red", ((Button("Go", "go"),),), attachment=figure(9)), Say("on"))
        ana = rig.phone.person(1, "")
        words, following = await ana.chat.next(timeout=10), await ana.chat.next(timeout=10)
        drawn.set()
        await postman.settled()
    picture = ana.chat.said[-1]
    assert (words.text, words.buttons[0][0].label, following.text) == ("red", "Go", "on")
    assert (picture.text, picture.buttons) == ("", ())
    assert [photo is not None for photo in photos(rig, 1)] == [False, False, True]
    assert await rig.fates() == [("sent", "")] * 3


async def test_a_picture_whose_words_went_ahead_and_that_cannot_be_made_is_let_go(rig):
    await greet(rig, 1)

    def later():
        return datetime.now(UTC) + WORDS_WAIT

    async with rig.posting(makers={}, clock=later) as postman:
        await rig.write(1, Say("red", attachment=figure(9)))
        await postman.settled()
    assert [message.text for message in rig.phone.person(1, "").chat.said] == ["red"]
    words, picture = await rig.fates()
    assert (words, picture[0]) == (("sent", ""), "failed")


async def test_a_letter_on_the_wire_is_not_handed_out_again_when_its_picture_is_made(rig):
    await rig.write(1, Say("red", attachment=figure(9)))
    now = datetime.now(UTC)
    (taken,) = await rig.storage.claim_letters(now, 5)
    await rig.storage.run(picturing.release, taken.id, now)
    assert await rig.storage.claim_letters(now, 5) == []
    await rig.storage.run(picturing.hold, taken.id, now + timedelta(seconds=1), rig.storage.worker)
    assert await rig.storage.claim_letters(now, 5) == []
    await rig.storage.run(picturing.release, taken.id, now)
    assert [letter.id for letter in await rig.storage.claim_letters(now, 5)] == [taken.id]
