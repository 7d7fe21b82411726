"""Telegram's numbers, each of a type of its own, so that none is taken for another."""

from __future__ import annotations

from typing import NewType

UserId = NewType("UserId", int)
ChatId = NewType("ChatId", int)
