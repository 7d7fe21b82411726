"""Which skills come back before a drop, and when: FSRS, fed by right and not right alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.tutor.learner import Card
from bot.tutor.scene import Scene
from lessons.course import RESULT, Exercise, Lesson
from lessons.kinds import DesignAsked

if TYPE_CHECKING:
    import fsrs
    from fsrs import Scheduler

MOST = 2  # steps that come back on one local date without being asked for
UNMET = 5.0  # difficulty, from 1 to 10, of a skill that was not met yet


def before_a_drop(scene: Scene, *, second: bool) -> tuple[str, ...]:
    """The cards to ask first, "lesson/exercise"; before the day's second drop one, due or not."""
    if second and _left(scene):
        return next_one(scene)
    return bundle(scene)


def bundle(scene: Scene) -> tuple[str, ...]:
    """What is due on this local date and still fits into it: the longest due, of many lessons."""
    zone = scene.local.tzinfo
    due = [card for card in _in_turn(scene) if card.due.astimezone(zone).date() <= scene.today]
    return tuple(_name(card) for card in _mixed(due))[: _left(scene)]


def next_one(scene: Scene) -> tuple[str, ...]:
    """The card that is the next to come due, or was due longest; none before the first drop."""
    return tuple(_name(card) for card in _in_turn(scene)[:1])


def _left(scene: Scene) -> int:
    """Of today's share; tomorrow's, for whoever travelled west since, counts as well."""
    done = sum(day >= scene.today for day in scene.learner.reviewed)
    return max(0, MOST - done)


def _in_turn(scene: Scene) -> list[Card]:
    return sorted(_living(scene), key=lambda card: (card.due, card.exercise))


def counted(scene: Scene) -> tuple[date, ...]:
    """The learner's latest dates with a step that came back, and one more of them today."""
    return (*scene.learner.reviewed, scene.today)[-MOST:]


def added(scene: Scene, lesson: Lesson) -> tuple[Card, ...]:
    """The learner's cards, those of a lesson just done, and its steps that took a slip."""
    known = {(card.lesson, card.exercise) for card in scene.learner.cards}
    days = dict.fromkeys(scene.learner.stumbled, 1)
    days |= {review.exercise: review.after for review in reversed(lesson.reviews)}
    known_here = lesson.exercises
    days = {k: n for k, n in days.items() if k in known_here and _returns(known_here[k])}
    fresh = {key: after for key, after in days.items() if (lesson.key, key) not in known}
    cards = (_first(scene, lesson, key, after) for key, after in sorted(fresh.items()))
    return (*scene.learner.cards, *cards)


def _first(scene: Scene, lesson: Lesson, key: str, after: int) -> Card:
    """How the drop went is a skill's first review; one not met yet comes after its own days."""
    if any(key == exercise.key for exercise in lesson.core):
        clean = key not in scene.learner.stumbled
        return _rated(None, lesson.key, key, scene.now, clean=clean)
    due = scene.now + timedelta(days=after)
    return Card(lesson.key, key, due, float(after), UNMET, scene.now)


def reviewed(scene: Scene) -> tuple[Card, ...]:
    """The learner's cards after the open warm-up."""
    stage = scene.answering
    here = (stage.lesson, stage.exercise)
    return tuple(
        _rated(card, *here, scene.now, clean=not stage.slipped)
        if (card.lesson, card.exercise) == here
        else card
        for card in scene.learner.cards
    )


def strengths(scene: Scene) -> dict[str, float]:
    """By lesson: the share of its steps that would be remembered now, as FSRS reckons."""
    shares: dict[str, list[float]] = {}
    for card in _living(scene):
        shares.setdefault(card.lesson, []).append(_share(card, scene.now))
    return {lesson: sum(found) / len(found) for lesson, found in shares.items()}


def _share(card: Card, now: datetime) -> float:
    return float(_scheduler().get_card_retrievability(_known(card), now.astimezone(UTC)))


def _living(scene: Scene) -> list[Card]:
    """Cards whose exercise is still in the course, and can be asked at any time."""
    lessons = {lesson.key: lesson.exercises for lesson in scene.path.lessons}
    return [
        card
        for card in scene.learner.cards
        if (exercise := lessons.get(card.lesson, {}).get(card.exercise)) and _returns(exercise)
    ]


def _returns(exercise: Exercise) -> bool:
    """A design and its training are a day's work, and a guess is no skill."""
    is_step = exercise.may_slip and not isinstance(exercise.kind, DesignAsked)
    return is_step and exercise.uses != RESULT


def _mixed(cards: list[Card]) -> list[Card]:
    """One of each lesson before a second of any."""
    first: dict[str, Card] = {}
    for card in cards:
        first.setdefault(card.lesson, card)
    return [*first.values(), *(card for card in cards if card not in first.values())]


def _name(card: Card) -> str:
    return f"{card.lesson}/{card.exercise}"


def _rated(card: Card | None, lesson: str, exercise: str, now: datetime, *, clean: bool) -> Card:
    import fsrs

    old = _known(card) if card else fsrs.Card(card_id=1, due=now)
    rating = fsrs.Rating.Good if clean else fsrs.Rating.Again
    new, _ = _scheduler().review_card(old, rating, now.astimezone(UTC))
    assert new.stability is not None
    assert new.difficulty is not None
    return Card(lesson, exercise, new.due, new.stability, new.difficulty, now)


def _known(card: Card) -> fsrs.Card:
    import fsrs

    return fsrs.Card(
        card_id=1,
        state=fsrs.State.Review,
        stability=card.stability,
        difficulty=card.difficulty,
        due=card.due,
        last_review=card.last,
    )


def _scheduler() -> Scheduler:
    import fsrs

    return fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
