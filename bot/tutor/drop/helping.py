"""Help on the open exercise: hints as steps, the working shown, a disputed answer."""

from __future__ import annotations

from dataclasses import replace

from bot.tutor.drop import unaided, walking
from bot.tutor.learner import Answering
from bot.tutor.putting import put
from bot.tutor.scene import Scene, after, tag_of
from bot.tutor.turn import Attempt, Turn
from bot.tutor.wording import Html
from engine.question import Question, Verdict
from lessons.course import Choice, Drawn, Order


def hint(scene: Scene) -> Turn:
    """The next step; after the last one the whole solution, which costs new numbers."""
    stage = scene.learner.stage
    if not isinstance(stage, Answering):
        return scene.turn(scene.say("hint.nothing-open"))
    if stage.role == "unaided":
        return unaided.no_hints(scene)
    steps = scene.drawn.hints
    if stage.hints < len(steps):
        scene = scene.work(hints=stage.hints + 1, slipped=stage.slipped or stage.hints >= 2)
        row = (scene.button("hint-next", f"hint/{tag_of(stage)}"),)
        number, of = stage.hints + 1, len(steps)
        text = Html(steps[stage.hints])
        return scene.turn(scene.say("hint.step", row, number=number, of=of, hint=text))
    if not scene.drawn.working:
        return scene.turn(scene.say("hint.no-more"))
    row = (scene.button("show", f"show/{tag_of(stage)}"),)
    return scene.turn(scene.say("hint.whole", row))


def lines(working: tuple[str, ...]) -> Html:
    return Html("\n".join(working))


def show(scene: Scene) -> Turn:
    """The whole working of the learner's own numbers, then new ones."""
    said = scene.turn(scene.say("shown.own", working=lines(scene.drawn.working)))
    return after(scene, said, fresh_numbers)


def show_on_others(scene: Scene) -> Turn:
    """After the third miss: the same step on other numbers, line by line, then fresh ones."""
    other = walking.other_numbers(scene)
    if other is None:
        return show(scene) if scene.drawn.working else _told_and_on(scene)
    stage = scene.answering
    example = walking.start(scene, scene.lesson, stage.exercise, other)
    working = lines(example.drawn.working)
    prompt = Html(example.drawn.prompt)
    scene = scene.work(draw=other)
    said = scene.turn(scene.say("shown.others", prompt=prompt, working=working))
    return after(scene, said, lambda s: fresh_numbers(s, seen=prompt))


def _told_and_on(scene: Scene) -> Turn:
    asked = scene.drawn.asked
    right = [o.text for o in asked.options if o.key == "right"] if isinstance(asked, Choice) else []
    said = scene.say("shown.right", right=right[0]) if right else scene.say("shown.on")
    return after(scene, scene.turn(said), lambda s: walking.go_on(s.work(misses=0)))


def fresh_numbers(scene: Scene, *, seen: str = "") -> Turn:
    """The same exercise with new numbers; where none can be drawn, the drop goes on."""
    fresh = walking.other_numbers(scene, seen=seen)
    stage = scene.answering
    if fresh is None:
        return walking.go_on(scene.work(slipped=True, role=_settled(stage)))
    scene = walking.start(
        scene,
        scene.lesson,
        stage.exercise,
        fresh,
        role=stage.role,
        queue=stage.queue,
        then=stage.then,
        slipped=True,
        may_leave=True,
    )
    return scene.turn(put(scene, lead=scene.words("shown.fresh")))


def _settled(stage: Answering) -> str:
    return "again" if stage.role == "core" else stage.role


def leave(scene: Scene) -> Turn:
    """The exercise is left for another day, and the drop goes on."""
    if scene.answering.role == "unaided":
        return unaided.left(scene)
    stage = scene.answering
    scene = scene.work(slipped=True, role=_settled(stage))
    return after(scene, scene.turn(scene.say("left")), walking.go_on)


def dispute(scene: Scene) -> Turn:
    """[I think I'm right]: the line of working is shown, and the claim is kept for a person."""
    stage = scene.answering
    if not stage.wrong:
        return scene.turn(put(scene))
    slips = stage.slips
    verdict = Verdict("wrong", "misconception" if slips else "unexplained", misconceptions=slips)
    claim = Attempt(
        stage.lesson,
        stage.exercise,
        stage.wrong,
        verdict,
        scene.now,
        stage.values,
        disputed=True,
        expected=_expected(scene.drawn),
    )
    working = lines(scene.drawn.working) or Html(scene.drawn.hints[-1] if scene.drawn.hints else "")
    row = (scene.button("report", "report"),)
    said = scene.say("dispute.shown", row, typed=stage.wrong, working=working)
    turn = after(scene, scene.turn(said), fresh_numbers)
    return replace(turn, attempts=(claim, *turn.attempts))


def _expected(drawn: Drawn) -> str:
    """What was taken for right, for the person who reads the claim."""
    match drawn.asked:
        case Question(expect=expect):
            return expect
        case Choice(options):
            return next((one.text for one in options if one.key == "right"), "")
        case Order(tiles, right):
            texts = {tile.key: tile.text for tile in tiles}
            return " → ".join(texts[key] for key in right[0])
        case _:
            return ""
