"""What takes time: tasks of turns, done beside them, back as arrivals."""

from bot.errands.errands import Errands, Work
from bot.errands.training import Training

__all__ = ["Errands", "Training", "Work"]
