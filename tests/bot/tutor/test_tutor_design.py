"""A design on the bench: a table chosen, parts tapped or typed, faults said, its own numbers asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from studio_chat import at_the_bench, of_the_studio, planted, read, tap
from tutor_chat import Chat, texts

from bot.tutor import wording
from bot.tutor.studio import bench
from bot.tutor.studio.numbers import of_design
from lessons.design.architecture import read_architecture
from lessons.design.tables import TABLES
from lessons.figures import FIGURES

SOUND = {
    "tumours": "30-16-1 relu, sigmoid out, bce",
    "wine": "13-8-3 relu, softmax out, ce, es",
    "diabetes": "10-6-1 tanh, linear out, mse, l2=0.03",
    "diabetes-high": "11-8-1 relu, bce",
    "staircase": "24-16-1 relu, bce",
    "smooth": "8-16-8-1 relu, bce",
    "ring": "2-8-1 relu, bce",
}


@pytest.fixture
def chat():
    return at_the_bench()


@pytest.mark.parametrize(("table", "text", "kind"), planted())
def test_a_planted_fault_is_said_in_the_words_of_the_course(chat, table, text, kind):
    tap(chat, f"/{table}")
    turn = chat.type(text)
    sentence = wording.of("en").sentences[f"design.{kind}"]
    opening = max(sentence.replace("}", "{").split("{"), key=len)
    assert any(opening in one for one in texts(chat))
    stops = turn.attempts[0].verdict.family == "wrong"
    assert chat.learner.stage.exercise == ("design" if stops else "own-parameters")


@pytest.mark.parametrize(
    "text",
    ["a big one", "30-16-1", "30-16-1 swish, bce", "30-16-1 relu, bce, l2=99", "99-2-1 relu, bce"],
)
def test_what_cannot_be_read_costs_nothing(chat, text):
    turn = chat.type(text)
    assert not turn.attempts
    assert chat.learner.stage.misses == 0
    assert chat.learner.stage.exercise == "design"


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_design_is_asked_about_with_its_own_numbers(chat, name):
    tap(chat, f"/{name}")
    turn = chat.type(SOUND[name])
    design = read_architecture(SOUND[name])
    assert turn.attempts[0].verdict.family == "right"
    assert chat.learner.stage.exercise == "own-parameters"
    assert chat.answer() == str(design.parameters)
    while chat.learner.stage.exercise != "why-inputs":
        for slip in dict(chat.open.asked.slips):
            assert chat.type(chat.answer(slip)).attempts[-1].verdict.family != "right"
            chat.learner = replace(
                chat.learner, stage=replace(chat.learner.stage, misses=1, stepped=False)
            )
        assert chat.solve().attempts[0].verdict.family == "right"


@pytest.mark.parametrize("seed", range(20))
def test_the_blame_is_output_minus_truth(seed):
    for name, text in SOUND.items():
        numbers = of_design(read_architecture(text), TABLES[name], seed)
        said, truth, blame = (wording_number(numbers[key]) for key in ("said", "truth", "blame"))
        assert blame == said - truth != 0


def wording_number(text):
    from fractions import Fraction

    return Fraction(text)


def test_a_table_is_known_by_its_columns_where_none_was_chosen(chat):
    chat.type("13-8-3 relu, softmax out, ce")
    assert chat.learner.studio.table == "wine"


def test_a_design_is_tapped_together(chat):
    for part in (
        "/wine",
        "hidden/16",
        "hidden/8",
        "squash/tanh",
        "last/3",
        "loss/ce",
        "brakes/l2=0.1",
        "brakes/es",
        "brakes/l2=0.01",
    ):
        tap(chat, part)
    tap(chat, "take/")
    assert chat.learner.studio.design == "13-16-8-3 tanh, softmax out, ce, l2=0.01, es"


def test_a_part_is_laid_down_again_and_the_bench_can_be_cleared(chat):
    for part in ("/wine", "brakes/es", "brakes/es", "loss/ce", "last/1 linear"):
        tap(chat, part)
    assert bench.drafted(chat.scene, TABLES["wine"]) == "13-1 relu, linear out, ce"
    tap(chat, "/undo")
    assert bench.drafted(chat.scene, TABLES["wine"]) == "13-… relu, … out, …"


def test_what_is_still_open_is_said_and_the_parts_are_there_again(chat):
    tap(chat, "/ring")
    turn = tap(chat, "take/")
    assert not turn.attempts
    assert "Still open" in texts(chat)[0]
    assert any(button.label == "Take it" for row in chat.says[-1].buttons for button in row)


def test_another_table_leaves_the_parts_behind(chat):
    for part in ("/ring", "hidden/8"):
        tap(chat, part)
    chat.tap("Another table")
    tap(chat, "/wine")
    assert chat.learner.studio.parts == {}


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", TABLES)
def test_a_tables_card_can_be_drawn_and_its_words_repeat_its_numbers(name, language):
    chat = at_the_bench(language)
    said = bench.card(chat.scene, TABLES[name])
    values = dict(said.attachment.values)
    card = FIGURES[values.pop("figure")].card(values)
    renderer = card.figure.canvas.get_renderer()
    for text in card.texts:
        assert text.get_window_extent(renderer).x1 <= 1060, text.get_text()
    for key in ("rows", "columns", "baseline"):
        assert values[key] in read(said)
    assert all(len(values[key].split("|")) <= 2 for key in ("target", "odd"))


def test_questions_about_a_design_that_was_left_are_left_too(chat):
    chat.type("29-16-1 relu, bce, sigmoid out")
    tap(chat, "/tumours")
    chat.type("29-16-1 relu, bce, sigmoid out")
    chat.type("/today")
    chat.tap("Leave it for now")
    assert chat.learner.stage.exercise == "why-inputs"


def test_nothing_is_told_of_a_training_that_did_not_happen(chat):
    chat.type(SOUND["tumours"])
    asked = set()
    while chat.open:
        asked.add(chat.learner.stage.exercise)
        chat.solve()
    assert "verdict" not in asked
    assert "tabular-design" in chat.learner.finished


def test_no_button_says_more_than_telegram_carries(chat):
    for table in TABLES:
        tap(chat, f"/{table}")
        chat.tap("Another table")
    assert max(len(button.tap.encode()) for button, _ in chat.ever) <= 64


def test_it_is_one_studio_for_every_language():
    assert of_the_studio("de").paths.keys() == of_the_studio("en").paths.keys()
    assert isinstance(at_the_bench("de"), Chat)
