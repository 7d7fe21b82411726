"""Who someone is in a group, asked of Telegram at the moment of use."""

from __future__ import annotations

import structlog
from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.tutor.events import ChatId, UserId

log = structlog.get_logger(__name__)

NOT_THERE = ("user not found", "participant_id_invalid", "user_not_participant")
LEFT = "left"


async def standing(bot: Bot, chat: ChatId, user: UserId) -> str:
    """Telegram's word: creator, administrator, member, restricted, left, kicked; "" is unknown."""
    try:
        member = await bot.get_chat_member(chat, user)
    except BadRequest as error:
        return LEFT if any(words in error.message.lower() for words in NOT_THERE) else ""
    except Forbidden:
        return ""
    except TelegramError as error:
        log.warning("Telegram does not say who someone is", reason=type(error).__name__)
        return ""
    return str(member.status) if getattr(member, "is_member", True) else LEFT
