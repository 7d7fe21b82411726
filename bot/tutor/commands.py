"""Every command once: its handler here, its lines for the menu and for /help in the wording."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.tutor import wording
from bot.tutor.asked import explaining, library, telling
from bot.tutor.days import announcing, parting, pausing, returning
from bot.tutor.drop import helping, reporting, sheets, visiting
from bot.tutor.rhythm import settings
from bot.tutor.scene import Scene
from bot.tutor.studio import proving
from bot.tutor.turn import Turn
from bot.tutor.wording import Html

Handler: TypeAlias = Callable[[Scene, str], Turn]


@dataclass(frozen=True, slots=True)
class Command:
    handler: Handler
    menu: bool = True  # whether Telegram's menu shows it; /help shows all


def help_(scene: Scene, _rest: str) -> Turn:
    lines = Html("\n".join(f"/{name} {line}" for name, line in lines_of(scene.learner.language)))
    row = (scene.button("report", "report"),)
    return scene.turn(scene.say("help", row, lines=lines))


COMMANDS: Mapping[str, Command] = {
    "today": Command(telling.today),
    "hint": Command(lambda scene, _: helping.hint(scene)),
    "net": Command(telling.net),
    "progress": Command(telling.progress),
    "review": Command(returning.review),
    "settings": Command(settings.settings),
    "pause": Command(pausing.pause),
    "resume": Command(lambda scene, _: pausing.resume(scene)),
    "again": Command(pausing.again, menu=False),
    "ask": Command(explaining.ask, menu=False),
    "sheet": Command(sheets.sheet, menu=False),
    "library": Command(library.library),
    "studio": Command(visiting.visit, menu=False),
    "proof": Command(proving.prove, menu=False),
    "export": Command(telling.export, menu=False),
    "forget": Command(parting.forget, menu=False),
    "privacy": Command(telling.privacy),
    "report": Command(reporting.report, menu=False),
    "help": Command(help_),
    "start": Command(lambda scene, _: announcing.begin(scene), menu=False),
}

ALIASES = {"stop": "pause"}  # understood, and not listed


def command_of(name: str) -> Command | None:
    return COMMANDS.get(ALIASES.get(name, name))


def lines_of(language: str) -> list[tuple[str, Html]]:
    """Each command with its line, as /help shows them."""
    words = wording.of(language)
    return [(name, words(f"command.{name}")) for name in COMMANDS]


def menu(language: str) -> list[tuple[str, str]]:
    """What Telegram's menu shows in this language: command and line, as plain text."""
    return [(name, str(line)) for name, line in lines_of(language) if COMMANDS[name].menu]
