"""What every picture must be, whoever draws it: readable on a small phone, in light or dark."""

import io
import re
from itertools import combinations

import pytest
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.text import Text
from PIL import Image

from lessons.figures import FIGURES, draw, needed
from lessons.figures.ink import FILLS, INKS, contrast

EVERY = sorted(FIGURES)
PIXELS_A_POINT = 100 / 72


def card_of(name):
    return FIGURES[name].card(FIGURES[name].example)


def boxes(card):
    """(words, box) of every text, in pixels from the lower left."""
    renderer = card.figure.canvas.get_renderer()
    return [(text.get_text(), text.get_window_extent(renderer)) for text in card.texts]


def size_of(text):
    return text.get_fontsize() * PIXELS_A_POINT


@pytest.mark.parametrize("name", EVERY)
def test_it_is_a_small_opaque_png_of_the_agreed_width(name):
    png = draw(name, FIGURES[name].example)
    picture = Image.open(io.BytesIO(png))
    assert picture.format == "PNG"
    assert len(png) <= 150_000
    assert 1080 <= picture.width <= 1280
    assert picture.height in (1080, 1350)
    assert "A" not in picture.getbands()
    assert "transparency" not in picture.info
    assert picture.convert("RGB").getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize("name", EVERY)
def test_the_same_values_give_the_same_bytes(name):
    assert draw(name, FIGURES[name].example) == draw(name, FIGURES[name].example)


@pytest.mark.parametrize("name", EVERY)
def test_labels_and_digits_are_tall_enough(name):
    for text in card_of(name).texts:
        least = 44 if re.search(r"[0-9]", text.get_text()) else 32
        assert size_of(text) >= least - 1e-6, text.get_text()


@pytest.mark.parametrize("name", EVERY)
def test_no_text_leaves_the_card(name):
    card = card_of(name)
    for words, box in boxes(card):
        assert box.x0 >= 24, words
        assert box.y0 >= 16, words
        assert box.x1 <= 1080 - 24, words
        assert box.y1 <= card.height - 16, words


@pytest.mark.parametrize("name", EVERY)
def test_no_text_touches_another(name):
    for (one, box), (other, that) in combinations(boxes(card_of(name)), 2):
        assert not box.overlaps(that), (one, other)


@pytest.mark.parametrize("name", EVERY)
def test_strokes_are_thick_enough(name):
    figure = card_of(name).figure
    for artist in figure.get_children():
        if not isinstance(artist, Text) and artist is not figure.patch:
            width = artist.get_linewidth() * PIXELS_A_POINT
            assert width >= 3 - 1e-6 or (width == 0 and not isinstance(artist, Line2D))


@pytest.mark.parametrize("name", EVERY)
def test_colours_come_from_the_palette(name):
    for artist in card_of(name).figure.get_children():
        if isinstance(artist, (Text, Line2D)):
            assert artist.get_color() in (*INKS, "#ffffff")
        else:
            assert to_hex(artist.get_facecolor()) in (*INKS, *FILLS)
            assert artist.get_linewidth() == 0 or to_hex(artist.get_edgecolor()) in (*INKS, *FILLS)


@pytest.mark.parametrize("name", EVERY)
def test_every_text_stands_out_from_what_lies_under_it(name):
    card = card_of(name)
    places = [(text, box) for text, (_, box) in zip(card.texts, boxes(card), strict=True)]
    for text in card.texts:
        text.set_visible(False)
    under = Image.open(io.BytesIO(card.png())).convert("RGB")
    for text, box in places:
        part = under.crop(
            (int(box.x0), int(card.height - box.y1), int(box.x1), int(card.height - box.y0))
        )
        ink = to_hex(text.get_color())
        poor = sum(
            count
            for count, colour in part.getcolors(part.width * part.height)
            if contrast(ink, "#{:02x}{:02x}{:02x}".format(*colour)) < 4.5
        )
        assert poor <= 0.02 * part.width * part.height, text.get_text()


@pytest.mark.parametrize("name", EVERY)
def test_a_glance_can_take_in_its_numerals(name):
    numerals = [
        n for t in card_of(name).texts for n in re.findall(r"\d+(?:[./]\d+)?", t.get_text())
    ]
    assert len(numerals) <= 40


@pytest.mark.parametrize("name", EVERY)
def test_every_letter_is_in_the_font_that_comes_along(name):
    from matplotlib.ft2font import FT2Font

    for text in card_of(name).texts:
        letters = FT2Font(text.get_fontproperties().get_file()).get_charmap()
        assert not [letter for letter in text.get_text() if ord(letter) not in letters]


@pytest.mark.parametrize("name", EVERY)
def test_what_it_needs_is_what_it_asks_for(name):
    assert set(needed(name)) <= set(FIGURES[name].example)
    for key in needed(name):
        values = {k: v for k, v in FIGURES[name].example.items() if k != key}
        with pytest.raises(ValueError, match=f"figure {name}: missing {re.escape(key)}"):
            draw(name, values)
    with pytest.raises(ValueError, match="unknown nonsense"):
        draw(name, {**FIGURES[name].example, "nonsense": "1"})


@pytest.mark.parametrize("name", EVERY)
def test_it_writes_decimals_with_a_comma_where_that_is_asked(name):
    example = FIGURES[name].example
    english = [text.get_text() for text in FIGURES[name].card(example).texts]
    german = [text.get_text() for text in FIGURES[name].card({**example, "decimal": ","}).texts]
    assert not any(re.search(r"\d\.\d", text) for text in german)
    same = [i for i, text in enumerate(english) if not re.search(r"\d[.,]", text)]
    assert [german[i] for i in same] == [english[i] for i in same]


def test_an_unknown_name_is_told_with_the_names_there_are():
    with pytest.raises(ValueError, match=r"no figure is called .nowhere.; there are .*receipt"):
        draw("nowhere", {})
    with pytest.raises(ValueError, match="no figure is called"):
        needed("nowhere")
