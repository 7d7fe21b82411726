"""Exact mathematics of small networks: passes, slips, questions and their judging."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.misconceptions import MISCONCEPTIONS
from engine.network import Architecture, Network
from engine.passes import trace
from engine.question import Question, Verdict

if TYPE_CHECKING:
    from engine.checking import check

__all__ = ["MISCONCEPTIONS", "Architecture", "Network", "Question", "Verdict", "check", "trace"]


def __getattr__(name: str) -> Any:
    """`check` brings the reader of answers with it, so it is loaded when first asked for."""
    if name == "check":
        from engine.checking import check

        return check
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
