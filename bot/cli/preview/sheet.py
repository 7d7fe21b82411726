"""A lesson as HTML: on the left what the learner sees, on the right what its author wants to know."""  # noqa: E501

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from urllib.parse import urlencode

from bot.cli.preview.edition import BROKEN
from bot.cli.preview.meaning import WrongAnswer, right_answer, typed, wrong_answers
from bot.cli.preview.trying import form
from bot.tutor import wording
from bot.tutor.wording import Html
from engine.question import Question
from lessons.course import Beat, Choice, Drawn, Exercise, Figure, Lesson, Order, Review
from lessons.drawing.exercise import draw
from lessons.lint.finding import count
from lessons.lint.words import fault_of_html

ROLES = {"stretch": "offered when the drop is done", "review": "only ever comes back"}


def sheet(lesson: Lesson, path: str, seed: int, language: str) -> str:
    """The lesson at a seed; an exercise that cannot be drawn says why in its place."""
    steps = (*lesson.steps, *(e for e in lesson.exercises.values() if e.role != "core"))
    shown = (_step(lesson, one, path, seed, language) for one in steps)
    return "\n".join((_head(lesson, seed), *shown))


def _head(lesson: Lesson, seed: int) -> str:
    notes = "".join(f"<li>{_shown(note)}</li>" for note in lesson.notes)
    reviews = ", ".join(map(_review, sorted(lesson.reviews, key=lambda one: one.after)))
    return f"""<h1>Drop {lesson.number} · {escape(lesson.title)}</h1>
<p class="quiet"><code>{escape(lesson.file)}</code> · {lesson.minutes} minutes · seed {seed}</p>
<dl class="facts">
<dt>To carry away</dt><dd>{_shown(lesson.carry)}</dd>
<dt>Comes back</dt><dd>{reviews or "nothing yet"}</dd>
</dl>
{f"<details><summary>Where the popular claim is wrong</summary><ul>{notes}</ul></details>" if notes else ""}"""  # noqa: E501


def _review(review: Review) -> str:
    return f"{escape(review.exercise)} after {review.after} day{'' if review.after == 1 else 's'}"


def _step(lesson: Lesson, step: Beat | Exercise, path: str, seed: int, language: str) -> str:
    if isinstance(step, Beat):
        return _beat(step)
    title = f'<h2 id="{escape(step.key)}">{escape(step.key)}</h2>'
    role = ROLES.get(step.role, "")
    facts = f"line {step.line} · {step.seconds} s{f' · {role}' if role else ''}"
    try:
        drawn = draw(lesson, step.key, seed)
        left, right = _put(drawn, language), "\n".join(_known(step, drawn))
        if isinstance(drawn.asked, Question):
            left += form(path, lesson.key, step.key, seed, language)
    except BROKEN as error:
        left, right = "", f'<p class="fault">Cannot be drawn at this seed: {escape(str(error))}</p>'
    return f"""<article class="step">
<div class="phone">{left}</div>
<div class="author">
{title}
<p class="quiet">{facts}</p>
{right}
</div>
</article>"""


def _beat(beat: Beat) -> str:
    return f"""<div class="step">
<div class="phone">{_bubble(_shown(beat.text), beat.figure)}</div>
<p class="author quiet">{count(beat.text)} words</p>
</div>"""


def _bubble(text: str, figure: Figure | None = None, under: str = "") -> str:
    picture = caption = ""
    if figure:
        address = f"/figure/{figure.name}?{urlencode(figure.values)}"
        alt = escape(figure.caption or figure.name)
        picture = f'<img src="{escape(address)}" alt="{alt}">'
        caption = f'<p class="caption">{_shown(figure.caption)}</p>' if figure.caption else ""
    return f'<div class="bubble">{picture}<div class="text">{text}</div>{caption}</div>{under}'


def _put(drawn: Drawn, language: str) -> str:
    """The exercise as the learner gets it, with what would be buttons."""
    text = _shown(drawn.prompt)
    if drawn.template:
        text += "\n" + wording.of(language)("put.template", template=Html(drawn.template))
    match drawn.asked:
        case Choice(options) | Order(tiles=options):
            items = "".join(f"<li>{escape(option.text)}</li>" for option in options)
            buttons = f'<ul class="buttons" aria-label="Buttons">{items}</ul>'
        case _:
            buttons = ""
    return _bubble(text, drawn.figure, buttons)


def _known(exercise: Exercise, drawn: Drawn) -> Iterator[str]:
    praise = drawn.feedback.get("right", "")
    said = f' <span class="words">{_shown(praise)}</span>' if praise else ""
    yield f'<h3>Right</h3><p><b class="right">{escape(right_answer(drawn))}</b>{said}</p>'
    yield _wrong(exercise, wrong_answers(exercise, drawn))
    if drawn.hints:
        hints = "".join(f"<li>{_shown(hint)}</li>" for hint in drawn.hints)
        yield f'<h3>Hints</h3><ol class="lines">{hints}</ol>'
    if drawn.working:
        lines = "".join(f"<li>{_shown(line)}</li>" for line in drawn.working)
        yield f'<h3>Working</h3><ol class="lines working">{lines}</ol>'
    if drawn.before:
        answer = typed(drawn.before_asked.expect) if drawn.before_asked else ""
        given = f' <b class="right">{escape(answer)}</b>' if answer else ""
        yield f"<h3>The one step before</h3><p>{_shown(drawn.before)}{given}</p>"


def _wrong(exercise: Exercise, wrong: tuple[WrongAnswer, ...]) -> str:
    if not wrong:
        return "<h3>Wrong</h3><p>No wrong answer is known yet.</p>"
    rows = "\n".join(map(_row, wrong))
    caption = f'<caption class="unseen">Wrong answers of {escape(exercise.key)}</caption>'
    title = "Wrong" if exercise.graded else "What each is told"
    return f"""<h3>{title}</h3>
<table>{caption}
<thead><tr><th scope="col">Answer</th><th scope="col">What the learner reads</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>"""


def _row(wrong: WrongAnswer) -> str:
    answer = escape(wrong.answer) or '<span class="quiet">not with these numbers</span>'
    words = _shown(wrong.words) or '<strong class="fault">no words yet</strong>'
    return f"""<tr><th scope="row">{answer}</th>
<td>{words} <code class="slug">{escape(wrong.slug)}</code></td></tr>"""


def _shown(text: str) -> str:
    """Telegram's HTML is a browser's; what is none is shown as it was typed."""
    return escape(text) if fault_of_html(text) else text
