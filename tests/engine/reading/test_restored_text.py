"""Telegram's clients turn marks into formatting; what was typed comes back."""

import pytest

from engine.checking import Question, check
from engine.reading import restore


@pytest.mark.parametrize(
    ("text", "entities", "typed"),
    [
        ("232", [("bold", 1, 1)], "2**3**2"),
        ("w1x", [("italic", 1, 1)], "w__1__x"),
        ("2x", [("code", 0, 2)], "`2x`"),
        ("1 2", [("spoiler", 0, 3)], "||1 2||"),
        ("3", [("strikethrough", 0, 1)], "~~3~~"),
        ("🙂23", [("bold", 2, 1)], "🙂**2**3"),
        ("1234", [("bold", 0, 4), ("italic", 1, 2)], "**1__23__4**"),
        ("12", [("bold", 0, 1), ("bold", 1, 1)], "**1****2**"),
        ("1/2", [], "1/2"),
        ("t.me", [("url", 0, 4)], "t.me"),
        ("12", [("bold", 0, 99)], "**12**"),
        ("12", [("bold", 1, 0)], "12"),
    ],
)
def test_marks_that_a_client_took_away_come_back(text, entities, typed):
    assert restore(text, entities) == typed


def test_a_power_that_telegram_made_bold_is_a_power():
    assert check(Question("512"), restore("232", [("bold", 1, 1)])).family == "right"


def test_an_answer_sent_as_code_is_read():
    assert check(Question("1/2"), restore("1/2", [("code", 0, 3)])).kind == "exact"


@pytest.mark.parametrize("kind", ["bold", "italic", "code", "pre", "spoiler", "strikethrough"])
def test_an_answer_that_is_only_dressed_up_is_read(kind):
    assert check(Question("3"), restore("3", [(kind, 0, 1)])).family == "right"
    assert check(Question("3"), restore("it's 3", [(kind, 5, 1)])).family == "right"
    assert check(Question("(1, 0, 2)"), restore("1 0 2", [(kind, 0, 5)])).family == "right"
