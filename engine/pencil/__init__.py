"""Networks for a pencil, for a learner, from a seed."""

from __future__ import annotations

from engine.pencil.networks import SHAPES, NoNetworkError, PencilNet, pencil
from engine.pencil.personal import PersonalNet, personal

__all__ = ["SHAPES", "NoNetworkError", "PencilNet", "PersonalNet", "pencil", "personal"]
