"""What there is in a chat: people, files, polls, messages, chats, as plain values that change."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.local.entities import Entity, to_html

SENDING_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_invite_users",
)
HERE = {"creator", "administrator", "member", "restricted"}


@dataclass
class User:
    id: int
    first_name: str
    username: str = ""
    language: str = ""
    is_bot: bool = False
    deactivated: bool = False


@dataclass
class File:
    """A file at Telegram's: its `file_id` is good for ever, for one bot."""

    file_id: str
    unique: str
    kind: str  # photo, document, voice, sticker, video, animation, audio
    name: str
    mime: str
    content: bytes = field(repr=False)
    width: int = 0
    height: int = 0
    duration: int = 0
    smaller: list[File] = field(default_factory=list)  # of a photo: its other sizes


@dataclass
class Poll:
    id: str
    question: str
    options: list[str]
    kind: str = "regular"
    anonymous: bool = True
    several: bool = False
    right: list[int] = field(default_factory=list)  # of a quiz
    explanation: str = ""
    explanation_entities: list[Entity] = field(default_factory=list)
    hidden: bool = False  # results are hidden until it closes
    closed: bool = False
    closes_at: datetime | None = None
    votes: dict[int, list[int]] = field(default_factory=dict)  # by user


@dataclass(frozen=True)
class Button:
    label: str
    data: str = ""
    url: str = ""
    asks: str = ""  # "location" or "contact", of a keyboard under the message field


@dataclass
class Message:
    chat_id: int
    message_id: int
    sender: int
    date: datetime
    text: str = ""  # or the caption, where there is a file
    entities: list[Entity] = field(default_factory=list)
    file: File | None = None
    location: tuple[float, float] | None = None
    poll: Poll | None = None
    service: dict[str, Any] = field(default_factory=dict)  # as in the Bot API: new_chat_members, …
    markup: dict[str, Any] | None = None  # reply_markup, as it was sent
    reply_to: int | None = None
    topic: int | None = None
    silent: bool = False
    edited_at: datetime | None = None
    anonymous: bool = False  # an administrator who speaks as the group
    reactions: dict[int, list[str]] = field(default_factory=dict)  # by user
    seen: bool = False  # handed out by `Screen.next`

    @property
    def html(self) -> str:
        return to_html(self.text, self.entities)

    @property
    def photo(self) -> bytes | None:
        return self.file.content if self.file and self.file.kind == "photo" else None

    @property
    def document(self) -> File | None:
        return self.file if self.file and self.file.kind == "document" else None

    @property
    def buttons(self) -> tuple[tuple[Button, ...], ...]:
        """Rows of the buttons under the message."""
        rows = (self.markup or {}).get("inline_keyboard", [])
        return tuple(
            tuple(Button(b["text"], b.get("callback_data", ""), b.get("url", "")) for b in row)
            for row in rows
        )

    @property
    def keyboard(self) -> tuple[tuple[Button, ...], ...]:
        """Rows of the keyboard under the message field: a tap on one types its label."""
        rows = (self.markup or {}).get("keyboard", [])
        return tuple(tuple(_key(key) for key in row) for row in rows)

    @property
    def force_reply(self) -> bool:
        return bool((self.markup or {}).get("force_reply"))


def _key(key: Any) -> Button:
    if isinstance(key, str):
        return Button(key)
    asks = "location" if key.get("request_location") else ""
    return Button(key["text"], asks=asks or ("contact" if key.get("request_contact") else ""))


@dataclass
class Chat:
    id: int
    kind: str  # private, group, supergroup
    title: str = ""
    forum: bool = False
    members: dict[int, str] = field(default_factory=dict)  # user -> status
    blocked: bool = False  # the person of a private chat has blocked the bot
    topics: dict[int, str] = field(default_factory=dict)
    log: dict[int, Message] = field(default_factory=dict)
    pins: list[int] = field(default_factory=list)
    moved_to: int | None = None
    moved_from: int | None = None
    rights: dict[int, set[str]] = field(default_factory=dict)  # of administrators
    default_rights: set[str] = field(default_factory=lambda: set(SENDING_RIGHTS))
    last_id: int = 0  # of the messages of a supergroup; other chats share one count

    def has(self, user: int) -> bool:
        return self.members.get(user) in HERE

    def is_admin(self, user: int) -> bool:
        return self.members.get(user) in {"creator", "administrator"}
