"""Questions about words: the glossary answers, and the five questions that everybody asks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.tutor.scene import Scene
from bot.tutor.turn import Turn
from bot.tutor.wording import Html
from lessons.course import Faq
from lessons.glossary import Term, terms

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
TELLING = 5  # letters from which a word tells what a question is about
ENOUGH = 0.6  # of a known question's telling words
FEW = 5  # words of a question in which a single letter may be what is asked about


def explained(scene: Scene, text: str) -> Turn:
    """A short answer where there is one; a question never costs anything."""
    asked = _words(text)
    faq = _same_question(scene.path.faq, asked)
    if faq:
        return scene.turn(scene.say("ask.faq", question=faq.question, answer=Html(faq.answer)))
    term = find(terms(scene.path.key), asked)
    if term is None:
        return scene.turn(scene.say("ask.unknown"))
    return scene.turn(
        scene.say("ask.term", name=term.name, meaning=Html(term.meaning), number=term.drop)
    )


def ask(scene: Scene, rest: str = "") -> Turn:
    """What follows /ask, a word or a whole question."""
    return explained(scene, rest) if rest.strip() else scene.turn(scene.say("ask.what"))


def is_known(scene: Scene, text: str) -> bool:
    return find(terms(scene.path.key), _words(text)) is not None


def find(glossary: Sequence[Term], asked: list[str]) -> Term | None:
    """The term that is named at most length: `hidden layer` before `layer`."""
    named = [(name, term) for term in glossary for name in (term.name, *term.also)]
    found = [(len(name), term) for name, term in named if _names(asked, name)]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _names(asked: list[str], name: str) -> bool:
    words = _words(name)
    if len(name) == 1 and len(asked) > FEW:
        return False
    return any(asked[i : i + len(words)] == words for i in range(len(asked))) and bool(words)


def _same_question(known: Sequence[Faq], asked: list[str]) -> Faq | None:
    for faq in known:
        telling = {word for word in _words(faq.question) if len(word) >= TELLING}
        if len(telling & set(asked)) >= max(2, ENOUGH * len(telling)):
            return faq
    return None


def _words(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text)]
