"""What a decimal comma would hide is written otherwise."""

from __future__ import annotations

import pytest

from bot.tutor import wording
from lessons.decimals import in_decimals


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("−0.5", "−0,5"),
        ("h = (0.88, −1, 2)", "h = (0,88; −1; 2)"),
        ("[[0.5, −1], [2, 3]]", "[[0,5; −1]; [2; 3]]"),
        ("(0.5, 1), (2, 3)", "(0,5; 1); (2; 3)"),
        ("1,281", "1\u202f281"),
        ("riders, 2 orders", "riders, 2 orders"),
        ("8. next", "8. next"),
    ],
)
def test_numbers_keep_apart(english, german):
    assert in_decimals(english, ",") == german
    assert in_decimals(english, ".") == english


@pytest.mark.parametrize(
    ("canonical", "english", "german"),
    [
        ("(0.5, -2*x)", "(0.5, −2·x)", "(0,5; −2·x)"),
        ("(2*w, 0.5)", "(2·w, 0.5)", "(2·w; 0,5)"),
        ("[[1, 2], [x, 0.5]]", "[[1, 2], [x, 0.5]]", "[[1; 2]; [x; 0,5]]"),
    ],
)
def test_what_the_engine_writes_is_told_in_the_learners_language(canonical, english, german):
    assert wording.of("en").number(canonical) == english
    assert wording.of("de").number(canonical) == german
