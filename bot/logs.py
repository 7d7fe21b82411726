"""What the operator reads: one structured line an event, without secrets or people."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterable, MutableMapping
from typing import Any

import structlog

HIDDEN = "[hidden]"
TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{12,}")
PASSWORD = re.compile(r"(?<=://)[^/\s:@]*:[^/\s@]+(?=@)")
PERSONAL = frozenset(
    (  # keys whose values are a learner's, or say who the learner is
        *("arrival", "caption", "chat", "event_value", "first_name", "language", "last_name"),
        *("latitude", "learner", "longitude", "message", "name", "payload", "person", "rest"),
        *("says", "tap", "text", "typed", "user", "user_id", "username"),
    )
)
CHATTY = ("telegram", "aiohttp", "apscheduler", "sqlalchemy", "alembic", "asyncio", "matplotlib")
Line = MutableMapping[str, Any]


class Hush:
    """Takes out of a line what it must not show: secrets by value and by shape, people by key."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._secrets = sorted((s for s in secrets if s), key=len, reverse=True)

    def __call__(self, _logger: object, _method: str, line: Line) -> Line:
        for key in line.keys() & PERSONAL:
            line[key] = HIDDEN
        for key, value in line.items():
            if not key.startswith("_") and not isinstance(value, int | float | None):
                line[key] = self.clean(str(value))
        return line

    def clean(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return PASSWORD.sub(HIDDEN, TOKEN.sub(HIDDEN, text))


def where_it_failed(_logger: object, _method: str, line: Line) -> Line:
    """An exception as its kinds and places; its message may quote a learner, so it stays out."""
    error = _raised(line.pop("exc_info", None))
    if error is not None:
        line["failed"] = _kinds(error)
        frames = traceback.extract_tb(error.__traceback__)
        line["at"] = " < ".join(f"{f.filename}:{f.lineno} {f.name}" for f in reversed(frames))
    return line


def _raised(exc_info: object) -> BaseException | None:
    if isinstance(exc_info, BaseException):
        return exc_info
    if isinstance(exc_info, tuple):
        return exc_info[1] if isinstance(exc_info[1], BaseException) else None
    return sys.exc_info()[1] if exc_info else None


def _kinds(error: BaseException | None) -> str:
    kinds = []
    while error is not None:
        kinds.append(type(error).__qualname__)
        error = error.__cause__
    return " from ".join(kinds)


def set_up_logs(level: str = "info", secrets: Iterable[str] = ()) -> None:
    """Sends every logged line, structlog's and the library's, through the filter to stderr."""
    seen: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        where_it_failed,
        Hush(secrets),
    ]
    structlog.configure(
        processors=[*seen, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(seen))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in CHATTY:  # these write payloads and addresses below this level
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))


def _formatter(seen: list[Any]) -> logging.Formatter:
    shape: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if sys.stderr.isatty():
        shape = structlog.dev.ConsoleRenderer()
    tidy = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=seen, processors=[tidy, shape])
