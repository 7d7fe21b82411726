"""Typed text to trees: restore what Telegram changed, gate, tokens, tree, values."""

from engine.reading.gate import Refused
from engine.reading.restore import restore
from engine.reading.shapes import Reading, Shape, read

__all__ = ["Reading", "Refused", "Shape", "read", "restore"]
