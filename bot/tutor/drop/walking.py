"""The walk through a drop: opening it, from exercise to exercise, and its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.tutor.drop import reviewing
from bot.tutor.drop.finishing import finish, refreshed
from bot.tutor.drop.sheets import live
from bot.tutor.learner import Answering, Resting
from bot.tutor.putting import put, told
from bot.tutor.scene import Scene, after
from bot.tutor.studio.keepsakes import earned
from bot.tutor.turn import Lane, Say, Turn
from lessons.course import DESIGN, RESULT, Beat, Drawn, Exercise, Lesson
from lessons.kinds import TrainingAsked

FULL, EMPTY = "●", "○"
TRIES = 6  # draws looked at for other numbers


def open_drop(scene: Scene, lesson: Lesson) -> Turn:
    """A warm-up first, where skills are due; then the lesson."""
    opened = (*scene.learner.opened, scene.today)[-2:]
    days = scene.learner.days + (scene.today not in scene.learner.opened)
    scene = scene.be(days=days, opened=opened, asking="", unanswered=0, quiet=False)
    scene = scene.be(postponed=None, stumbled=(), answered=0)
    queue = reviewing.before_a_drop(scene, second=scene.opened_today > 1)
    if not queue:
        return open_lesson(scene, lesson)
    intro = scene.say("warmup.intro", n=len(queue))
    return after(scene, scene.turn(intro), lambda s: warm_up(s, queue, lesson.key))


def warm_up(scene: Scene, queue: tuple[str, ...], then: str) -> Turn:
    """The next card with new numbers; after the last one, the lesson it leads to."""
    if not queue:
        lesson = scene.path.lesson(then) if then else None
        if lesson is None:
            return refreshed(scene.be(stage=Resting(scene.learner.finished[-1])))
        return open_lesson(scene, lesson)
    lesson_key, exercise = queue[0].split("/", 1)
    lesson = scene.path.lesson(lesson_key)
    fresh = _not_the_first(scene, lesson, exercise)
    scene = start(scene, lesson, exercise, fresh, role="warm-up", queue=queue[1:], then=then)
    return scene.turn(put(scene))


def _not_the_first(scene: Scene, lesson: Lesson, exercise: str) -> int:
    """A draw of this moment; with few numbers to choose from it could be the drop's own again."""
    first, now = _draw(scene, lesson, exercise, 0), int(scene.now.timestamp())
    draws = ((fresh, _draw(scene, lesson, exercise, fresh)) for fresh in range(now, now + TRIES))
    return next((fresh for fresh, drawn in draws if drawn.values != first.values), now)


def open_lesson(scene: Scene, lesson: Lesson) -> Turn:
    head = scene.say("drop.head", number=lesson.number, title=lesson.title, dots=_dots(lesson, 0))
    scene = scene.be(stage=Resting(lesson.key), answered=0, stumbled=())
    turn = scene.turn(replace(head, slot=_slot(lesson), lane=Lane.EXERCISE), delivered=lesson.key)
    return after(scene, turn, lambda s: walk_on(s, lesson, -1))


def walk_on(scene: Scene, lesson: Lesson, done: int) -> Turn:
    """Beats and the exercise after the step with this index; the end where there is none."""
    beats: list[Say] = []
    for step in lesson.steps[done + 1 :]:
        if isinstance(step, Exercise) and not _can_be_asked(scene, step):
            continue
        if isinstance(step, Exercise):
            scene = start(scene, lesson, step.key)
            return scene.turn(*beats, put(scene))
        assert isinstance(step, Beat)
        beats.append(told(scene, step))
    return after(scene, scene.turn(*beats, *live(scene, lesson)), lambda s: finish(s, lesson))


def _can_be_asked(scene: Scene, exercise: Exercise) -> bool:
    """A question about the learner's own design needs one; of a training nothing is made up."""
    own = _own_numbers(scene, exercise)
    return own is None or bool(own)


def _own_numbers(scene: Scene, exercise: Exercise) -> Mapping[str, str] | None:
    """What the learner's own design gives to an exercise; None for one that asks of none."""
    return {DESIGN: scene.learner.design, RESULT: scene.learner.studio.result}.get(exercise.uses)


def start(scene: Scene, lesson: Lesson, exercise: str, fresh: int = 0, **more: object) -> Scene:
    """The exercise is open, with these numbers."""
    drawn = _draw(scene, lesson, exercise, fresh)
    stage = Answering(lesson.key, exercise, drawn.values, fresh)
    return scene.be(stage=replace(stage, **more))  # type: ignore[arg-type]


