"""What an answer leads to: named, led on, shown, never counted when it could not be read."""

from __future__ import annotations

import re

import pytest
from tutor_chat import texts

from bot.tutor.drop.answering import judged
from bot.tutor.turn import React, Say
from engine.question import Verdict

KINDS = [
    ("right", "exact"),
    ("right", "other-form"),
    ("right", "not-simplified"),
    ("near", "rounded"),
    ("near", "truncated"),
    ("near", "last-digit"),
    ("near", "intermediate"),
    ("partial", "entries"),
    ("partial", "transposed"),
    ("partial", "permuted"),
    ("partial", "factor"),
    ("partial", "follows"),
    ("wrong", "misconception"),
    ("wrong", "unexplained"),
    ("ungraded", "unreadable"),
    ("ungraded", "unknown-name"),
    ("ungraded", "wrong-case"),
    ("ungraded", "wrong-count"),
    ("ungraded", "wrong-kind"),
    ("ungraded", "division-by-zero"),
    ("ungraded", "too-big"),
    ("ungraded", "ambiguous"),
    ("undecided", "undecided"),
]


@pytest.mark.parametrize(("family", "kind"), KINDS)
def test_every_kind_of_verdict_has_its_words(chat, family, kind):
    verdict = Verdict(
        family,
        kind,
        "3",
        ("no-bias",) if kind == "misconception" else (),
        ((1,), (2, 3)),
        0,
        ("1", "2"),
        "2",
    )
    turn = judged(chat.scene, "3", verdict, 99)
    said = [say for say in turn.says if isinstance(say, Say)]
    assert said[0].text
    assert "{" not in said[0].text
    assert bool(turn.attempts) == (family not in ("ungraded", "undecided"))


def test_a_slip_is_named_in_the_lessons_words_without_the_answer(chat):
    right = chat.answer()
    chat.type(chat.answer("no-bias"))
    assert texts(chat)[0].startswith("You stopped before the bias.")
    assert not re.search(rf"(?<!\d){right}(?!\d)", texts(chat)[0])


def test_an_unexplained_answer_leads_one_step_back_and_that_step_is_no_attempt(chat):
    turn = chat.type("1000")
    assert "step back" in texts(chat)[0]
    assert len(turn.attempts) == 1
    assert chat.learner.stage.misses == 1


def test_the_third_miss_is_shown_on_other_numbers_and_fresh_ones_follow(chat):
    before = chat.open.prompt
    for text in ("1000", "1001", "1002"):
        chat.type(text)
    assert chat.learner.stage.misses == 2
    chat.type("1003")
    shown, fresh = texts(chat)
    assert "other numbers" in shown
    assert before not in shown
    assert chat.open.prompt in fresh
    assert chat.open.prompt not in (before, *shown.split("\n"))
    assert chat.learner.stage.misses == 0


def test_a_slip_is_followed_at_once_by_the_same_skill_with_new_numbers(chat):
    before = chat.open.prompt
    chat.type(chat.answer("no-bias"))
    chat.solve()
    assert chat.learner.stage.exercise == "sum"
    assert chat.open.prompt != before
    chat.solve()
    assert chat.learner.stage.exercise == "pair"


def test_what_could_not_be_read_is_no_attempt(chat):
    for text in ("$$$", "hello there", "1/0", "q", "3 4 5 6"):
        turn = chat.type(text)
        assert turn.attempts == ()
        assert texts(chat)
    assert chat.learner.stage.misses == 0


def test_a_question_costs_nothing(chat):
    for text in ("what is a bias?", "why do I add the bias", "Is it the sum?"):
        assert chat.type(text).attempts == ()
    assert chat.learner.stage.misses == 0


def test_not_knowing_brings_a_hint(chat):
    chat.type("no idea")
    assert "Hint 1 of 3" in texts(chat)[-1]


