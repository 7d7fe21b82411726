"""Turns: from an arrival to what the tutor decides about it, each once and in order."""

from bot.turns.judges import Judges
from bot.turns.mind import Mind, Tutor
from bot.turns.running import Turns

__all__ = ["Judges", "Mind", "Turns", "Tutor"]
