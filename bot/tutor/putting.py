"""How an exercise is put before a learner: its words, its buttons, its figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from bot.tutor.scene import Scene, tag_of
from bot.tutor.studio import bench, running
from bot.tutor.turn import Attachment, Button, Lane, Say
from bot.tutor.wording import Html, escape
from engine.question import Question
from lessons.course import Beat, Choice, Design, Drawn, Figure, Option, Order, Training

LONG = 22  # letters that a phone shows on a button
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def put(scene: Scene, *, lead: str = "") -> Say:
    """The open exercise, with the learner's own numbers; `lead` is a word before it."""
    drawn = scene.drawn
    if isinstance(drawn.asked, Design):
        return bench.put(scene, lead)
    if isinstance(drawn.asked, Training):
        return running.put(scene, lead)
    parts = [Html(lead), Html(drawn.prompt)]
    if drawn.template:
        parts.append(scene.words("put.template", template=Html(drawn.template)))
    parts.append(_listed(drawn))
    text = "\n".join(part for part in parts if part)
    return _shown(scene, text, drawn.figure, _buttons(scene, drawn))


def told(scene: Scene, beat: Beat) -> Say:
    """One message of the story."""
    return _shown(scene, beat.text, beat.figure)


def _shown(
    scene: Scene, text: str, figure: Figure | None, buttons: tuple[tuple[Button, ...], ...] = ()
) -> Say:
    """Words, and the picture with its caption folded under them: it says all that it shows."""
    if figure is None:
        return Say(text, buttons, lane=Lane.EXERCISE)
    if figure.caption:
        text += "\n" + scene.words("put.caption", caption=Html(figure.caption))
    return Say(text, buttons, attached(figure), Lane.EXERCISE)


def attached(figure: Figure) -> Attachment:
    return Attachment("figure", {"figure": figure.name, **figure.values})


def labels(options: Sequence[Option]) -> dict[str, str]:
    """What stands on each option's button: its text, or a letter where the texts are long."""
    if any(len(option.text) > LONG for option in options):
        return {option.key: LETTERS[i] for i, option in enumerate(options)}
    return {option.key: option.text for option in options}


def _listed(drawn: Drawn) -> Html:
    """Long options stand in the message, lettered; short ones only on their buttons."""
    options = _options(drawn)
    names = labels(options)
    if all(names[option.key] == option.text for option in options):
        return Html()
    return Html("\n".join(f"{names[o.key]}) {escape(o.text)}" for o in options))


def _options(drawn: Drawn) -> tuple[Option, ...]:
    match drawn.asked:
        case Choice(options):
            return options
        case Order(tiles):
            return tiles
        case Question() | Design() | Training():
            return ()
        case _:
            assert_never(drawn.asked)


def picks(scene: Scene, drawn: Drawn) -> tuple[tuple[Button, ...], ...]:
    """The options or tiles that can still be tapped."""
    stage, tag = scene.answering, tag_of(scene.answering)
    names = labels(_options(drawn))
    open_ones = [option for option in _options(drawn) if option.key not in stage.picked]
    return _rows([Button(names[one.key], f"pick/{tag}/{one.key}") for one in open_ones])


def _buttons(scene: Scene, drawn: Drawn) -> tuple[tuple[Button, ...], ...]:
    stage, tag = scene.answering, tag_of(scene.answering)
    if stage.role == "unaided":
        return ((scene.button("pass-over", f"leave/{tag}"),),)
    under = [scene.button("hint", f"hint/{tag}")] if scene.learner.answered else []
    if stage.picked:
        under = [scene.button("undo", f"undo/{tag}")]
    if stage.role in ("again", "harder", "studio"):
        under.append(scene.button("skip", f"leave/{tag}"))
    elif stage.may_leave:
        under.append(scene.button("leave", f"leave/{tag}"))
    return (*picks(scene, drawn), *([tuple(under)] if under else []))


def _rows(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """Letters stand in one row, words two by two, long words one below the other."""
    longest = max((len(button.label) for button in buttons), default=0)
    width = 6 if longest <= 3 else 2 if longest <= 12 else 1
    return tuple(tuple(buttons[i : i + width]) for i in range(0, len(buttons), width))
