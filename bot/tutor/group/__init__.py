"""Study groups: their day, their card, and the network made of people."""

from bot.tutor.group.respond import respond
from bot.tutor.group.state import Group, GroupTurn

__all__ = ["Group", "GroupTurn", "respond"]
