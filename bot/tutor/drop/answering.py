"""What a judged answer leads to: on with the drop, or the slip named and another try."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.tutor.drop import helping, stepping, unaided, walking
from bot.tutor.events import Answered
from bot.tutor.putting import picks, put
from bot.tutor.scene import Scene, after, key_of, remember, tag_of
from bot.tutor.turn import Attempt, Button, React, Say, Turn
from bot.tutor.wording import Html, escape
from engine.question import Question, Verdict

PATIENCE = 3  # misses on one set of numbers, then it is shown on others
TOLD_COMMA = "comma"
TALK = re.compile(r"[^\W\d_]{2,}\W+[^\W\d_]{2,}|^\W*[^\W\d_]{2,}\W*$")  # words, and nothing else


def answered(scene: Scene, event: Answered) -> Turn:
    """One judged answer to the open exercise."""
    key = stepping.exercise_key(event.exercise)
    if key != key_of(scene.answering):
        return scene.turn(put(scene, lead=scene.words("put.now")))
    if not event.edited and any(message == event.message for message, _ in scene.learner.heard):
        return scene.turn()  # Telegram may tell the same message twice
    scene = replace(scene, learner=remember(scene.learner, event.message, key))
    if stepping.is_step(event.exercise, event.verdict):
        return stepping.stepped(scene, event.verdict)
    return judged(scene, event.text, event.verdict, event.message)


def judged(scene: Scene, text: str, verdict: Verdict, message: int | None = None) -> Turn:
    """A verdict on the open exercise, however the answer was given."""
    if not verdict.counts:
        return _not_an_attempt(scene, text, verdict)
    attempt = attempt_of(scene, text, verdict)
    if scene.answering.role == "unaided":
        return replace(unaided.judged(scene, text, verdict), attempts=(attempt,))
    turn = (
        _right(scene, text, verdict, message)
        if verdict.family == "right"
        else _not_yet(scene, text, verdict)
    )
    return replace(turn, attempts=(attempt, *turn.attempts))


def attempt_of(scene: Scene, text: str, verdict: Verdict, *, disputed: bool = False) -> Attempt:
    stage = scene.answering
    return Attempt(
        stage.lesson, stage.exercise, text, verdict, scene.now, stage.values, disputed=disputed
    )


def _right(scene: Scene, text: str, verdict: Verdict, message: int | None) -> Turn:
    scene, echo = _echo(scene, text, verdict)
    said = Say(_joined(echo, _praise(scene, verdict)))
    react = (React(message, "👍"),) if message is not None else ()
    return after(scene, scene.turn(*react, said), walking.go_on)


def _praise(scene: Scene, verdict: Verdict) -> Html:
    """The lesson's own word for it, else one of ours."""
    again = scene.answering.role == "again"
    own = "" if again else scene.drawn.feedback.get("right", "")
    if own and _first_word(own) in {_first_word(one) for one in scene.words.forms("right.exact")}:
        return Html(own)
    key = "right.after-slip" if scene.answering.misses else f"right.{verdict.kind}"
    pick = scene.learner.seed + scene.learner.answered
    ours = scene.words(key if key in scene.words else "right.exact", pick=pick)
    return Html(f"{ours} {own}".strip())


def _first_word(text: str) -> str:
    return text.split(maxsplit=1)[0].strip(".,:;!").lower()


def _not_yet(scene: Scene, text: str, verdict: Verdict) -> Turn:
    scene, echo = _echo(scene, text, verdict)
    stage = scene.answering
    misses = stage.misses if stage.stepped else stage.misses + 1
    steps_back = _steps_back(scene, verdict)
    scene = scene.work(
        misses=misses,
        stepped=steps_back,
        wrong=text,
        slips=verdict.misconceptions,
        slipped=True,
        picked=(),
    )
    feedback = _feedback(scene, verdict, steps_back=steps_back)
    if misses >= PATIENCE:
        known = _joined(echo, feedback) if _named(scene, verdict) else echo
        said = scene.turn(*([Say(known)] if known else []))
        return after(scene, said, helping.show_on_others)
    return scene.turn(Say(_joined(echo, feedback), retry_buttons(scene)))


