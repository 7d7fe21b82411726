"""Judging: `check(question, text)` says what came of a typed answer."""

from engine.checking.judging import check
from engine.checking.reporting import expectation, verdict_json
from engine.question import Question, Verdict

__all__ = ["Question", "Verdict", "check", "expectation", "verdict_json", "warm"]


def warm() -> None:
    """Makes ready what the first formula would wait for: sympy and the polynomial ring."""
    check(Question("x + exp(2)", ("x",)), "2x")
