"""What a learner can ask to be told: their numbers, their progress, the course, their privacy."""

from __future__ import annotations

from bot.tutor.days.announcing import begin
from bot.tutor.drop import networks
from bot.tutor.drop.reviewing import strengths
from bot.tutor.learner import Answering
from bot.tutor.putting import attached
from bot.tutor.rhythm.settling import when_of
from bot.tutor.scene import Scene, is_paused, plain
from bot.tutor.turn import Attachment, Say, Turn
from bot.tutor.wording import Html
from lessons.course import Figure, Phase

FULL, EMPTY = "●", "○"


def today(scene: Scene, _rest: str = "") -> Turn:
    return begin(scene)


def net(scene: Scene, _rest: str = "") -> Turn:
    """The numbers of the open exercise."""
    if not isinstance(scene.learner.stage, Answering):
        return scene.turn(scene.say("net.nothing-open"))
    values, prompt = scene.answering.values, Html(scene.drawn.prompt)
    if not networks.is_network(values):
        return scene.turn(scene.say("net.in-question", prompt=prompt))
    return scene.turn(scene.say("net.numbers", numbers=networks.told(values), prompt=prompt))


def progress(scene: Scene, _rest: str = "") -> Turn:
    done = scene.learner.finished
    phases = Html("\n".join(_phase(scene, phase) for phase in scene.path.phases))
    count = scene.words("progress.drops", n=len(done))
    if scene.learner.days:
        count = Html(f"{count}, {scene.words('progress.days', n=scene.learner.days)}")
    bars = scene.words("progress.bars") if scene.learner.cards else ""
    said = scene.say("progress.told", count=count, phases=phases, bars=bars, next=_next(scene))
    text = said.text.replace("\n\n", "\n")
    return scene.turn(Say(text, attachment=attached(_way(scene))))


def _phase(scene: Scene, phase: Phase) -> str:
    """Its drops, and how much of those done would come back now."""
    done = scene.learner.finished
    dots = "".join(FULL if lesson.key in done else EMPTY for lesson in phase.lessons)
    known = strengths(scene)
    here = [known[lesson.key] for lesson in phase.lessons if lesson.key in known]
    key = "progress.phase-known" if here else "progress.phase"
    percent = round(100 * sum(here) / len(here)) if here else 0
    return scene.words(key, dots=dots, title=phase.title, percent=percent)


def _way(scene: Scene) -> Figure:
    """The same as a picture: the path, and under each drop how well it is remembered."""
    learner, path, known = scene.learner, scene.path, strengths(scene)
    done = [lesson for lesson in path.lessons if lesson.key in learner.finished]
    days = scene.words("progress.days", n=learner.days) if learner.days else ""
    return Figure(
        "way",
        {
            "title": plain(scene.words("progress.title")),
            "done": str(len(done)),
            "drops": ", ".join(str(len(phase.lessons)) for phase in path.phases),
            "phases": " | ".join(phase.title for phase in path.phases),
            "memory": ", ".join(f"{known.get(one.key, 1.0):.2f}" for one in done) or "1",
            "days": plain(Html(days)),
        },
    )


def _next(scene: Scene) -> str:
    learner, lesson = scene.learner, scene.next_lesson
    if isinstance(learner.stage, Answering):
        return scene.words("progress.open")
    if lesson is None:
        return scene.words("progress.finished")
    if is_paused(learner):
        return scene.words("progress.paused")
    if learner.next_drop is None or not lesson.ready:
        return scene.words("progress.next", number=lesson.number, title=lesson.title)
    when = when_of(scene, learner.next_drop)
    return scene.words("progress.when", number=lesson.number, title=lesson.title, when=when)


def export(scene: Scene, _rest: str = "") -> Turn:
    text = scene.words("export.file")
    whose = {"user": str(scene.learner.user)}
    return scene.turn(Say(text, attachment=Attachment("export", whose)))


def privacy(scene: Scene, _rest: str = "") -> Turn:
    return scene.turn(scene.say("privacy"))