def retry_buttons(scene: Scene) -> tuple[tuple[Button, ...], ...]:
    tag = tag_of(scene.answering)
    under = [scene.button("hint", f"hint/{tag}"), scene.button("i-am-right", f"dispute/{tag}")]
    rows = (*picks(scene, scene.drawn), tuple(under))
    if scene.answering.may_leave or scene.answering.role in ("again", "harder"):
        rows = (*rows, (scene.button("leave", f"leave/{tag}"),))
    return rows


def _named(scene: Scene, verdict: Verdict) -> list[str]:
    feedback = scene.drawn.feedback
    return [feedback[slug] for slug in verdict.misconceptions if slug in feedback]


def _steps_back(scene: Scene, verdict: Verdict) -> bool:
    """Whether the step before is asked for: a first wrong answer that nothing explains."""
    first = scene.answering.misses == 0 and not scene.answering.stepped
    unexplained = verdict.family == "wrong" and not _named(scene, verdict)
    return first and unexplained and bool(scene.drawn.before)


def _feedback(scene: Scene, verdict: Verdict, *, steps_back: bool) -> Html:
    """The slip named in the lesson's own words; else what is known; else the step before."""
    named = _named(scene, verdict)
    if named:
        return Html("\n".join(named))
    if verdict.family in ("near", "partial"):
        return _nearly(scene, verdict)
    if steps_back:
        return scene.words("wrong.before", before=Html(scene.drawn.before))
    return scene.words("wrong.unexplained", pick=scene.answering.misses)


def _nearly(scene: Scene, verdict: Verdict) -> Html:
    asked = scene.drawn.asked
    places = asked.places if isinstance(asked, Question) else None
    near = verdict.family == "near"
    return scene.words(
        "near.exact" if near and places is None else f"{verdict.family}.{verdict.kind}",
        n=places if near else len(verdict.entries),
        entries=", ".join(_entry(scene, entry) for entry in verdict.entries),
        factor=verdict.detail,
    )


def _entry(scene: Scene, entry: tuple[int, ...]) -> str:
    if len(entry) == 2:
        return scene.words("entry.matrix", row=entry[0], column=entry[1])
    return str(entry[0])


def _not_an_attempt(scene: Scene, text: str, verdict: Verdict) -> Turn:
    """What could not be read costs nothing: how to write it, and the template again."""
    if text.strip().lower().strip(".!?… ") in scene.words.forms("lost"):
        return after(scene, scene.turn(scene.say("hint.lost")), helping.hint)
    key = f"{verdict.family}.{verdict.kind}"
    if TALK.search(text) and not any(letter.isdecimal() for letter in text):
        key = "ungraded.talk"
    found = int(verdict.detail) if verdict.detail.isdecimal() else 0
    values = {"detail": verdict.detail, "readings": _either(scene, verdict), "n": found}
    says = scene.words(key, pick=verdict.position or 0, **values)
    template = scene.drawn.template
    if template and verdict.kind in ("unreadable", "wrong-count", "wrong-kind"):
        says = _joined(says, scene.words("put.template", template=Html(template)))
    return scene.turn(Say(says))


def _either(scene: Scene, verdict: Verdict) -> str:
    return scene.words("or").join(escape(reading) for reading in verdict.readings)


def _echo(scene: Scene, text: str, verdict: Verdict) -> tuple[Scene, Html]:
    """What was read where a comma stood: beside each answer that is not right, once if right."""
    told = TOLD_COMMA in scene.learner.told
    read = scene.words.number(verdict.read_as or "")
    if "," not in text or read in ("", text.strip()):
        return scene, Html()
    if verdict.family == "right":
        if told:
            return scene, Html()
        scene = scene.be(told=(*scene.learner.told, TOLD_COMMA))
    return scene, scene.words("read-as", text=text.strip(), read=read)


def _joined(*parts: Html) -> Html:
    return Html("\n".join(part for part in parts if part))
