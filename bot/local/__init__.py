"""A phone without Telegram: a strict Bot API server on the loopback, a page, a terminal."""

from bot.local.api.exchange import Tap, Toast
from bot.local.api.faults import Trouble
from bot.local.api.limits import FREE, Limits
from bot.local.clock import Clock, RunningClock, StillClock
from bot.local.entities import Entity
from bot.local.groups import Group
from bot.local.people import Impossible, Person
from bot.local.phone import LocalTelegram
from bot.local.screen import Screen
from bot.local.things import Button, Message
from bot.local.world import Change

__all__ = [
    "FREE",
    "Button",
    "Change",
    "Clock",
    "Entity",
    "Group",
    "Impossible",
    "Limits",
    "LocalTelegram",
    "Message",
    "Person",
    "RunningClock",
    "Screen",
    "StillClock",
    "Tap",
    "Toast",
    "Trouble",
]
