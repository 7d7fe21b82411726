"""The library: every path as a card, and going from one to another with one's place kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.tutor.days.announcing import begin
from bot.tutor.learner import Learner, New, Resting, Shelved
from bot.tutor.rhythm.settling import first_after
from bot.tutor.scene import Scene, after
from bot.tutor.turn import Button, Turn
from bot.tutor.wording import Html, escape
from lessons.course import Path, Phase

FULL, EMPTY = "●", "○"


def library(scene: Scene, _rest: str = "") -> Turn:
    """The learner's own path as a card; its buttons put another path's card in its place."""
    return _card(scene, scene.path, str(int(scene.now.timestamp())))


def tapped(scene: Scene, rest: str) -> Turn | None:
    """The card of the path that a button names; a bare one shows a card of its own."""
    stamp, _, key = rest.partition("/")
    if not key:
        return library(scene)
    path = scene.course.paths.get(key)
    return _card(scene, path, stamp) if path and stamp.isdecimal() else None


def _card(scene: Scene, path: Path, stamp: str) -> Turn:
    done = _finished(scene.learner, path.key)
    card = scene.say(
        "library.card",
        *_rows(scene, path, stamp),
        title=path.title,
        about=path.about,
        phases=Html("\n".join(_phase(phase, done) for phase in path.phases)),
        facts=" · ".join(path.facts),
        count=scene.words("progress.drops", n=len(done)),
    )
    return scene.turn(replace(card, slot=f"library/{stamp}"))


def _phase(phase: Phase, done: tuple[str, ...]) -> Html:
    dots = "".join(FULL if lesson.key in done else EMPTY for lesson in phase.lessons)
    return Html(f"{dots} {escape(phase.outcome)}")


def _rows(scene: Scene, path: Path, stamp: str) -> tuple[tuple[Button, ...], ...]:
    """On one's own card the way on, and to every other path; on another's in, and back."""
    learner = scene.learner
    if path.key == learner.path:
        others = (other for other in scene.course.paths.values() if other.key != path.key)
        rows = tuple((Button(other.title, f"library/{stamp}/{other.key}"),) for other in others)
        go_on = "start" if isinstance(learner.stage, New) else "go-on"
        return ((scene.button(go_on, "start"),), *rows)
    opens = "switch-path" if path.key in learner.shelved else "open-path"
    back = scene.button("back", f"library/{stamp}/{learner.path}")
    return ((scene.button(opens, f"switch/{path.key}"), back),)


def _finished(learner: Learner, path: str) -> tuple[str, ...]:
    if path == learner.path:
        return learner.finished
    return learner.shelved[path].finished if path in learner.shelved else ()


def switch(scene: Scene, key: str) -> Turn | None:
    """To another path, at the place where the learner left it, or at its beginning."""
    if key not in scene.course.paths:
        return None
    if key == scene.learner.path:
        return begin(scene)
    left = scene.path.title
    scene = _rhythm_again(replace(scene, learner=moved(scene.learner, key)))
    said = scene.say("library.switched", title=scene.path.title, left=left)
    return after(scene, scene.turn(said), begin)


def moved(learner: Learner, path: str) -> Learner:
    """The learner on another path; what belongs to the one they leave is put on the shelf."""
    there = learner.shelved.get(path, Shelved())
    others = {key: one for key, one in learner.shelved.items() if key != path}
    here = Shelved(
        stage=Resting("") if isinstance(learner.stage, New) else learner.stage,
        finished=learner.finished,
        answered=learner.answered,
        stumbled=learner.stumbled,
        cards=learner.cards,
        completed=learner.completed,
        unaided=learner.unaided,
    )
    taken: dict[str, Any] = {name: getattr(there, name) for name in Shelved.__dataclass_fields__}
    return replace(learner, path=path, shelved={**others, learner.path: here}, **taken)


def _rhythm_again(scene: Scene) -> Scene:
    """After the goodbye of a finished path a new one brings its drops; a pause stays one."""
    learner = scene.learner
    ended = any(one.completed for one in learner.shelved.values())
    silent = learner.rhythm is not None and learner.next_drop is None
    if not (ended and silent) or learner.paused_until or scene.next_lesson is None:
        return scene
    return scene.be(next_drop=first_after(scene))
