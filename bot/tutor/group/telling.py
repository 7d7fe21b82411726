"""What a seat is told in private: its question, what came of an answer, word from the group."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from bot.tutor.group.wiring import CHECK
from bot.tutor.learner import Desk
from bot.tutor.scene import Scene
from bot.tutor.turn import Attachment, Button, Lane, Say
from bot.tutor.visits import Told
from bot.tutor.wording import Html
from engine.question import Verdict

PLACES = {"h1": "h₁", "h2": "h₂", "h3": "h₃", "new1": "h₁", "new2": "h₂", "new3": "h₃"}


def question_of(scene: Scene, desk: Desk) -> Say:
    numbers: dict[str, Any] = {name: number(value) for name, value in desk.values.items()}
    numbers |= {"place": PLACES.get(desk.values["place"], "ŷ")}
    parts = [scene.words("desk.mend")] if desk.mend else []
    parts.append(scene.words(f"desk.{desk.task}", **numbers))
    later = scene.button("desk-later", "desk//later")
    return Say(Html("\n".join(parts)), ((later,),), silent=True)


def verdict_of(scene: Scene, desk: Desk, verdict: Verdict, *, wired: bool) -> Say:
    """Never a bare “wrong”: the slip by its name where there is one, and what one may do now."""
    rows = ((Button(scene.words("button.desk-back"), url=desk.back),),) if desk.back else ()
    if verdict.family == "right":
        key = "desk.right-check" if desk.key.endswith(f"/{CHECK}") else "desk.right"
        return Say(scene.words(key), rows, silent=True)
    if not wired:
        kind = "vector" if desk.question.expect.startswith("(") else "number"
        return scene.say(f"desk.unread-{kind}")
    named = [scene.words(f"slip.{s}") for s in verdict.misconceptions if f"slip.{s}" in scene.words]
    what = scene.words("desk.named", slip=" + ".join(named)) if named else _unnamed(scene, verdict)
    is_private = desk.mend or desk.key.endswith(f"/{CHECK}")
    then = scene.words("desk.try-again" if is_private else "desk.wired-so")
    return Say(Html(f"{what} {then}"), rows, silent=True)


def _unnamed(scene: Scene, verdict: Verdict) -> Html:
    if verdict.kind == "entries" and verdict.entries:
        which = ", ".join(str(entry[0]) for entry in verdict.entries)
        return scene.words("desk.entries", which=which)
    return scene.words("desk.unnamed")


def told(scene: Scene, event: Told) -> Say:
    if event.what == "second-pass":
        return _picture(scene, event)
    rows = ((Button(scene.words("button.desk-back"), url=event.back),),) if event.back else ()
    values: dict[str, Any] = {**event.values, "title": event.title}
    return Say(scene.words(f"desk.{event.what}", **values), rows)


def _picture(scene: Scene, event: Told) -> Say:
    """The loss before the step and after it."""
    words, given = scene.words, event.values
    values = {"figure": "bowl-step", "before": given["error"], "after": given["later"]}
    values |= {"title": words("desk.figure"), "slope": "δ =", "step": words("desk.step")}
    shown: dict[str, Any] = {name: short(Fraction(given[name])) for name in ("before", "after")}
    shown |= {name: number(short(Fraction(given[name]))) for name in ("error", "later")}
    shown["rate"] = given["rate"]
    text = words("desk.second-pass", **shown)
    return Say(text, attachment=Attachment("figure", values), lane=Lane.DROP, silent=True)


def short(value: Fraction) -> str:
    """Two decimals, and ≈ where that is not all of it."""
    rounded = round(value, 2)
    text = f"{float(rounded):.2f}".rstrip("0").rstrip(".")
    return text if rounded == value else f"≈ {text}"


def number(text: str) -> str:
    """With a real minus."""
    return text.replace("-", "−")
