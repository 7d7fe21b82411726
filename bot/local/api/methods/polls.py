"""Methods by which the bot asks many at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.local.api import wire
from bot.local.api.exchange import Exchange
from bot.local.api.methods import shapes
from bot.local.api.methods.composing import markup_of, words
from bot.local.api.methods.method import Given, chat_for_writing, method, own_message
from bot.local.api.methods.sending import new_message
from bot.local.api.reading import Reader, boolean, chat, integer, many, one_of, string
from bot.local.refusal import bad
from bot.local.things import Poll

OPEN_LEAST = timedelta(seconds=5)
OPEN_MOST = timedelta(days=30)


def _option(value: Any) -> str:
    return value if isinstance(value, str) else str(shapes.OPTION(value)["text"])


async def send_poll(exchange: Exchange, given: Given) -> Any:
    where = chat_for_writing(exchange, given)
    poll = _poll(exchange, given)
    return wire.message(exchange.world, new_message(exchange, where, given, poll=poll))


def _poll(exchange: Exchange, given: Given) -> Poll:
    options = [option.strip() for option in given["options"]]
    question, _ = words(given["question"], given.get("question_parse_mode"), None)
    _check(question, options)
    kind = given.get("type", "regular")
    right = given.get("correct_option_ids") or [given.get("correct_option_id", -1)]
    if kind == "quiz" and any(not 0 <= which < len(options) for which in right):
        raise bad("wrong correct option ID specified")
    explanation, marks = _explanation(given)
    exchange.world.state.last_poll += 1
    return Poll(
        str(exchange.world.state.last_poll),
        question,
        options,
        kind,
        anonymous=given.get("is_anonymous", True),
        several=given.get("allows_multiple_answers", False),
        right=right if kind == "quiz" else [],
        explanation=explanation,
        explanation_entities=marks,
        hidden=given.get("hide_results_until_closes", False),
        closed=given.get("is_closed", False),
        closes_at=_closes_at(exchange, given),
    )


def _closes_at(exchange: Exchange, given: Given) -> datetime | None:
    """In 5 seconds to 30 days: after a period, or at a date."""
    now = exchange.world.now()
    if "open_period" in given:
        moment = now + timedelta(seconds=given["open_period"])
    elif "close_date" in given:
        moment = datetime.fromtimestamp(given["close_date"], UTC)
    else:
        return None
    if not OPEN_LEAST <= moment - now <= OPEN_MOST:
        raise bad("POLL_CLOSE_DATE_INVALID")
    return moment


def _check(question: str, options: list[str]) -> None:
    if not question:
        raise bad("poll question must be non-empty")
    if len(question) > 300:
        raise bad("poll question length must not exceed 300")
    if not options:
        raise bad("poll must have at least 1 option")
    if len(options) > 12:
        raise bad("poll can't have more than 12 options")
    if not all(options):
        raise bad("poll options must be non-empty")
    if any(len(option) > 100 for option in options):
        raise bad("poll options length must not exceed 100")


def _explanation(given: Given) -> tuple[str, list[Any]]:
    text, marks = words(
        given.get("explanation", ""),
        given.get("explanation_parse_mode"),
        given.get("explanation_entities"),
    )
    if len(text) > 200 or text.count("\n") > 2:
        raise bad("poll explanation is too long")
    return text, marks


async def stop_poll(exchange: Exchange, given: Given) -> Any:
    where = chat_for_writing(exchange, given)
    if given["message_id"] not in where.log:
        raise bad("message with poll to stop not found")
    message = own_message(exchange, where, given, "stopp")
    if message.poll is None:
        raise bad("message with poll to stop not found")
    if message.poll.closed:
        raise bad("poll has already been closed")
    message.markup = markup_of(given, where)
    exchange.close_poll(message)
    return wire.poll(exchange.world, message.poll)


ASKED: dict[str, Reader] = {
    "type": one_of("regular", "quiz"),
    "is_anonymous": boolean,
    "allows_multiple_answers": boolean,
    "correct_option_id": integer,
    "correct_option_ids": many(integer),
    "explanation": string,
    "explanation_parse_mode": string,
    "explanation_entities": shapes.ENTITIES,
    "question_parse_mode": string,
    "hide_results_until_closes": boolean,
    "is_closed": boolean,
    "open_period": integer,
    "close_date": integer,
}
METHODS = (
    method(
        "sendPoll",
        send_poll,
        {"chat_id": chat, "question": string, "options": many(_option)},
        shapes.SENDING | ASKED,
    ),
    method(
        "stopPoll",
        stop_poll,
        {"chat_id": chat, "message_id": integer},
        {"reply_markup": shapes.MARKUP},
    ),
)
