"""Questions about words: the glossary answers, and the five questions that everybody asks."""

from __future__ import annotations

from dataclasses import replace

from bot.tutor.asked import questions
from bot.tutor.asked.questions import Meant, known_question, meant
from bot.tutor.days.announcing import welcome
from bot.tutor.drop.choosing import option_meant
from bot.tutor.learner import Answering, New
from bot.tutor.scene import Scene
from bot.tutor.turn import Button, Say, Turn
from bot.tutor.wording import Html
from engine.question import Question
from lessons.course import Faq, Path


def is_question(scene: Scene, text: str) -> bool:
    """Whether a text asks about the course; what could answer the open exercise is no question."""
    if isinstance(scene.learner.stage, Answering) and _may_answer(scene, text):
        return False
    return any(questions.asks(text, path.glossary) for path in scene.course.paths.values())


def _may_answer(scene: Scene, text: str) -> bool:
    """An option's own words or a name of the question, with a doubt behind: `ReLU?`, `yhat?`."""
    bare = text.strip().strip("? ")
    asked = scene.drawn.asked
    if isinstance(asked, Question):
        return bare in asked.names
    return option_meant(asked, text) is not None or option_meant(asked, bare) is not None


def explained(scene: Scene, text: str) -> Turn:
    """A short answer where there is one; a question never costs anything."""
    faq = known_question(scene.path.faq, text)
    if faq:
        return scene.turn(_open(scene, _of_faq(scene, faq)))
    for path in (scene.path, *scene.course.paths.values()):
        found = meant(text, path.glossary)
        if found:
            return scene.turn(_open(scene, _of_term(scene, path, found)))
    if isinstance(scene.learner.stage, New):
        return welcome(scene)  # who asks the bot at the door what it is
    return scene.turn(_open(scene, _unknown(scene, text)))


def _of_faq(scene: Scene, faq: Faq) -> Say:
    return scene.say("ask.faq", question=faq.question, answer=Html(faq.answer))


def _of_term(scene: Scene, path: Path, found: Meant) -> Say:
    term = found.term
    key = "ask.term" if path.key == scene.path.key else "ask.elsewhere"
    said = scene.say(
        key, name=term.name, meaning=Html(term.meaning), number=term.drop, path=path.title
    )
    if not found.guessed:
        return said
    taken = scene.words("ask.taken", name=term.name)
    return replace(said, text=f"{taken}\n{said.text}")


def _unknown(scene: Scene, text: str) -> Say:
    near = questions.nearest(text, scene.path.glossary)
    if not near:
        return scene.say("ask.unknown")
    return scene.say("ask.near", near=scene.words("or").join(near))


def _open(scene: Scene, said: Say) -> Say:
    """The open question stays open; a tap shows it again."""
    if not isinstance(scene.learner.stage, Answering):
        return said
    text = f"{said.text}\n\n{scene.words('ask.still-open')}"
    return replace(said, text=text, buttons=((scene.button("to-question", "start"),),))


def ask(scene: Scene, rest: str = "") -> Turn:
    """What follows /ask, a word or a whole question; alone, the five that everybody asks."""
    if rest.strip():
        return explained(scene, rest)
    faq = scene.path.faq
    if not faq:
        return scene.turn(scene.say("ask.what"))
    lines = "\n".join(f"{number}. {one.question}" for number, one in enumerate(faq, 1))
    row = tuple(Button(str(number), f"faq/{number}") for number in range(1, len(faq) + 1))
    return scene.turn(scene.say("ask.list", row, questions=lines))


def faq_tapped(scene: Scene, number: str) -> Turn | None:
    faq = scene.path.faq
    if not number.isdecimal() or not 1 <= int(number) <= len(faq):
        return None
    return scene.turn(_open(scene, _of_faq(scene, faq[int(number) - 1])))
