"""An answer that an author tries: judged and told as the tutor would, on the same numbers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import TypeAlias

from bot.tutor import respond
from bot.tutor.events import Answered, Typed, UserId
from bot.tutor.learner import Answering, Learner
from bot.tutor.turn import Say, Turn
from engine.question import Question, Verdict
from lessons.course import Course, Lesson, Path
from lessons.drawing.exercise import draw

Judge: TypeAlias = Callable[[Question, str], Awaitable[Verdict]]
MESSAGE = 1


@dataclass(frozen=True, slots=True)
class Tried:
    verdict: Verdict | None  # None: the tutor takes the text for something else than an answer
    words: str  # Telegram's HTML


@dataclass(frozen=True, slots=True)
class Open:
    """An exercise at a seed, as it stands before a learner."""

    course: Course
    path: Path
    lesson: Lesson
    exercise: str
    seed: int
    language: str

    @property
    def learner(self) -> Learner:
        drawn = draw(self.lesson, self.exercise, self.seed)
        stage = Answering(self.lesson.key, self.exercise, drawn.values)
        return Learner(UserId(1), "Ana", self.language, self.seed, self.path.key, stage=stage)


async def try_answer(judge: Judge, exercise: Open, text: str) -> Tried:
    course, learner, now = exercise.course, exercise.learner, datetime.now(UTC)
    typed = Typed(text, MESSAGE)
    asked = respond.to_judge(course, learner, typed)
    if asked is None:
        return Tried(None, _told(respond.respond(course, learner, typed, now)))
    verdict = await judge(asked.question, text)
    answered = Answered(asked.key, text, verdict, MESSAGE)
    return Tried(verdict, _told(respond.respond(course, learner, answered, now)))


def _told(turn: Turn) -> str:
    """The first words: what follows a right answer is the next step."""
    return next((one.text for one in turn.says if isinstance(one, Say)), "")


def form(path: str, lesson: str, exercise: str, seed: int, language: str) -> str:
    key = escape(exercise)
    return f"""<form class="try" action="/try/{escape(path)}/{escape(lesson)}/{key}" data-exercise="{key}">
<input type="hidden" name="seed" value="{seed}"><input type="hidden" name="language" value="{escape(language)}">
<label for="try-{key}">Try an answer</label>
<div class="line"><input id="try-{key}" name="answer" maxlength="300" required autocomplete="off" autocapitalize="off" spellcheck="false"><button>Judge</button></div>
<output for="try-{key}"></output>
</form>"""  # noqa: E501


def told(tried: Tried) -> str:
    """The verdict and the tutor's words, as HTML."""
    head = _verdict(tried.verdict) if tried.verdict else '<b class="family">not an answer</b>'
    said = f'<div class="bubble"><div class="text">{tried.words}</div></div>'
    return f'<p class="verdict">{head}</p>{said}'


def _verdict(verdict: Verdict) -> str:
    slips = "".join(f' <code class="slug">{escape(one)}</code>' for one in verdict.misconceptions)
    read = f" · read as <code>{escape(verdict.read_as)}</code>" if verdict.read_as else ""
    return f'<b class="family {verdict.family}">{verdict.family}</b> · {verdict.kind}{slips}{read}'
