"""A training watched, stopped, survived; the verdict from its own numbers; cards that can be run again."""

from __future__ import annotations

import pytest
from studio_chat import (
    DESIGN,
    TRIAL,
    at_the_bench,
    before_training,
    goes_on,
    tap,
    trained,
    visiting,
)
from tutor_chat import texts

from bot.tutor.events import TaskDone
from bot.tutor.turn import CALL_OFF, Say
from lessons.course import Training
from lessons.figures import FIGURES

WON = {"net": [0.99] * 5, "line": [0.9, 0.91, 0.9, 0.89, 0.9]}


@pytest.fixture
def chat():
    return before_training()


def test_a_training_is_a_task_with_all_that_it_needs(chat):
    turn = tap(chat, "train/")
    assert [(task.name, dict(task.values)) for task in turn.tasks] == [
        (
            "train",
            {"run": "1", "table": "tumours", "design": DESIGN, "seed": str(chat.learner.seed % 64)},
        )
    ]


def test_a_second_tap_trains_nothing_twice(chat):
    tap(chat, "train/")
    chat.type("/today")
    assert "in training" in texts(chat)[-1]
    assert not chat.type("30-8-1 relu, bce").tasks
    assert not chat.tap_old("Train it").tasks


def test_how_far_it_is_stands_in_one_message(chat):
    tap(chat, "train/")
    shown = len(chat.shown)
    for fold in (1, 2, 3):
        goes_on(chat, "1", fold)
        assert f"Fold {fold} of 5" in texts(chat)[0]
        assert not chat.says[0].needed
    assert len(chat.shown) == shown


def test_a_training_that_is_stopped_is_called_off_and_can_begin_anew(chat):
    tap(chat, "train/")
    turn = chat.tap("Stop")
    assert [(task.name, dict(task.values)) for task in turn.tasks] == [(CALL_OFF, {"run": "1"})]
    assert not texts_of(goes_on(chat, "1"))
    assert not texts_of(trained(chat, "1"))
    assert tap(chat, "train/").tasks[0].values["run"] == "2"


def texts_of(turn):
    return [say.text for say in turn.says if isinstance(say, Say)]


def test_the_result_of_another_run_is_not_listened_to(chat):
    tap(chat, "train/")
    for result in ("", '{"run": "77"}', "{}"):
        assert not chat.event(TaskDone("train", result)).says
    assert not chat.event(TaskDone("figure", "made")).says
    assert chat.learner.studio.run == "1"


def test_the_verdict_has_the_numbers_of_the_training(chat):
    tap(chat, "train/")
    trained(chat)
    assert chat.learner.stage.exercise == "verdict"
    assert "97.4 ± 2.1" in texts(chat)[-1]
    assert "−0.5 ± 1.8" in texts(chat)[-1]


def test_the_line_is_shipped_when_the_gain_is_noise_and_the_net_when_it_is_not(chat):
    tap(chat, "train/")
    trained(chat)
    assert option(chat, "right") == "ship the line"
    won = before_training(user=8)
    tap(won, "train/")
    trained(won, **WON)
    assert option(won, "right") == "ship the net"


def test_where_trees_beat_the_net_the_card_says_so(chat):
    tap(chat, "train/")
    trained(chat, **WON, boosting=[1.0, 0.999, 1.0, 0.998, 1.0])
    chat.solve()
    assert any("the trees beat it" in text for text in texts(chat))


def option(chat, key):
    return next(one.text for one in chat.open.asked.options if one.key == key)


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        ("right", "so it is"),
        ("better", "Five folds say: about the same"),
        ("worse", "You expected worse"),
    ],
)
def test_an_expectation_is_noted_ungraded_and_held_against_the_result(expected, told):
    chat = at_the_bench()
    chat.type(DESIGN)
    while chat.learner.stage.exercise != "expect":
        chat.solve()
    assert not chat.do(chat.answer(expected)).attempts
    tap(chat, "train/")
    trained(chat)
    assert any(told in text for text in texts(chat))


@pytest.mark.parametrize(
    ("why", "told"), [("time", "10 seconds"), ("diverged", "ran away"), ("broken", "broke off")]
)
def test_a_training_that_failed_says_why_and_can_be_changed(chat, why, told):
    tap(chat, "train/")
    trained(chat, failed=why)
    assert told in texts(chat)[0]
    chat.tap("Change the design")
    chat.type("30-8-1 relu, bce, es")
    assert isinstance(chat.open.asked, Training)
    assert tap(chat, "train/").tasks[0].values["design"] == "30-8-1 relu, sigmoid out, bce, es"
    trained(chat)
    chat.solve()
    assert "tabular-design" in chat.learner.finished


def test_a_new_design_is_not_judged_by_the_old_ones_training(chat):
    tap(chat, "train/")
    trained(chat)
    chat.solve()
    chat.type("/studio")
    tap(chat, "/wine")
    chat.type("13-8-3 relu, ce, es")
    assert not chat.learner.studio.result


def test_every_picture_of_the_end_can_be_drawn_and_is_repeated_in_words(chat):
    tap(chat, "train/")
    said = [*trained(chat).says, *chat.solve().says]
    pictures = [say for say in said if isinstance(say, Say) and say.attachment]
    assert [say.attachment.values["figure"] for say in pictures] == ["loss-curve", "proof-card"]
    for say in pictures:
        values = dict(say.attachment.values)
        FIGURES[values.pop("figure")].card(values)
        for key in ("kept", "net", "baseline", "boosting", "code"):
            assert values.get(key, "") in say.text


def test_a_clean_defence_is_full_marks_and_shipping_the_line_is_part_of_it(chat):
    tap(chat, "train/")
    trained(chat)
    chat.solve()
    assert any("16 of 16" in text and "and so do you" in text for text in texts(chat))


def test_without_a_named_baseline_nothing_passes():
    chat = at_the_bench()
    chat.type(DESIGN)
    while chat.learner.stage.exercise != "training":
        if chat.learner.stage.exercise == "why-baseline":
            chat.do(chat.answer("weak"))
        chat.solve()
    tap(chat, "train/")
    trained(chat)
    chat.solve()
    assert any("no baseline named" in text for text in texts(chat))


def test_the_studio_opens_when_its_drop_is_done(chat):
    chat.type("/studio")
    assert "open already" in texts(chat)[0] or "last drop" in texts(chat)[0]
    visitor = visiting(user=9)
    visitor.type("/studio")
    tap(visitor, "/ring")
    visitor.type("2-8-1 relu, bce, es")
    tap(visitor, "train/")
    trained(visitor, **WON)
    assert visitor.learner.stage.exercise == "verdict"
    visitor.solve()
    assert visitor.open is None
    assert any("/studio opens" in text for text in texts(visitor))
    assert not any("of 16" in text for text in texts(visitor))


def test_the_trial_of_the_conversations_is_a_real_one():
    assert len(TRIAL["net"]) == len(TRIAL["line"]) == 5
    assert TRIAL["validation"][TRIAL["kept"] - 1] == min(TRIAL["validation"])