def go_on(scene: Scene) -> Turn:
    """From the open exercise, which is done, to whatever follows it."""
    stage, lesson = scene.answering, scene.lesson
    match stage.role:
        case "warm-up":
            scene = scene.be(cards=reviewing.reviewed(scene), reviewed=reviewing.counted(scene))
            return warm_up(scene, stage.queue, stage.then)
        case "harder":
            return harder(scene, lesson, stage.exercise)
        case "studio":
            return _in_the_studio(scene, lesson)
        case "core" if stage.misses and (again := once_more(scene)):
            return again
        case _:
            return _next_core(scene, lesson)


def once_more(scene: Scene) -> Turn | None:
    """The same skill with new numbers, at once after a slip; None where numbers cannot differ."""
    fresh = other_numbers(scene)
    if fresh is None:
        return None
    stage = scene.answering
    scene = start(scene, scene.lesson, stage.exercise, fresh, role="again", slipped=True)
    return scene.turn(put(scene, lead=scene.words("again.lead")))


def other_numbers(scene: Scene, *, seen: str = "") -> int | None:
    """The next draw with other numbers than these and those just seen, and another answer."""
    stage, present, alike = scene.answering, scene.drawn, None
    for fresh in range(stage.draw + 1, stage.draw + 1 + TRIES):
        drawn = _draw(scene, scene.lesson, stage.exercise, fresh)
        if drawn.prompt in (present.prompt, seen):
            continue
        if not drawn.answer or drawn.answer != present.answer:
            return fresh
        alike = alike or fresh
    return alike


def harder(scene: Scene, lesson: Lesson, done: str = "") -> Turn:
    """The stretch exercise after this one; they are offered when a drop is done."""
    keys = [exercise.key for exercise in lesson.stretch]
    rest = keys[keys.index(done) + 1 :] if done in keys else keys
    if not rest:
        scene = scene.be(stage=Resting(lesson.key))
        return scene.turn(scene.say("harder.done"))
    scene = start(scene, lesson, rest[0], role="harder")
    return scene.turn(put(scene))


def _next_core(scene: Scene, lesson: Lesson) -> Turn:
    stage, learner = scene.answering, scene.learner
    stumbled = (*learner.stumbled, stage.exercise) if stage.slipped else learner.stumbled
    scene = scene.be(answered=learner.answered + 1, stumbled=tuple(dict.fromkeys(stumbled)))
    keys = [step.key if isinstance(step, Exercise) else "" for step in lesson.steps]
    place = keys.index(stage.exercise) if stage.exercise in keys else len(keys)
    progress = scene.say(
        "drop.head",
        number=lesson.number,
        title=lesson.title,
        dots=_dots(lesson, scene.learner.answered),
    )
    line = replace(progress, slot=_slot(lesson), silent=True, needed=False)
    turn = scene.turn(line, *earned(scene, lesson.exercises[stage.exercise]))
    return after(scene, turn, lambda s: walk_on(s, lesson, place))


def _in_the_studio(scene: Scene, lesson: Lesson) -> Turn:
    """From the bench to the training, to the verdict, and back to where the learner was."""
    done = lesson.exercise(scene.answering.exercise)
    rest = lesson.core[lesson.core.index(done) + 1 :]
    into = next((e for e in rest if _is_of_training(e) and _can_be_asked(scene, e)), None)
    if into:
        scene = start(scene, lesson, into.key, role="studio")
        return scene.turn(put(scene))
    if lesson.key not in scene.learner.finished:
        return _next_core(scene, lesson)
    turn = scene.turn(*earned(scene, done), scene.say("studio.closed"))
    return replace(turn, learner=scene.be(stage=Resting(lesson.key)).learner)


def _is_of_training(exercise: Exercise) -> bool:
    return isinstance(exercise.kind, TrainingAsked) or exercise.uses == RESULT


def _slot(lesson: Lesson) -> str:
    return f"drop/{lesson.key}"


def _dots(lesson: Lesson, done: int) -> str:
    total = len(lesson.core)
    return FULL * min(done, total) + EMPTY * (total - min(done, total))


def _draw(scene: Scene, lesson: Lesson, exercise: str, fresh: int) -> Drawn:
    from lessons.drawing.exercise import draw, restore

    drawn = draw(lesson, exercise, scene.learner.seed, fresh)
    own = _own_numbers(scene, lesson.exercise(exercise))
    return restore(lesson, exercise, {**drawn.values, **own}) if own else drawn
