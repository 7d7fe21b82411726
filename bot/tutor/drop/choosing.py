"""Answers by buttons, or typed in their place: one of several, or tiles in an order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.tutor.drop import designing, walking
from bot.tutor.drop.answering import judged
from bot.tutor.putting import LETTERS, put
from bot.tutor.scene import Scene, after, tag_of
from bot.tutor.studio import rubric
from bot.tutor.turn import Turn
from engine.question import Verdict
from lessons.course import Asked, Choice, Option, Order

RIGHT = Verdict("right", "exact")


def pick(scene: Scene, key: str, message: int | None = None) -> Turn:
    """One option or tile, by its key."""
    asked = scene.drawn.asked
    if isinstance(asked, Choice) and _has(asked.options, key):
        scene = rubric.noted(scene, key)
        if not scene.lesson.exercise(scene.answering.exercise).graded:
            return after(scene, scene.turn(scene.say("choice.noted")), walking.go_on)
        return judged(scene, _text(asked.options, key), _chosen(key), message)
    stage = scene.answering
    if isinstance(asked, Order) and _has(asked.tiles, key) and key not in stage.picked:
        return _placed(scene, asked, (*stage.picked, key), message)
    return scene.turn(put(scene, lead=scene.words("put.now")))


def typed(scene: Scene, text: str, message: int) -> Turn:
    """A letter, a number, or the option's own words; `b a c` or `2 1 3` for an order."""
    asked = scene.drawn.asked
    if isinstance(asked, Choice):
        key = _option(asked.options, text)
        return pick(scene, key, message) if key else scene.turn(scene.say("choice.unread"))
    if isinstance(asked, Order):
        return _typed_order(scene, asked, text, message)
    return designing.typed(scene, text)


def option_meant(asked: Asked, text: str) -> str | None:
    """The key of the option or tile that a typed text names."""
    match asked:
        case Choice(options) | Order(tiles=options):
            return _option(options, text)
        case _:
            return None


def undo(scene: Scene) -> Turn:
    return _partly(scene.work(picked=()), "")


def _typed_order(scene: Scene, asked: Order, text: str, message: int) -> Turn:
    parts = re.split(r"[\s,;>→-]+", text.strip())
    if len(parts) == 1 and len(text.strip()) == len(asked.tiles):
        parts = list(text.strip())
    keys = tuple(key for part in parts if (key := _option(asked.tiles, part)))
    if len(keys) != len(asked.tiles) or len(set(keys)) != len(keys):
        return scene.turn(scene.say("order.unread", n=len(asked.tiles)))
    return _placed(scene, asked, keys, message)


def _placed(scene: Scene, asked: Order, picked: tuple[str, ...], message: int | None) -> Turn:
    text = " → ".join(_text(asked.tiles, key) for key in picked)
    if len(picked) < len(asked.tiles):
        return _partly(scene.work(picked=picked), text)
    return judged(scene.work(picked=()), text, _ordered(asked, picked), message)


def _partly(scene: Scene, so_far: str) -> Turn:
    """The tiles placed so far, in one message that is edited from tile to tile."""
    lead = scene.words("order.so-far", tiles=so_far) if so_far else ""
    return scene.turn(replace(put(scene, lead=lead), slot=f"order/{tag_of(scene.answering)}"))


def _chosen(key: str) -> Verdict:
    return RIGHT if key == "right" else Verdict("wrong", "misconception", misconceptions=(key,))


def _ordered(asked: Order, picked: tuple[str, ...]) -> Verdict:
    if picked in asked.right:
        return RIGHT
    for slug, orders in asked.slips.items():
        if picked in orders:
            return Verdict("wrong", "misconception", misconceptions=(slug,))
    return Verdict("wrong", "unexplained")


def _option(options: Sequence[Option], text: str) -> str | None:
    wanted = _bare(text)
    for number, option in enumerate(options):
        if wanted == _bare(option.text):
            return option.key
        if wanted in (LETTERS[number].lower(), str(number + 1)):
            return option.key
    found = [o.key for o in options if wanted and len(wanted) > 1 and wanted in _bare(o.text)]
    return found[0] if len(found) == 1 else None


def _bare(text: str) -> str:
    return " ".join(text.lower().replace("−", "-").strip(" .()!").split())


def _has(options: Sequence[Option], key: str) -> bool:
    return any(option.key == key for option in options)


def _text(options: Sequence[Option], key: str) -> str:
    return next(option.text for option in options if option.key == key)
