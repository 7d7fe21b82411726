"""Telegram's HTML, read as strictly as Telegram reads it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit

from bot.local.entities import TAGS, Entity, units
from bot.local.refusal import Refusal, bad

SAME = {"strong": "b", "em": "i", "strike": "s", "del": "s", "ins": "u", "span": "tg-spoiler"}
KINDS = {tag: kind for kind, tag in TAGS.items()}
ATTRIBUTES = {
    "a": {"href"},
    "span": {"class"},
    "code": {"class"},
    "blockquote": {"expandable"},
    "tg-emoji": {"emoji-id"},
    "tg-time": {"unix", "format"},
}
KNOWN = {*KINDS, *SAME, "a", "pre", "blockquote", "tg-emoji", "tg-time"}
NAME = re.compile(r"[A-Za-z0-9-]*")
ATTRIBUTE = re.compile(r"\s+([A-Za-z0-9-]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[\w.-]+))?")
REFERENCE = re.compile(r"&(?:#x[0-9a-fA-F]+|#[0-9]+|lt|gt|amp|quot);")


@dataclass(slots=True)
class Open:
    tag: str
    attributes: dict[str, str]
    start: int  # in UTF-16 units of the text so far


def cannot(words: str) -> Refusal:
    return bad(f"can't parse entities: {words}")


def read_html(source: str) -> tuple[str, list[Entity]]:
    """The text and its entities. Raises the refusal that Telegram would send."""
    return _Reading(source).all()


class _Reading:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.text = ""
        self.open: list[Open] = []
        self.entities: list[Entity] = []

    def all(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            if self.source.startswith("</", self.at):
                self._end_tag()
            elif self.source[self.at] == "<":
                self._start_tag()
            else:
                self._words()
        if self.open:
            tag = self.open[-1].tag
            raise cannot(f'Can\'t find end tag corresponding to start tag "{tag}"')
        return self.text, [e for e in self.entities if not self._nested_where_none_may(e)]

    @property
    def _byte(self) -> int:
        return len(self.source[: self.at].encode())

    def _words(self) -> None:
        end = self.source.find("<", self.at)
        end = len(self.source) if end < 0 else end
        piece = self.source[self.at : end]
        self.text += REFERENCE.sub(lambda match: html.unescape(match[0]), piece)
        self.at = end

    def _start_tag(self) -> None:
        begun = self._byte
        name = NAME.match(self.source, self.at + 1)
        tag = name[0].lower() if name else ""
        if not tag or tag not in KNOWN:
            raise cannot(f'Unsupported start tag "{tag}" at byte offset {begun}')
        self.at += 1 + len(tag)
        attributes = self._attributes(tag, begun)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise cannot(f'Tag "span" must have class "tg-spoiler" at byte offset {begun}')
        if tag == "tg-emoji" and not attributes.get("emoji-id", "").isdigit():
            raise cannot(f"Invalid custom emoji identifier specified at byte offset {begun}")
        self.open.append(Open(tag, attributes, units(self.text)))

    def _attributes(self, tag: str, begun: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while match := ATTRIBUTE.match(self.source, self.at):
            key, value = match[1].lower(), match[2]
            if value is None and (tag, key) != ("blockquote", "expandable"):
                words = "Expected equal sign in declaration of an attribute of the tag"
                raise cannot(f'{words} "{tag}" at byte offset {begun}')
            if key in ATTRIBUTES.get(tag, ()):
                attributes[key] = html.unescape((value or "").strip("\"'"))
            self.at = match.end()
        self.at += len(self.source[self.at :]) - len(self.source[self.at :].lstrip())
        if not self.source.startswith(">", self.at):
            raise cannot(f'Unclosed start tag "{tag}" at byte offset {begun}')
        self.at += 1
        return attributes

    def _end_tag(self) -> None:
        begun = self._byte
        if not self.open:
            raise cannot(f"Unexpected end tag at byte offset {begun}")
        end = self.source.find(">", self.at)
        if end < 0:
            raise cannot(f"Unclosed end tag at byte offset {begun}")
        tag = self.source[self.at + 2 : end].strip().lower()
        opened = self.open.pop()
        if tag not in {"", opened.tag}:
            words = f'expected "</{opened.tag}>", found "</{tag}>"'
            raise cannot(f"Unmatched end tag at byte offset {begun}, {words}")
        self.at = end + 1
        self._close(opened)

    def _close(self, opened: Open) -> None:
        length = units(self.text) - opened.start
        entity = _entity(opened, length) if length else None
        if entity is None:
            return
        if entity.kind == "code" and self.open and self.open[-1].tag == "pre":
            self.open[-1].attributes["language"] = entity.language
            return
        inline = entity.kind == "code"
        self.entities.append(replace(entity, language="") if inline else entity)

    def _nested_where_none_may(self, entity: Entity) -> bool:
        """Telegram drops what stands inside code and pre, and a quote inside a quote."""
        quotes = {"blockquote", "expandable_blockquote"}
        return any(
            other is not entity
            and other.offset <= entity.offset
            and entity.end <= other.end
            and (other.kind in {"code", "pre"} or {other.kind, entity.kind} <= quotes)
            and (other.length > entity.length or self._outer(other, entity))
            for other in self.entities
        )

    def _outer(self, other: Entity, entity: Entity) -> bool:
        return self.entities.index(other) > self.entities.index(entity)


def _entity(opened: Open, length: int) -> Entity | None:
    start, attributes = opened.start, opened.attributes
    match opened.tag:
        case "a":
            return _link(start, length, attributes.get("href", ""))
        case "pre":
            return Entity("pre", start, length, language=attributes.get("language", ""))
        case "code":
            language = attributes.get("class", "").removeprefix("language-")
            return Entity("code", start, length, language=language)
        case "blockquote":
            kind = "expandable_blockquote" if "expandable" in attributes else "blockquote"
            return Entity(kind, start, length)
        case "tg-emoji" | "tg-time":
            return _special(opened, length)
        case tag:
            return Entity(KINDS[SAME.get(tag, tag)], start, length)


def _special(opened: Open, length: int) -> Entity | None:
    if opened.tag == "tg-emoji":
        custom = opened.attributes["emoji-id"]
        return Entity("custom_emoji", opened.start, length, custom=custom)
    moment = opened.attributes.get("unix", "")
    if not moment.isdigit():
        return None
    return Entity("date_time", opened.start, length, moment=int(moment))


def _link(start: int, length: int, url: str) -> Entity | None:
    parts = urlsplit(url)
    if parts.scheme == "tg" and parts.netloc == "user":
        user = parse_qs(parts.query).get("id", ["0"])[0]
        return Entity("text_mention", start, length, user=int(user)) if user.isdigit() else None
    if parts.scheme not in {"http", "https", "tg"} or not parts.netloc:
        return None
    return Entity("text_link", start, length, url=url)