def test_hints_are_steps_and_the_whole_solution_costs_new_numbers(chat):
    before = chat.open
    for step in before.hints:
        chat.type("/hint")
        assert step in texts(chat)[0]
    chat.type("/hint")
    chat.tap("Show it all")
    assert before.working[-1] in texts(chat)[0]
    assert chat.open.prompt != before.prompt


def test_no_hint_before_the_last_tells_the_answer(chat):
    chat.type("/hint")
    assert chat.answer() not in re.findall(r"\d+", texts(chat)[0].split("\n", 1)[1])


def test_a_disputed_answer_is_kept_and_its_working_shown(chat):
    working = chat.open.working
    chat.type("1000")
    turn = chat.tap("I think I’m right")
    [claim] = turn.attempts
    assert claim.disputed
    assert claim.text == "1000"
    assert working[0] in texts(chat)[0]


def test_an_edited_message_is_the_new_answer(chat):
    chat.type("1000")
    turn = chat.edit(chat.answer())
    assert turn.attempts[0].verdict.family == "right"


def test_an_edit_of_an_older_answer_leaves_the_open_step_alone(chat):
    chat.solve()
    before = chat.learner.stage
    turn = chat.edit("5")
    assert turn.attempts == ()
    assert chat.learner.stage == before


def test_a_message_told_twice_is_judged_once(chat):
    chat.type("1000")
    before = chat.learner
    turn = chat.repeat("1000")
    assert turn.attempts == ()
    assert turn.says == ()
    assert chat.learner == before


def test_what_was_read_is_said_where_a_comma_stood(chat):
    chat.type("1,5")
    assert texts(chat)[0].startswith("I read 1,5 as ")


def test_right_is_answered_with_a_hand(chat):
    chat.solve()
    assert any(isinstance(said, React) for said in chat.says)


def test_progress_is_a_line_that_is_edited(chat):
    chat.solve()
    [line] = [say for say in chat.says if isinstance(say, Say) and say.slot]
    assert "●○○" in line.text
    assert line.silent


def test_a_tap_on_an_old_button_brings_what_is_open(chat):
    chat.to_pair()
    chat.type("/hint")
    chat.solve()
    turn = chat.tap_old("Hint")
    assert turn.attempts == ()
    assert chat.open.prompt in texts(chat)[-1]
    assert chat.learner.stage.hints == 0


def test_leaving_a_step_goes_on_and_brings_it_back_another_day(chat):
    chat.type(chat.answer("no-bias"))
    chat.solve()
    chat.tap("Skip")
    chat.finish_drop()
    assert "sum" in {card.exercise for card in chat.learner.cards}


def test_time_can_be_set_in_the_middle_of_a_drop_and_costs_no_answer(chat):
    before = chat.learner.stage
    chat.type("/settings")
    chat.type("yes")
    assert chat.learner.asking == "hour"
    chat.type("7.30")
    assert chat.learner.rhythm.hour == "07:30"
    assert texts(chat)[1].startswith("The next drop comes tomorrow at 07:30")
    assert chat.open.prompt in texts(chat)[-1]
    assert chat.learner.stage == before


def test_an_answer_is_an_answer_though_a_setting_was_asked_for(chat):
    chat.type("/settings")
    turn = chat.solve()
    assert turn.attempts[0].verdict.family == "right"


@pytest.mark.parametrize("text", ["thanks!", "Thank you", "thx"])
def test_thanks_are_answered_and_cost_nothing(chat, text):
    turn = chat.type(text)
    assert turn.attempts == ()
    assert texts(chat)[0] in ("You’re welcome.", "Gladly.", "My pleasure.")


def test_a_rounded_answer_to_an_exact_question_is_told_what_is_asked(chat):
    said = judged(chat.scene, "0.3", Verdict("near", "rounded", "0.3")).says[0]
    assert said.text.startswith("Right as far as it goes. The exact value is asked")


def test_a_title_that_asks_ends_with_its_question_mark(chat):
    said = chat.scene.words("next.drop", number=11, title="Wider or deeper?", when="tomorrow")
    assert said == "Drop 11 comes tomorrow: Wider or deeper?"
