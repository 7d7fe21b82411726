"""Text with its formatting: entities, counted in UTF-16 units, and the HTML that shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise
from typing import Any

TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "spoiler": "tg-spoiler",
}
PLAIN = TAGS | {"blockquote": "blockquote"}
DETECTED = (
    ("url", re.compile(r"(?<![\w@])https?://[^\s<>\"]+[^\s<>\".,;:!?)']")),
    ("email", re.compile(r"(?<![\w.@])[\w.+-]+@\w[\w-]*(?:\.\w[\w-]+)+")),
    ("mention", re.compile(r"(?<![\w@./])@[A-Za-z]\w{3,31}\b")),
    ("hashtag", re.compile(r"(?<![\w&/])#(?!\d+\b)\w+")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,32}(?:@[A-Za-z]\w{3,31})?(?![\w/])")),
)


@dataclass(frozen=True, slots=True)
class Entity:
    kind: str
    offset: int
    length: int
    url: str = ""
    language: str = ""
    user: int = 0  # of a text_mention
    custom: str = ""  # of a custom_emoji
    moment: int = 0  # of a date_time, seconds since 1970

    @property
    def end(self) -> int:
        return self.offset + self.length


def units(text: str) -> int:
    """The length of a text as Telegram counts offsets: UTF-16 code units."""
    return len(text) + sum(char > "\uffff" for char in text)


def cut(text: str, entity: Entity) -> str:
    raw = text.encode("utf-16-le")
    return raw[2 * entity.offset : 2 * entity.end].decode("utf-16-le", "replace")


def trimmed(text: str, entities: Sequence[Entity]) -> tuple[str, list[Entity]]:
    """Without white space at both ends, as Telegram keeps a text."""
    kept = text.strip()
    before = units(text[: len(text) - len(text.lstrip())])
    whole = units(kept)
    moved = []
    for entity in entities:
        start = max(entity.offset - before, 0)
        end = min(entity.end - before, whole)
        if end > start:
            moved.append(replace(entity, offset=start, length=end - start))
    return kept, moved


def detected(text: str, given: Sequence[Entity] = ()) -> list[Entity]:
    """Commands, mentions, links and the like, where nothing given lies over them."""
    opaque = [e for e in given if e.kind in {"code", "pre", "text_link", "text_mention"}]
    found: list[Entity] = []
    for kind, pattern in DETECTED:
        for match in pattern.finditer(text):
            start = units(text[: match.start()])
            entity = Entity(kind, start, units(match[0]))
            if not any(_overlap(entity, other) for other in [*opaque, *found]):
                found.append(entity)
    return found


def _overlap(one: Entity, other: Entity) -> bool:
    return one.offset < other.end and other.offset < one.end


def in_order(entities: Sequence[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda entity: (entity.offset, -entity.length))


def to_html(text: str, entities: Sequence[Entity], *, live: bool = False) -> str:
    """HTML of Telegram's own tags. Safe in a page: all that was typed is escaped.

    In a `live` one commands and bare links can be pressed.
    """
    if live:
        entities = [_made_live(text, entity) for entity in entities]
    edges = sorted({0, units(text), *(e.offset for e in entities), *(e.end for e in entities)})
    raw = text.encode("utf-16-le")
    out: list[str] = []
    open_now: list[Entity] = []
    for start, end in pairwise(edges):
        wanted = [e for e in in_order(entities) if e.offset <= start < e.end]
        out += _change(open_now, wanted)
        open_now = wanted
        out.append(escape(raw[2 * start : 2 * end].decode("utf-16-le", "replace")))
    return "".join([*out, *_change(open_now, [])])


def _made_live(text: str, entity: Entity) -> Entity:
    if entity.kind == "url":
        return replace(entity, kind="text_link", url=cut(text, entity))
    return replace(entity, kind="live_command") if entity.kind == "bot_command" else entity


def _change(old: list[Entity], new: list[Entity]) -> Iterator[str]:
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    yield from (_closing(entity) for entity in reversed(old[same:]))
    yield from (_opening(entity) for entity in new[same:])


def _opening(entity: Entity) -> str:
    match entity.kind:
        case "text_link":
            return f'<a href="{escape(entity.url)}">'
        case "text_mention":
            return f'<a href="tg://user?id={entity.user}">'
        case "pre":
            code = f'<code class="language-{escape(entity.language)}">'
            return "<pre>" + (code if entity.language else "")
        case "live_command":
            return '<button type="button" class="command">'
        case "expandable_blockquote":
            return "<blockquote expandable>"
        case kind:
            return f"<{PLAIN[kind]}>" if kind in PLAIN else ""


def _closing(entity: Entity) -> str:
    match entity.kind:
        case "text_link" | "text_mention":
            return "</a>"
        case "pre":
            return "</code></pre>" if entity.language else "</pre>"
        case "expandable_blockquote":
            return "</blockquote>"
        case "live_command":
            return "</button>"
        case kind:
            return f"</{PLAIN[kind]}>" if kind in PLAIN else ""


def to_wire(entity: Entity, user: dict[str, Any] | None = None) -> dict[str, Any]:
    wire: dict[str, Any] = {
        "type": entity.kind,
        "offset": entity.offset,
        "length": entity.length,
        "url": entity.url,
        "language": entity.language,
        "user": user,
        "custom_emoji_id": entity.custom,
        "unix_time": entity.moment,
    }
    always = {"type", "offset", "length"}
    return {key: value for key, value in wire.items() if key in always or value}
