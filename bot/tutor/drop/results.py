"""What came of the pass alone: a card with every line, and the same in words."""

from __future__ import annotations

from collections.abc import Mapping

from bot.tutor.learner import Line
from bot.tutor.putting import attached
from bot.tutor.scene import Scene, plain
from bot.tutor.turn import Say
from bot.tutor.wording import Html
from engine.question import Question
from lessons.course import Figure, Lesson

NAMES = {
    "unaided-totals": "z",
    "unaided-hidden": "h",
    "unaided-prediction": "ŷ",
    "unaided-loss": "L",
    "unaided-blame": "δ",
    "unaided-step": "w′",
}


def result(scene: Scene, lesson: Lesson, values: Mapping[str, str]) -> Say:
    """Of the learner's lines as they stand."""
    lines = scene.learner.unaided.lines if scene.learner.unaided else ()
    good = sum(line.outcome in ("right", "follows") for line in lines)
    told = Html("\n".join(_told(scene, lesson, values, line) for line in lines))
    end = scene.words("unaided.clean" if good == len(lines) else "unaided.slipped")
    said = scene.say("unaided.result", good=good, n=len(lines), lines=told, end=end)
    return Say(said.text, attachment=attached(_card(scene, lines, good)))


def _told(scene: Scene, lesson: Lesson, values: Mapping[str, str], line: Line) -> Html:
    from lessons.drawing.exercise import restore

    drawn = restore(lesson, line.exercise, values)
    asked = drawn.asked
    right = scene.words.number(asked.expect) if isinstance(asked, Question) else ""
    slip = " ".join(drawn.feedback[slug] for slug in line.slips if slug in drawn.feedback)
    key = "slip-named" if line.outcome == "slip" and slip else line.outcome
    name, typed = NAMES[line.exercise], _typed(scene, line)
    return scene.words(f"unaided.{key}", name=name, typed=typed, right=right, slip=Html(slip))


def _typed(scene: Scene, line: Line) -> str:
    return scene.words.number(line.read_as) or line.text


def _card(scene: Scene, lines: tuple[Line, ...], good: int) -> Figure:
    words = scene.words
    verdict = words("unaided.verdict", good=good, n=len(lines))
    return Figure(
        "unaided-card",
        {
            "title": plain(words("unaided.title")),
            "names": " | ".join(NAMES[line.exercise] for line in lines),
            "typed": " | ".join(_typed(scene, line).replace("|", " ") or "–" for line in lines),
            "outcomes": " | ".join(line.outcome for line in lines),
            "marks": " | ".join(plain(words(f"unaided.mark.{line.outcome}")) for line in lines),
            "verdict": plain(verdict),
            "date": plain(words.day(scene.today)),
        },
    )
