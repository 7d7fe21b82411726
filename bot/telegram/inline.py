"""Definitions in any chat: an inline query is answered at once, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import structlog
from telegram import (
    Bot,
    InlineQuery,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.tutor.asked.defining import Definition

log = structlog.get_logger(__name__)

Find: TypeAlias = Callable[[str, str], Sequence[Definition]]  # language, letters

LASTS = 300  # seconds that Telegram may show the same results to the same person


class Inline:
    def __init__(self, bot: Bot, find: Find) -> None:
        self._bot = bot
        self._find = find

    async def answer(self, query: InlineQuery) -> None:
        """A query that came too late is let go: the next letter brings another."""
        found = self._find(query.from_user.language_code or "", query.query)
        results = [_article(number, one) for number, one in enumerate(found)]
        try:
            await self._bot.answer_inline_query(
                query.id, results, cache_time=LASTS, is_personal=True
            )
        except TelegramError as error:
            log.info("an inline query went unanswered", reason=type(error).__name__)


def _article(number: int, one: Definition) -> InlineQueryResultArticle:
    content = InputTextMessageContent(
        one.text,
        parse_mode=ParseMode.HTML,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    return InlineQueryResultArticle(str(number), one.title, content, description=one.line)
