"""What a typed message is meant for: the open exercise, a setting, a question, a command."""

from __future__ import annotations

from typing import Literal, TypeAlias

from bot.tutor.asked import explaining
from bot.tutor.commands import ALIASES, COMMANDS, command_of
from bot.tutor.days import announcing
from bot.tutor.drop import choosing
from bot.tutor.events import Typed
from bot.tutor.learner import Answering, New, Waiting
from bot.tutor.putting import put
from bot.tutor.rhythm import settling
from bot.tutor.scene import Scene, after, key_of
from bot.tutor.tapping import resting
from bot.tutor.turn import Turn
from engine.question import Question

Meaning: TypeAlias = Literal[
    "answer", "choice", "setting", "question", "past", "command", "thanks", "other"
]


def meaning(scene: Scene, event: Typed) -> Meaning:  # noqa: PLR0911 - one return a meaning
    stage, text = scene.learner.stage, event.text
    if _plain_command(text):
        return "command"
    if text.strip().lower().rstrip(".! ") in scene.words.forms("thanks"):
        return "thanks"
    if settling.reads(scene, text):
        return "setting"
    if explaining.is_question(scene, text):
        return "question"
    if not isinstance(stage, Answering):
        return "other"
    if event.edited and _of_the_past(scene, event.message):
        return "past"
    return "answer" if isinstance(scene.drawn.asked, Question) else "choice"


def _plain_command(text: str) -> str | None:
    """A command typed as a bare word."""
    word = text.strip().lower().rstrip(".!")
    return word if word in COMMANDS or word in ALIASES else None


def _of_the_past(scene: Scene, message: int) -> bool:
    """Whether a message that was edited had answered an exercise that is done."""
    return dict(scene.learner.heard).get(message, key_of(scene.answering)) != key_of(
        scene.answering
    )


def typed(scene: Scene, event: Typed) -> Turn:  # noqa: PLR0911 - one return a meaning
    """A typed message that was not judged."""
    match meaning(scene, event):
        case "command":
            return _commanded(scene, event.text)
        case "thanks":
            return scene.turn(scene.say("welcome", pick=event.message))
        case "setting":
            return settling.typed(scene, event.text)
        case "question":
            return explaining.explained(scene, event.text)
        case "past":
            return reminded(scene, "put.past")
        case "choice":
            return choosing.typed(scene, event.text, event.message)
        case "answer":
            return scene.turn(put(scene))
        case _:
            return _nothing_open(scene)


def reminded(scene: Scene, key: str) -> Turn:
    """A word, and then what is open."""
    said = scene.turn(scene.say(key))
    if isinstance(scene.learner.stage, Answering):
        return after(scene, said, lambda s: s.turn(put(s)))
    return said


def _commanded(scene: Scene, text: str) -> Turn:
    command = command_of(_plain_command(text) or "help")
    assert command is not None
    return command.handler(scene, "")


def _nothing_open(scene: Scene) -> Turn:
    stage = scene.learner.stage
    if isinstance(stage, New):
        return announcing.welcome(scene)
    if isinstance(stage, Waiting):
        number = scene.path.lesson(stage.lesson).number
        return scene.turn(scene.say("push.still", (scene.button("start", "start"),), number=number))
    return resting(scene)
