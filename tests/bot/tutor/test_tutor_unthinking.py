"""Whoever taps without thinking does not come far in the studio."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from studio_chat import DESIGN, at_the_bench, tap, trained

from bot.tutor.studio import rubric
from lessons.course import Choice


def share_of(picks, user):
    """Points of 16, and of the eight reasons those right at once, for who taps by this rule."""
    chat = at_the_bench(user=user)
    chat.type(DESIGN)
    tapped = {}
    for _ in range(80):
        exercise = chat.learner.stage.exercise if chat.open else "training"
        if exercise == "training":
            break
        if isinstance(chat.open.asked, Choice) and exercise not in tapped:
            tapped[exercise] = picks(chat.open.asked.options).key
            chat.do(chat.answer(tapped[exercise]))
        elif isinstance(chat.open.asked, Choice):
            chat.solve()
        else:
            chat.type("1000003")
            chat.learner = replace(chat.learner, stage=replace(chat.learner.stage, slipped=True))
            if chat.open and chat.learner.stage.exercise == exercise:
                chat.solve()
    tap(chat, "train/")
    trained(chat)
    chat.do(chat.answer(picks(chat.open.asked.options).key))
    studio = chat.learner.studio
    reasons = [count for one, count in studio.points.items() if one != rubric.VERDICT]
    return sum(rubric.by_choice(chat.scene).values()) / 16, reasons.count(2) / len(reasons)


def test_a_guesser_gets_no_more_than_forty_per_cent():
    shares = [share_of(Random(user).choice, user) for user in range(100, 140)]
    points, right = (sum(column) / len(shares) for column in zip(*shares, strict=True))
    assert points <= 0.4
    assert right <= 0.4


@pytest.mark.parametrize("extreme", [max, min])
def test_who_picks_by_length_gets_no_more_than_forty_per_cent(extreme):
    points, right = share_of(lambda options: extreme(options, key=lambda one: len(one.text)), 7)
    assert points <= 0.4
    assert right <= 0.4
