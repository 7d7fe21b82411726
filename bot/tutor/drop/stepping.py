"""The step before: asked for when nothing explains an answer, and then understood as an answer."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.tutor.drop import unaided
from bot.tutor.putting import put
from bot.tutor.scene import Scene, key_of
from bot.tutor.turn import Turn
from engine.question import Question, Verdict

STEP = "step-before"  # the step's value, beside the slips of the exercise itself
ONE_NUMBER = re.compile(r"\s*[-−–+]?\s*[\d.,/½⅓¼]+\s*")


def to_be_judged(scene: Scene, text: str) -> tuple[str, Question]:
    """The key and the question for a typed answer: the exercise's, or the step's.

    Where both are of one shape the step is looked for among the slips, so that a whole answer is
    as welcome as the step. Else the shape of what was typed decides.
    """
    if scene.answering.role == "unaided":
        return key_of(scene.answering), unaided.asked(scene)
    asked, step, key = scene.drawn.asked, scene.drawn.before_asked, key_of(scene.answering)
    assert isinstance(asked, Question), asked
    if not scene.answering.stepped or step is None:
        return key, asked
    if _is_list(step) != _is_list(asked):
        alone = ONE_NUMBER.fullmatch(text) is not None
        return (f"{key}/{STEP}", step) if alone != _is_list(step) else (key, asked)
    if _is_region(asked) or _is_region(step):
        return key, asked
    slips = {slug: value for slug, value in asked.slips.items() if value != step.expect}
    return key, replace(asked, slips={**slips, STEP: step.expect})


def _is_list(question: Question) -> bool:
    return question.size is not None or question.expect.lstrip().startswith(("(", "["))


def _is_region(question: Question) -> bool:
    return any(sign in question.expect for sign in "<>=")


def is_step(key: str, verdict: Verdict) -> bool:
    """Whether a verdict is about the step, not about the exercise."""
    return key.endswith(f"/{STEP}") or STEP in verdict.misconceptions


def exercise_key(key: str) -> str:
    return key.removesuffix(f"/{STEP}")


def stepped(scene: Scene, verdict: Verdict) -> Turn:
    """The step is no attempt: right or not, the exercise is asked again from there."""
    done = verdict.family == "right" or STEP in verdict.misconceptions
    if done:
        scene = scene.work(stepped=False)
        return scene.turn(put(scene, lead=scene.words("step.right")))
    return scene.turn(scene.say("step.not-yet" if verdict.counts else "step.unread"))
